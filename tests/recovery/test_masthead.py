"""Above every page: where one can go, and how far the quarter has got."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from tests.factories.plans import PlanFactory
from tests.factories.reps import (
    NOON,
    QuarterFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
)
from tests.pages import one_line

pytestmark = pytest.mark.django_db


def masthead(client, person, at=NOON):
    with time_machine.travel(at, tick=False):
        client.force_login(person)
        html = client.get(reverse("plans:home"), follow=True).text
    return one_line(html[html.index("<header") : html.index("</header>")])


def tabs(html):
    return re.findall(r'class="tab"[^>]*>([^<]+)<', html)


def test_a_manager_has_the_team_and_a_rep_the_own_week_first(client):
    rep = RepFactory()
    assert tabs(masthead(client, rep.team.manager)) == ["Team", "Plans", "Board"]
    assert tabs(masthead(client, rep.user)) == ["My week", "My quarter", "My board"]


def test_a_manager_who_sells_and_keeps_the_organization_has_them_all(client):
    person = UserFactory(is_admin=True)
    team = TeamFactory(manager=person)
    RepFactory(team=team, user=person)
    assert tabs(masthead(client, person)) == [
        "Team",
        "Plans",
        "My week",
        "My quarter",
        "Board",
        "Set-up",
    ]


def test_my_plan_is_the_one_in_force_else_the_latest(client):
    days = {"starts_on": date(2026, 7, 6), "ends_on": date(2026, 10, 4)}
    old = QuarterFactory(name="Q3 2026", **days)
    rep = RepFactory(organization=old.organization)
    now = QuarterFactory(organization=old.organization)
    facts = {"organization": old.organization, "rep": rep}
    draft = PlanFactory(**facts, quarter=old)
    plan = PlanFactory(**facts, quarter=now)

    def my_plan():
        link = re.search(r'href="([^"]+)">My plan<', masthead(client, rep.user))
        return link[1]

    assert my_plan() == plan.get_absolute_url()
    draft.status = "active"
    draft.save()
    assert my_plan() == draft.get_absolute_url()


def test_the_page_one_is_on_is_marked(client):
    html = masthead(client, RepFactory().team.manager)
    assert re.search(r'aria-current="page">Team<', html)


def test_an_admins_files_are_part_of_set_up(client):
    client.force_login(UserFactory(is_admin=True))
    html = one_line(client.get(reverse("reps:imports")).text)
    assert re.search(r'aria-current="page">Set-up<', html)


def test_it_is_week_6_of_13_with_a_segment_for_each(client):
    rep = RepFactory()
    QuarterFactory(organization=rep.organization)
    html = masthead(client, rep.user)
    assert "<b>Week 6</b> of 13" in html
    assert re.findall(r"<i( class=\"(past|now)\")?>", html) == [
        *[(' class="past"', "past")] * 5,
        (' class="now"', "now"),
        *[("", "")] * 7,
    ]


def test_between_quarters_there_is_no_clock(client):
    rep = RepFactory()
    QuarterFactory(organization=rep.organization)
    html = masthead(client, rep.user, at=datetime(2027, 1, 12, tzinfo=UTC))
    assert "Week" not in html


@pytest.mark.parametrize(
    ("day", "week"),
    [(14, "<b>Week 5</b> of 13"), (15, "<b>Week 6</b> of 13")],  # Saturday, Sunday
)
def test_where_weeks_begin_on_sunday_it_counts_by_sundays(client, day, week):
    rep = RepFactory(organization__first_day_of_week=7)
    QuarterFactory(organization=rep.organization)
    assert week in masthead(client, rep.user, at=datetime(2026, 11, day, tzinfo=UTC))

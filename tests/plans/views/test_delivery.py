"""The delivery page: each reader sees of each letter what they may, and no more."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from plans.mail import Letter
from plans.models import Nudge
from reps.models import User
from tests.factories.check_ins import CheckInFactory, NudgeFactory
from tests.factories.reps import (
    NOON,
    OrganizationFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("plans:delivery")
ERROR = "SMTPDataError(554, b'no such box')"


@pytest.fixture(autouse=True)
def thursday_of_week_6():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def team():
    organization = OrganizationFactory(time_zone="America/New_York")
    return TeamFactory(organization=organization, name="North")


@pytest.fixture
def rep(team):
    return RepFactory(organization=team.organization, team=team, name="Theo Lindqvist")


@pytest.fixture
def admin(team):
    return UserFactory(organization=team.organization, is_admin=True)


def nudge(rep, **facts):
    return NudgeFactory(organization=rep.organization, person=rep.user, **facts)


def told(client, user, query="", status=200):
    """The text of the page, section by section."""
    client.force_login(user)
    response = client.get(f"{PAGE}{query}")
    assert response.status_code == status
    words = " ".join(re.sub(r"<[^>]+>", " ", response.text).split())
    ahead, _, log = words.partition("What became of them")
    return ahead.partition("The next seven days")[2], log


# --- What is to come -----------------------------------------------------------------


def test_it_tells_what_goes_out_in_seven_days_by_the_clock_of_who_gets_it(
    client, rep, admin, team
):
    tokyo = UserFactory(
        organization=team.organization, name="Hana Sato", time_zone="Asia/Tokyo"
    )
    RepFactory(organization=team.organization, team=team, user=tokyo, name="Hana Sato")

    ahead, _ = told(client, admin)

    assert "Hana Sato Check-in 9 Nov Fri 13 Nov, 15:00 Asia/Tokyo To come" in ahead
    theo = "Theo Lindqvist Check-in 9 Nov Fri 13 Nov, 15:00 America/New_York To come"
    assert theo in ahead
    assert ahead.index("Hana Sato") < ahead.index("Theo Lindqvist")
    reminder = "Theo Lindqvist Reminder 9 Nov Tue 17 Nov, 15:00 America/New_York"
    assert reminder in ahead


def test_a_row_that_waits_is_told_once_and_a_row_that_went_is_not(client, rep, admin):
    nudge(rep, due_at=NOON + timedelta(hours=3))
    ahead, _ = told(client, admin)
    assert ahead.count("Theo Lindqvist Check-in") == 1
    assert "Thu 12 Nov, 10:00" in ahead

    Nudge.objects.update(state="sent", due_at=NOON - timedelta(hours=3))
    ahead, _ = told(client, admin)
    assert "Check-in 9 Nov" not in ahead
    assert "Reminder 9 Nov Mon 16 Nov, 15:00" in ahead


def test_what_is_tried_again_is_told_with_the_hour_of_the_next_try(client, rep, admin):
    again = {"retry_at": NOON + timedelta(minutes=25), "why": ERROR, "attempts": 2}
    nudge(rep, due_at=NOON - timedelta(minutes=5), **again)
    ahead, log = told(client, admin)
    assert "Thu 12 Nov, 07:25 America/New_York To come" in ahead
    assert "Next: Thu 12 Nov, 07:25" in log


def test_who_has_checked_in_is_asked_for_the_next_week_only(client, rep, admin):
    CheckInFactory(organization=rep.organization, rep=rep)
    ahead, _ = told(client, admin)
    assert "9 Nov" not in ahead


def test_who_left_is_not_told_of(client, rep, admin):
    rep.left_on = NOON.date() - timedelta(days=1)
    rep.save()
    ahead, _ = told(client, admin)
    assert "Nothing goes out in the next seven days." in ahead


@pytest.mark.parametrize("reader", ["admin", "manager", "rep"])
def test_why_somebody_will_get_none_is_the_admins_and_their_own_to_know(
    client, rep, admin, reader
):
    User.objects.filter(pk=rep.user_id).update(wants_nudges=False)
    user = {"admin": admin, "manager": rep.team.manager, "rep": rep.user}[reader]
    ahead, _ = told(client, user)
    assert "Will be skipped" in ahead
    assert ("Does not want these letters" in ahead) == (reader != "manager")


# --- What became of them -------------------------------------------------------------


@pytest.mark.parametrize("reader", ["admin", "manager", "rep"])
def test_the_error_the_tries_and_the_letter_are_not_the_managers(
    client, rep, admin, reader
):
    facts = {"state": "dead", "why": ERROR, "attempts": 5, "letter": "Subject: x\n\ny"}
    row = nudge(rep, **facts)
    user = {"admin": admin, "manager": rep.team.manager, "rep": rep.user}[reader]
    client.force_login(user)
    page = client.get(PAGE).text

    assert "Theo Lindqvist" in page
    assert "Given up" in page
    assert ("no such box" in page) == (reader != "manager")
    assert ("<td>5</td>" in page) == (reader != "manager")
    assert (f"?open={row.pk}" in page) == (reader != "manager")
    assert ("Send again" in page) == (reader == "admin")


@pytest.mark.parametrize("reader", ["leader above", "HR partner"])
def test_it_is_nobody_elses_to_see(client, rep, reader):
    organization = rep.organization
    people = {
        "HR partner": UserFactory(organization=organization, is_hr_partner=True),
        "leader above": UserFactory(organization=organization),
    }
    rep.team.above = TeamFactory(
        organization=organization, manager=people["leader above"]
    )
    rep.team.save()
    client.force_login(people[reader])
    assert client.get(PAGE).status_code == 404


def test_another_team_and_another_organization_are_not_told_of(client, rep):
    other = TeamFactory(organization=rep.organization)
    beside = RepFactory(organization=rep.organization, team=other, name="Beside Us")
    foreign = RepFactory(name="Far Away")
    for somebody in (beside, foreign):
        nudge(somebody)
    ahead, log = told(client, rep.team.manager)
    assert "Beside Us" not in ahead + log
    assert "Far Away" not in ahead + log


def test_a_rep_sees_the_own_alone(client, rep):
    peer = RepFactory(organization=rep.organization, team=rep.team, name="Peer Gint")
    nudge(peer)
    nudge(rep, state="sent")
    ahead, log = told(client, rep.user)
    assert "Peer Gint" not in ahead + log
    assert "Theo Lindqvist Check-in" in log


def test_it_filters_by_state(client, rep, admin):
    nudge(rep, state="sent")
    nudge(rep, kind="reminder", state="skipped", why="checked in first")
    _, log = told(client, admin, "?state=skipped")
    assert "Reminder 9 Nov" in log
    assert "Checked in first" in log
    assert "Check-in 9 Nov" not in log


@pytest.mark.parametrize("query", ["?state=x", "?page=99", "?page=x", "?ahead=9"])
def test_nonsense_shows_what_there_is(client, rep, admin, query):
    nudge(rep, state="sent")
    _, log = told(client, admin, query)
    assert "Theo Lindqvist Check-in" in log


def test_fifty_are_shown_at_once(client, rep, admin):
    for weeks in range(51):
        nudge(rep, week=NOON.date() - timedelta(days=3, weeks=weeks), state="sent")
    client.force_login(admin)
    first, second = client.get(PAGE).text, client.get(f"{PAGE}?page=2").text
    assert (
        first.count('<th scope="row">Theo') - second.count('<th scope="row">Theo') == 49
    )
    assert "Older" in first
    assert "Newer" in second


# --- A letter, read on the page ------------------------------------------------------


def test_the_letter_as_it_went_is_there_to_read(client, rep):
    letter = Letter(
        "Your numbers", "How did the week go?\nÅsa & Co", to=["a@b.example"]
    )
    letter.attach_alternative("<p>In colour</p>", "text/html")
    row = nudge(rep, state="sent", letter=letter.source)
    client.force_login(rep.user)

    page = client.get(f"{PAGE}?open={row.pk}").text

    assert "Your numbers</h2>" in page
    assert "How did the week go?\nÅsa &amp; Co" in page
    assert reverse("plans:letter", args=[row.pk]) in page
    assert "In colour" not in page


@pytest.mark.parametrize("asked", ["0", "x", "9" * 40, "-1", ""])
def test_a_letter_that_is_not_there_opens_nothing(client, admin, rep, asked):
    client.force_login(admin)
    assert 'id="opened"' not in client.get(f"{PAGE}?open={asked}").text


@pytest.mark.parametrize("reader", ["manager", "peer"])
def test_nobody_else_opens_it(client, rep, reader):
    row = nudge(rep, state="sent", letter="Subject: secret\n\nsecret")
    peer = RepFactory(organization=rep.organization, team=rep.team)
    client.force_login({"manager": rep.team.manager, "peer": peer.user}[reader])
    assert "secret" not in client.get(f"{PAGE}?open={row.pk}").text


# --- What it costs -------------------------------------------------------------------


@pytest.mark.parametrize("people", [1, 30])
def test_it_costs_the_same_however_many_people(
    client, team, admin, people, django_assert_num_queries
):
    for somebody in RepFactory.create_batch(
        people, organization=team.organization, team=team
    ):
        nudge(somebody, state="sent")
    client.force_login(admin)
    # session, user, reps, their organization, count by state, count, the rows; and the
    # two of the masthead
    with django_assert_num_queries(9):
        client.get(PAGE)

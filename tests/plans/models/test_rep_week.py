"""A Sunday-to-Thursday team's Sunday belongs to the week that begins with it.

It is Sunday 15 November, the first day of week 6: the first week that begins in a
quarter from Monday 5 October is that of Sunday 11 October. Where weeks begin on Monday
it is the last day of week 6, the week of 9 November.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from plans.links import week_token
from plans.mail import nudge_letter
from plans.models.nudge_candidate import nudge_candidates, with_candidate_facts
from plans.models.plan_figures import measure
from plans.models.plan_snapshot import snapshot_of
from plans.models.rep_week import rep_week
from plans.models.week_numbers import WeekNumbers
from reps.domain.work_week import SUNDAY
from reps.models import ActivityEntry, Rep
from tests.factories.check_ins import NudgeFactory
from tests.factories.plans import MetricFactory, PlanFactory, StrategyFactory, agree
from tests.factories.reps import (
    MONDAY,
    NOON,
    AbsenceFactory,
    QuarterFactory,
    log,
)
from tests.pages import words

pytestmark = pytest.mark.django_db
SUNDAY_NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
ITS_MONDAY = date(2026, 11, 16)
A_WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel(SUNDAY_NOON, tick=False):
        yield


@pytest.fixture
def plan(rep, leader, demos):
    """Both have signed three demos a week; two are held, usually it is one."""
    plan = PlanFactory(rep=rep, quarter=QuarterFactory(organization=rep.organization))
    StrategyFactory(plan=plan)
    MetricFactory(plan=plan, kind=demos, weekly_target=3)
    agree(plan)
    log(rep, demos, 2, weeks_ago=-1)
    for weeks_ago in range(5):
        log(rep, demos, 1, weeks_ago=weeks_ago)
    return plan


def page_of(user, name, *args, query=""):
    client = Client()
    client.force_login(user)
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return words(response.text)


def letter_to(rep):
    nudge = NudgeFactory(
        organization=rep.organization, person=rep.user, week=ITS_MONDAY
    )
    reps = with_candidate_facts(Rep.objects.filter(pk=rep.pk), at=SUNDAY_NOON)
    [candidate] = nudge_candidates(reps, at=SUNDAY_NOON)
    nudge.person = candidate.rep.user
    week = rep_week(candidate.rep, ITS_MONDAY, today=SUNDAY_NOON.date())
    return nudge_letter(nudge, None, week=week, numbers=WeekNumbers([nudge]))


def by_link(rep):
    url = reverse("plans:week_by_link", args=[week_token(rep, ITS_MONDAY)])
    return words(Client().get(url).text)


PAGES = {
    "my week": (
        lambda plan: page_of(plan.rep.user, "plans:my_week", plan.rep_id),
        [
            "Q4 2026 · Week 6 of 13",
            "Your week 6 15–21 November. Sunday. Week 5",
            "2 of 3, 1 to go",
        ],
    ),
    "the week by a mailed link": (
        lambda plan: by_link(plan.rep),
        ["15–21 November.", "It opens until Saturday 28 November."],
    ),
    "the letter": (
        lambda plan: " ".join(letter_to(plan.rep).body.split()),
        [
            "(Q4 2026, week 6 of 13) Demos held 2 of 3",
            "how is the week going?",  # they are asked on Thursday
            "The links work until Saturday 28 November",
        ],
    ),
    "the team board": (
        lambda plan: page_of(plan.rep.team.manager, "plans:team_board"),
        ["2 of 3 0.6 by Sunday at an even pace; usually 1"],  # of five days one
    ),
    "the rep's page": (
        lambda plan: page_of(plan.rep.user, "plans:rep_detail", plan.rep_id),
        [
            "2 of 3, as the plan asks; usually 1 a week",
            "4 Oct: nothing logged yet; 11 Oct: 1;",
            "8 Nov: 1; this week: 2.",
        ],
    ),
    "the desk copy": (
        lambda plan: page_of(plan.rep.user, "plans:desk_copy", plan.pk),
        [
            "signed by both Week 6 of 13",
            "Week 1 11 Oct 2 18 Oct",
            "13 3 Jan Done Fill in by hand every Thursday: Demos held.",
        ],
    ),
}


@pytest.mark.usefixtures("sunday_first")
@pytest.mark.parametrize("page", PAGES)
def test_on_sunday_every_page_is_in_the_week_that_begins(plan, page):
    shown, said = PAGES[page]
    found = shown(plan)
    assert [words for words in said if words not in found] == []


def test_by_monday_the_same_sunday_ends_the_week(plan):
    shown = page_of(plan.rep.user, "plans:my_week", plan.rep_id)
    assert "Your week 6 9–15 November. Sunday. Week 5" in shown
    assert "Demos held 1 of 3" in shown


@pytest.mark.usefixtures("sunday_first")
def test_the_week_before_ended_on_saturday(plan):
    shown = page_of(
        plan.rep.user, "plans:my_week", plan.rep_id, query=f"?week={MONDAY}"
    )
    assert "Your week 5 8–14 November. This week is over." in shown
    assert "Week 4 Week 6" in shown


@pytest.mark.usefixtures("sunday_first")
@pytest.mark.parametrize(
    ("signed_at", "said"),
    [
        (SUNDAY_NOON, "1 of 3"),  # from the week that begins with it
        (SUNDAY_NOON - timedelta(days=1), "1 of 5"),  # still in its last day
    ],
)
def test_a_revision_holds_from_the_week_in_which_both_have_signed(
    plan, demos, signed_at, said
):
    plan.metrics.update(weekly_target=5)
    content = snapshot_of(measure(plan, today=signed_at.date()))
    said_at = {"at": signed_at}
    manager, why = plan.rep.team.manager, "It goes well"
    table = plan.propose(content, by=manager, side="manager", reason=why, **said_at)
    plan.sign(table.number, by=plan.rep.user, side="rep", **said_at)
    query = f"?week={MONDAY}"
    shown = page_of(plan.rep.user, "plans:my_week", plan.rep_id, query=query)
    assert f"Demos held {said}" in shown


@pytest.mark.usefixtures("sunday_first")
@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 15), "2 of 2"),  # Sunday: one of its five days
        (date(2026, 11, 19), "2 of 2"),
        (date(2026, 11, 20), "2 of 3"),  # Friday: nobody works
        (date(2026, 11, 22), "2 of 3"),  # the next week's Sunday
    ],
)
def test_a_day_away_counts_in_the_week_that_holds_it(plan, day, said):
    AbsenceFactory(rep=plan.rep, starts_on=day, ends_on=day)
    for user, name, *args in (
        (plan.rep.user, "plans:my_week", plan.rep_id),
        (plan.rep.user, "plans:rep_detail", plan.rep_id),
        (plan.rep.team.manager, "plans:team_board"),
    ):
        assert said in page_of(user, name, *args)


def tap(rep, demos, at):
    """One demo more, as the page that is open then sends it."""
    with time_machine.travel(at, tick=False):
        client = Client()
        client.force_login(rep.user)
        page = reverse("plans:my_week", args=[rep.pk])
        week = client.get(page).context["week"].monday
        url = reverse("plans:log_activity", args=[rep.pk])
        sent = {"kind": demos.pk, "week": week, "key": uuid4(), "change": "1"}
        assert client.post(url, sent).status_code == 302


def test_a_change_holds_from_a_coming_week_on_and_loses_no_count(rep, demos):
    """Decided on Thursday; the week before it is a day shorter and keeps its counts."""
    thursday, a_day = NOON, timedelta(days=1)
    tap(rep, demos, thursday)
    rep.organization.begin_weeks_on(SUNDAY, today=thursday.date())
    for days in range(1, 5):
        tap(rep, demos, thursday + days * a_day)

    logged = ActivityEntry.objects.filter(rep=rep).order_by("pk")
    assert list(logged.values_list("week", flat=True)) == [
        MONDAY,  # Thursday, before it was decided
        MONDAY,
        MONDAY,  # Saturday
        ITS_MONDAY,  # Sunday
        ITS_MONDAY,
    ]
    shown = page_of(rep.user, "plans:my_week", rep.pk, query=f"?week={MONDAY}")
    assert "9–14 November." in shown
    assert "Demos held 3" in shown
    shown = page_of(rep.user, "plans:my_week", rep.pk)
    assert "15–21 November. Sunday." in shown
    assert "Demos held 2" in shown


def test_a_week_that_a_change_cuts_short_asks_for_less(plan):
    """From Sunday 15 November on: of the week before, Monday to Thursday are left."""
    office = plan.organization
    office.working_days = [1, 2, 3, 4, 7]
    office.save()
    office.begin_weeks_on(SUNDAY, today=NOON.date())
    shown = page_of(
        plan.rep.user, "plans:my_week", plan.rep_id, query=f"?week={MONDAY}"
    )
    assert "1 of 2" in shown  # three, on four of five days, rounded down

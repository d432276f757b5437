"""One truth about the target: every page and letter measures a week by the same number.

Theo's signed plan steps: one demo a week, then two, then three. Two are held this week,
and he usually holds one.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from plans.links import week_token
from plans.mail import nudge_letter
from plans.models.nudge_candidate import nudge_candidates, with_candidate_facts
from plans.models.rep_week import rep_week
from plans.models.week_numbers import WeekNumbers
from reps.models import Rep
from tests.factories.check_ins import NudgeFactory
from tests.factories.plans import PlanFactory
from tests.factories.reps import (
    MONDAY,
    NOON,
    AbsenceFactory,
    QuarterFactory,
    RepFactory,
    log,
)
from tests.pages import words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6", "stepping_plan"),
]
A_WEEK = timedelta(weeks=1)


def agreed_on(plan, kind, weekly, *, at):
    """Another revision: so many of this activity a week, and who signs it when."""
    content = {
        "objective": plan.objective,
        "goal_low": "150000",
        "goal_high": "200000",
        "strategies": {"1": {"words": "Call", "source": "", "owner": "rep"}},
        "metrics": {str(kind.pk): {"name": kind.name, "leading": True}},
        "backup_plan": "",
        "booked": "0",
        "figures": {
            "average_deal": "23000",
            "win_rate": "0.3",
            "open_deals": "0",
            "demo_rate": "0.6",
            "demos_pending": "0",
            "effective_weeks": "5",
        },
    }
    content["metrics"][str(kind.pk)]["weekly"] = weekly
    said = {"reason": "It goes well", "at": at}
    table = plan.propose(content, by=plan.rep.user, side="rep", **said)
    plan.sign(table.number, by=plan.rep.team.manager, side="manager", at=at)


@pytest.fixture
def stepping_plan(rep, leader, demos):
    """One a week; two from the week before last on; three from this week on."""
    quarter = QuarterFactory(organization=rep.organization)
    plan = PlanFactory(rep=rep, quarter=quarter)
    agreed_on(plan, demos, 1, at=NOON - 4 * A_WEEK)
    agreed_on(plan, demos, 2, at=NOON - 2 * A_WEEK)
    agreed_on(plan, demos, 3, at=NOON)
    for weeks_ago, count in enumerate([2, 1, 1, 1, 1]):
        log(rep, demos, count, weeks_ago=weeks_ago)
    return plan


def page_of(user, name, *args, query=""):
    client = Client()
    client.force_login(user)
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return words(response.text)


def letter_to(rep):
    nudge = NudgeFactory(organization=rep.organization, person=rep.user)
    reps = with_candidate_facts(Rep.objects.filter(pk=rep.pk), at=NOON)
    [candidate] = nudge_candidates(reps, at=NOON)
    nudge.person = candidate.rep.user
    week = rep_week(candidate.rep, MONDAY, today=NOON.date())
    return nudge_letter(nudge, None, week=week, numbers=WeekNumbers([nudge]))


def html_of(letter):
    [(html, _kind)] = letter.alternatives
    return words(html)


PAGES = {
    "my week": (
        lambda plan: page_of(plan.rep.user, "plans:my_week", plan.rep_id),
        "2 of 3, 1 to go",
    ),
    "the manager at it": (
        lambda plan: page_of(plan.rep.team.manager, "plans:my_week", plan.rep_id),
        "2 of 3, 1 to go",
    ),
    "the week by a mailed link": (
        lambda plan: words(
            Client()
            .get(reverse("plans:week_by_link", args=[week_token(plan.rep, MONDAY)]))
            .text
        ),
        "The plan asks for 3",
    ),
    "the letter's page": (lambda plan: html_of(letter_to(plan.rep)), "2 of 3"),
    "the letter's text": (
        lambda plan: " ".join(letter_to(plan.rep).body.split()),
        "Demos held 2 of 3",
    ),
    "the team board": (
        lambda plan: page_of(plan.rep.team.manager, "plans:team_board"),
        "2 of 3 2.4 by Thursday at an even pace; usually 1",
    ),
    "the leader's team board": (
        lambda plan: page_of(plan.rep.team.above.manager, "plans:team_board"),
        "2 of 3 2.4 by Thursday at an even pace; usually 1",
    ),
    "the rep's page": (
        lambda plan: page_of(plan.rep.user, "plans:rep_detail", plan.rep_id),
        "2 of 3, as the plan asks; usually 1 a week",
    ),
    "the rep's page, to the manager": (
        lambda plan: page_of(plan.rep.team.manager, "plans:rep_detail", plan.rep_id),
        "2 of 3, as the plan asks; usually 1 a week",
    ),
    "the plan": (
        lambda plan: page_of(plan.rep.user, "plans:plan_detail", plan.pk),
        "3 Demos held a week",
    ),
    "the desk copy": (
        lambda plan: page_of(plan.rep.user, "plans:desk_copy", plan.pk),
        "3 Demos held a week",
    ),
}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_measures_this_week_by_the_same_number(stepping_plan, page):
    shown, said = PAGES[page]
    assert said in shown(stepping_plan)


@pytest.mark.parametrize(
    ("weeks_ago", "said"),
    [
        (0, "2 of 3, 1 to go"),
        (1, "1 of 2"),  # three was agreed on after it was over
        (2, "1 of 2"),  # signed on its Thursday
        (3, "1 of 1 Done"),
        (4, "1 of 1 Done"),
        (5, "0 of 1"),  # before the first signature: a plan is for its quarter
        (6, "0 · usually"),  # of the quarter before
    ],
)
def test_a_week_that_is_over_keeps_what_was_agreed_for_it(rep, demos, weeks_ago, said):
    log(rep, demos, 1, weeks_ago=10)
    week = MONDAY - weeks_ago * A_WEEK
    shown = page_of(rep.user, "plans:my_week", rep.pk, query=f"?week={week}")
    assert f"Demos held {said}" in shown


def test_a_signature_counts_from_its_week_by_the_organizations_clock(
    rep, demos, stepping_plan
):
    rep.organization.time_zone = "Pacific/Auckland"  # 13 hours ahead
    rep.organization.save()
    sunday_evening = NOON + timedelta(days=3, hours=8)  # Monday morning over there
    agreed_on(stepping_plan, demos, 4, at=sunday_evening)
    shown = page_of(rep.user, "plans:my_week", rep.pk, query=f"?week={MONDAY}")
    assert "2 of 3" in shown


def test_days_away_make_the_target_smaller_and_a_page_says_so(rep):
    AbsenceFactory(rep=rep, starts_on=MONDAY, ends_on=MONDAY)
    assert "2 of 2 Done" in page_of(rep.user, "plans:my_week", rep.pk)
    assert "3 in a full week, less for the days away" in page_of(
        rep.user, "plans:my_week", rep.pk
    )
    assert "2 of 2" in page_of(rep.user, "plans:rep_detail", rep.pk)
    assert "2 of 2" in page_of(rep.team.manager, "plans:team_board")
    assert "2 of 2" in html_of(letter_to(rep))


def test_a_week_away_asks_for_nothing_anywhere(rep):
    AbsenceFactory(rep=rep)
    mine = page_of(rep.user, "plans:my_week", rep.pk)
    assert "A week away: nothing is expected of it." in mine
    assert "to go" not in mine
    board = page_of(rep.team.manager, "plans:team_board")
    assert "2 usually 1 0 on a usual Thursday" in board


def test_whoever_has_no_plan_is_measured_by_the_usual_week_in_a_word(rep, demos):
    other = RepFactory(team=rep.team, name="Grace Okafor")
    for weeks_ago, count in enumerate([2, 5, 5, 5]):
        log(other, demos, count, weeks_ago=weeks_ago)
    board = page_of(rep.team.manager, "plans:team_board")
    assert "2 usually 5 4 on a usual Thursday" in board
    # Together: three of the plan's and a usual five.
    assert "4 of 8, planned or usual" in board


def test_the_filter_goes_by_the_plan_too(rep):
    """Two of three are quiet by Friday; a usual one would have been kept."""
    shown = page_of(rep.team.manager, "plans:team_board", query="?show=quiet")
    assert "Theo Lindqvist" in shown

"""The copy for the desk: who may print it, and what is on their copy."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from plans.views.plan.desk_copy import rows_of
from reps.models import Organization
from tests.factories.plans import (
    CommitmentFactory,
    MetricFactory,
    PlanFactory,
    StrategyFactory,
    agree,
    put_on_the_table,
)
from tests.factories.reps import (
    NOON,
    ActivityKindFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
)
from tests.pages import one_line

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


@pytest.fixture
def plan():
    """Theo's draft, with three demos a week and a leader above his manager."""
    plan = PlanFactory(
        rep__name="Theo Lindqvist",
        rep__team__manager__name="Erin Castellano",
        average_deal=Decimal(19_000),
        win_rate=Decimal("0.305"),
        open_deals=12,
        demo_rate=Decimal("0.62"),
        demos_pending=0,
        effective_weeks=Decimal("4.6"),
    )
    of = {"organization": plan.organization}
    StrategyFactory(plan=plan, source="Near misses", **of)
    MetricFactory(plan=plan, weekly_target=3, **of)
    calls = ActivityKindFactory(name="New calls", is_leading=False, **of)
    MetricFactory(plan=plan, kind=calls, weekly_target=25, **of)
    team = plan.rep.team
    team.above = TeamFactory(name="Top", **of)
    team.save()
    return plan


def copy_for(user, plan):
    client = Client()
    client.force_login(user)
    return client.get(reverse("plans:desk_copy", args=[plan.pk]))


def words_for(user, plan):
    answer = copy_for(user, plan)
    assert answer.status_code == 200
    return one_line(answer.text)


def the_two(plan):
    return plan.rep.user, plan.rep.team.manager


# --- Who may -----------------------------------------------------------------------


def test_a_draft_is_printed_by_the_two_and_is_marked_as_one(plan):
    for person in the_two(plan):
        words = words_for(person, plan)
        assert "Draft, not signed" in words
        assert "signed by both" not in words


def test_a_draft_is_not_the_leaders_to_print(plan):
    assert copy_for(plan.rep.team.above.manager, plan).status_code == 404


def test_a_proposal_that_waits_is_still_a_draft(plan):
    put_on_the_table(plan)

    assert "Draft, not signed" in words_for(plan.rep.user, plan)
    assert copy_for(plan.rep.team.above.manager, plan).status_code == 404


def test_a_draft_that_was_closed_stays_between_the_two(plan):
    plan.close(on=NOON.date(), came_of_it="He moved on.")
    assert copy_for(plan.rep.team.above.manager, plan).status_code == 404
    assert "Draft, not signed" in words_for(plan.rep.user, plan)


def test_once_both_have_signed_the_leader_above_prints_it_too(plan):
    agree(plan)
    for person in (*the_two(plan), plan.rep.team.above.manager):
        words = words_for(person, plan)
        assert "Revision 1, signed by both" in words
        assert "Draft" not in words


def test_nobody_else_prints_it(plan):
    agree(plan)
    of = {"organization": plan.organization}
    strangers = [
        RepFactory(team=plan.rep.team, **of).user,
        TeamFactory(**of).manager,
        UserFactory(is_admin=True, **of),
        UserFactory(is_hr_partner=True, **of),
        PlanFactory().rep.team.manager,
    ]
    assert {copy_for(person, plan).status_code for person in strangers} == {404}


# --- What is on it -----------------------------------------------------------------


def test_it_says_the_plan_and_how_its_number_came_about(plan):
    agree(plan)
    words = words_for(plan.rep.user, plan)
    for said in (
        "Theo Lindqvist’s plan for Q4 2026",
        "5 October 2026 – 3 January 2027",
        "Week 6 of 13",
        "A bounce-back quarter.",
        "$150,000 – $200,000",
        "<b>Prospect before anything else</b> Near misses",
        "<b>3</b> <span>Demos held a week</span>",
        "<b>25</b> New calls",
        "$150,000 to book, at $19,000 a deal: 8 deals.",
        "At 30.5%: 27 opportunities; 12 open now, so 15 new.",
        "At 62%: 25 demos.",
        "Over 4.6 weeks: 6 a week.",
    ):
        assert said in words


def test_it_only_explains_the_number_that_the_arithmetic_gave(plan):
    assert "Why " not in words_for(plan.rep.user, plan)
    plan.metrics.filter(kind__is_leading=True).update(weekly_target=None)
    words = words_for(plan.rep.user, plan)
    assert "<b>6</b> <span>Demos held a week</span>" in words
    assert "<h2>Why 6</h2>" in words


def test_it_prints_what_was_signed_and_not_what_is_being_written(plan):
    agree(plan)
    plan.write("objective", "Something new.", was=plan.objective)
    words = words_for(plan.rep.user, plan)
    assert "A bounce-back quarter." in words
    assert "Something new." not in words


def test_both_names_and_dates_stand_under_it_the_reps_first(plan):
    agree(plan)
    words = words_for(plan.rep.team.manager, plan)
    footer = words[words.index("<footer") :]
    assert footer.index("<b>Theo Lindqvist</b>") < footer.index(
        "<b>Erin Castellano</b>"
    )
    assert footer.count("12 Nov 2026") == 2


def test_a_draft_has_lines_to_sign_on_by_pen(plan):
    words = words_for(plan.rep.user, plan)
    footer = words[words.index("<footer") :]
    assert footer.count("<b></b>") == 2
    assert "Theo Lindqvist" in footer
    assert "Erin Castellano" in footer


def test_an_empty_draft_is_a_form_for_a_pen():
    plan = PlanFactory(objective="", goal_low=None, goal_high=None)
    words = words_for(plan.rep.user, plan)
    assert words.count("desk-lines") == 5
    assert "a deal" not in words


def test_a_team_without_a_manager_leaves_that_name_to_the_pen(plan):
    plan.rep.team.manager = None
    plan.rep.team.save()
    assert "“I will be in your corner.”</small>" in words_for(plan.rep.user, plan)


def test_a_private_commitment_is_on_the_reps_own_copy_alone(plan):
    agree(plan)
    of = {"plan": plan, "organization": plan.organization}
    CommitmentFactory(words="Yoga, alone", **of)
    CommitmentFactory(words="Football with Erin", is_shared=True, **of)

    own = words_for(plan.rep.user, plan)
    assert "Yoga, alone" in own
    assert "Football with Erin" in own

    managers = words_for(plan.rep.team.manager, plan)
    assert "Yoga, alone" not in managers
    assert "Football with Erin" in managers

    leaders = words_for(plan.rep.team.above.manager, plan)
    assert "Yoga, alone" not in leaders
    assert "Football with Erin" not in leaders


@pytest.mark.parametrize(
    ("last_day", "rows"),
    [
        (date(2026, 11, 1), [[1, 2, 3, 4]]),
        (date(2027, 1, 3), [[*range(1, 14)]]),
        (date(2027, 1, 17), [[*range(1, 9)], [*range(9, 16), None]]),
    ],
)
def test_every_week_of_the_quarter_has_a_cell(last_day, rows):
    weeks = Organization().work_week.weeks_of(date(2026, 10, 5), last_day)
    found = rows_of(weeks)
    numbers = [[week and week[0] for week in row] for row in found]
    assert numbers == rows
    assert found[0][1] == (2, date(2026, 10, 12))


def test_days_without_a_first_day_have_no_weeks():
    assert rows_of(()) == []


def test_what_is_signed_costs_the_same_few_queries_however_much_it_says(
    plan, django_assert_num_queries
):
    agree(plan)
    of = {"plan": plan, "organization": plan.organization}
    for _ in range(5):
        CommitmentFactory(is_shared=True, **of)
    client = Client()
    client.force_login(plan.rep.team.manager)
    # The session and the person; plan, revision, signatures, commitments.
    with django_assert_num_queries(6):
        client.get(reverse("plans:desk_copy", args=[plan.pk]))


def test_a_draft_is_measured_once(plan, django_assert_max_num_queries):
    client = Client()
    client.force_login(plan.rep.user)
    with django_assert_max_num_queries(18):
        client.get(reverse("plans:desk_copy", args=[plan.pk]))

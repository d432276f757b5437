"""Whoever looks at the demo sees the response at work, whatever the day and hour."""

from datetime import UTC, datetime, timedelta

import pytest

from plans.domain.nudging import why_not_now
from plans.models import CheckIn, Commitment, Energy, Nudge, Plan
from plans.models.nudge_candidate import nudge_candidates, with_candidate_facts
from recovery import demo_quarter
from reps.models import Rep, User

A_MINUTE = timedelta(minutes=1)
MORNING = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)


@pytest.fixture
def at(db):
    demo_quarter.fill(at=MORNING)
    return MORNING


def named(first_name):
    return Rep.objects.get(name__startswith=first_name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "at",
    [
        MORNING,
        datetime(2026, 11, 12, 23, 58, 40, tzinfo=UTC),  # at night
        datetime(2026, 11, 15, 3, tzinfo=UTC),  # on a Sunday, before morning
        datetime(2026, 11, 26, 14, tzinfo=UTC),  # on Thanksgiving
    ],
    ids=str,
)
def test_whoever_has_not_checked_in_is_asked_within_a_minute(at):
    demo_quarter.fill(at=at)
    people = nudge_candidates(with_candidate_facts(Rep.objects.all(), at=at), at=at)
    coming = [row for person in people for row in person.coming(at, days=1)]
    soon = [row for row in coming if row.due_at - at <= A_MINUTE and not row.why_not]
    names = {*Rep.objects.values_list("name", flat=True)}
    assert {row.to.rep.name for row in soon} == names - {"Priya Raman"}
    assert {why_not_now(row.due_at, row.to.calendar) for row in soon} == {None}


def test_two_wait_for_erins_answer(at):
    erin = User.objects.get(email=demo_quarter.ERIN)
    waiting = CheckIn.objects.answerable_by(erin).unanswered()
    names = waiting.order_by("week").values_list("rep__name", flat=True)
    assert list(names) == ["Sofia Marchetti", "Priya Raman"]


def test_the_log_has_a_letter_that_went_one_that_did_not_and_reminders(at):
    rows = Nudge.objects.values_list("person__name", "kind", "state")
    assert ("Ben Aronson", "check_in", "dead") in rows
    assert ("Theo Lindqvist", "check_in", "sent") in rows
    reminded = {name for name, kind, _ in rows if kind == "reminder"}
    assert reminded == {"Callum Reyes", "Grace Mbeki"}
    assert not Nudge.objects.filter(sent_at__gt=at).exists()


def test_theos_plan_has_both_names_and_three_demos_a_week(at):
    plan = Plan.objects.get(rep=named("Theo"))
    in_force = plan.in_force()
    demos = next(m for m in in_force.content["metrics"].values() if m["leading"])
    assert (plan.status, demos["weekly"]) == ("active", 3)
    assert in_force.signatures.count() == 2
    assert plan.backup_plan  # one deal is 58 % of his goal


def test_sofias_proposal_waits_for_erin(at):
    erin = User.objects.get(email=demo_quarter.ERIN)
    assert Plan.objects.signable_by(erin).get().rep == named("Sofia")


def test_what_is_theos_alone_is_there_and_is_his_alone(at):
    erin, theo = named("Theo").team.manager, named("Theo").user
    for private in (Energy, Commitment):
        hers = private.objects.visible_to(erin).count()
        his = private.objects.visible_to(theo).count()
        assert 0 <= hers < his

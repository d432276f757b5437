"""Writing a plan together, and agreeing on it."""

import pytest
from django.db import IntegrityError

from plans.models import Commitment, Plan
from plans.models.plan import EditConflict, NotReady
from tests.factories.plans import CommitmentFactory, PlanFactory
from tests.factories.reps import (
    NOON,
    QuarterFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

CONTENT = {
    "objective": "A bounce-back quarter.",
    "goal_low": "150000",
    "goal_high": "200000",
    "strategies": ["Prospect first"],
    "metrics": {"1": {"name": "Demos held", "weekly": 3}},
}


@pytest.fixture
def plan():
    return PlanFactory()


@pytest.fixture
def two(plan):
    """The manager and the rep of the plan."""
    return plan.rep.team.manager, plan.rep.user


def propose(plan, by, content=CONTENT, reason=""):
    side = plan.side_of(by)
    return plan.propose(content, by=by, side=side, reason=reason, at=NOON)


def sign(plan, by, proposal):
    return plan.sign(proposal.number, by=by, side=plan.side_of(by), at=NOON)


def test_a_field_is_saved_over_what_its_writer_saw(plan):
    plan.write("objective", "New words", was="A bounce-back quarter.")
    plan.refresh_from_db()
    assert plan.objective == "New words"


def test_the_second_of_two_writers_hears_what_it_says_now(plan):
    plan.write("objective", "Hers", was="A bounce-back quarter.")
    with pytest.raises(EditConflict) as meanwhile:
        plan.write("objective", "His", was="A bounce-back quarter.")
    assert meanwhile.value.now == "Hers"
    plan.refresh_from_db()
    assert plan.objective == "Hers"


def test_two_fields_at_once_are_no_conflict(plan):
    plan.write("objective", "Hers", was="A bounce-back quarter.")
    plan.write("win_rate", "0.3", was=None)
    plan.refresh_from_db()
    assert (plan.objective, str(plan.win_rate)) == ("Hers", "0.3000")


def test_saving_the_same_twice_is_no_conflict(plan):
    plan.write("objective", "Same", was="A bounce-back quarter.")
    plan.write("objective", "Same", was="A bounce-back quarter.")


def test_proposing_says_all_that_is_missing(plan, two):
    empty = {key: type(value)() for key, value in CONTENT.items()}
    with pytest.raises(NotReady) as not_ready:
        propose(plan, two[0], empty)
    assert not_ready.value.missing == ("objective", "goal", "strategies", "metrics")
    assert plan.status == "draft"


def test_whoever_proposes_has_signed_and_it_is_the_others_turn(plan, two):
    manager, rep = two
    proposal = propose(plan, manager)
    assert (plan.status, plan.turn) == ("proposed", "rep")
    assert [s.signer for s in proposal.signatures.all()] == [manager]
    assert Plan.objects.signable_by(rep).get() == plan
    assert not Plan.objects.signable_by(manager).exists()


def test_both_names_make_it_revision_1_and_active(plan, two):
    manager, rep = two
    proposal = propose(plan, manager)
    sign(plan, rep, proposal)
    plan.refresh_from_db()
    assert (plan.status, plan.turn, plan.in_force().revision) == ("active", "", 1)
    assert plan.proposed() is None


def test_a_counter_proposal_says_why_and_hands_the_turn_over(plan, two):
    manager, rep = two
    first = propose(plan, manager)
    with pytest.raises(NotReady, match="reason"):
        propose(plan, rep, CONTENT | {"goal_low": "140000"})
    counter = propose(plan, rep, CONTENT | {"goal_low": "140000"}, "Larkspur slipped")
    assert plan.turn == "manager"
    assert plan.proposed() == counter
    with pytest.raises(NotReady, match="another_proposal"):
        sign(plan, manager, first)
    sign(plan, manager, counter)
    assert plan.in_force().content["goal_low"] == "140000"


def test_a_counter_proposal_says_something_new(plan, two):
    propose(plan, two[0])
    with pytest.raises(NotReady, match="changes"):
        propose(plan, two[1], CONTENT, "I agree")


def test_nobody_signs_for_the_other(plan, two):
    proposal = propose(plan, two[0])
    with pytest.raises(NotReady, match="turn"):
        sign(plan, two[0], proposal)


def test_what_both_signed_holds_while_a_change_waits(plan, two):
    manager, rep = two
    sign(plan, rep, propose(plan, manager))
    change = propose(plan, rep, CONTENT | {"goal_low": "170000"}, "Ahead of it")
    plan.refresh_from_db()
    assert (plan.status, plan.turn) == ("active", "manager")
    assert plan.in_force().content == CONTENT
    sign(plan, manager, change)
    assert plan.in_force().revision == 2


def test_next_quarters_plan_is_written_while_this_one_runs(plan, two):
    manager, rep = two
    sign(plan, rep, propose(plan, manager))
    following = QuarterFactory(
        organization=plan.organization,
        name="Q1 2027",
        starts_on=plan.quarter.ends_on.replace(day=4),
        ends_on=plan.quarter.ends_on.replace(month=4),
    )
    later = PlanFactory(rep=plan.rep, quarter=following)
    proposal = propose(later, manager)
    with pytest.raises(NotReady, match="running_plan"):
        sign(later, rep, proposal)
    plan.close(on=NOON.date(), came_of_it="He is back")
    sign(later, rep, proposal)
    assert later.status == "active"


def test_there_is_one_plan_per_rep_and_quarter(plan):
    with pytest.raises(IntegrityError, match="plan_one_per_rep_and_quarter"):
        PlanFactory(rep=plan.rep, quarter=plan.quarter)


def test_all_that_is_missing_is_said_at_once(plan, two):
    manager, rep = two
    propose(plan, manager)
    with pytest.raises(NotReady) as not_ready:
        propose(plan, rep, CONTENT | {"objective": "", "strategies": []})
    assert not_ready.value.missing == ("objective", "strategies", "reason")


def test_a_plan_closed_meanwhile_is_proposed_and_signed_no_more(plan, two):
    manager, rep = two
    proposal = propose(plan, manager)
    Plan.objects.get().close(on=NOON.date(), came_of_it="")
    with pytest.raises(NotReady, match="closed"):
        propose(plan, rep, CONTENT | {"goal_low": "140000"}, "Larkspur slipped")
    with pytest.raises(NotReady, match="another_proposal"):
        sign(plan, rep, proposal)
    assert Plan.objects.get().status == "closed"


def test_words_for_a_plan_closed_meanwhile_are_told_what_it_says(plan):
    Plan.objects.get().close(on=NOON.date(), came_of_it="")
    with pytest.raises(EditConflict) as meanwhile:
        plan.write("objective", "New words", was="A bounce-back quarter.")
    assert meanwhile.value.now == "A bounce-back quarter."


def test_a_closed_plan_is_edited_no_more(plan, two):
    plan.close(on=NOON.date(), came_of_it="")
    assert not Plan.objects.editable_by(two[0]).exists()
    assert Plan.objects.visible_to(two[0]).exists()


def test_who_sees_and_who_edits(plan, two):
    team = plan.rep.team
    leader = UserFactory(organization=plan.organization)
    team.above = TeamFactory(organization=plan.organization, manager=leader)
    team.save()
    peer = RepFactory(organization=plan.organization, team=team).user
    see = Plan.objects.visible_to
    edit = Plan.objects.editable_by
    for person in two:
        assert see(person).exists()
        assert edit(person).exists()
    assert see(leader).exists()
    assert not edit(leader).exists()
    assert not see(peer).exists()
    assert not see(UserFactory()).exists()


def test_a_commitment_is_the_reps_own_until_shared(plan, two):
    manager, rep = two
    kept = CommitmentFactory(plan=plan)
    shared = CommitmentFactory(plan=plan, is_shared=True)
    assert set(Commitment.objects.visible_to(rep)) == {kept, shared}
    assert set(Commitment.objects.visible_to(manager)) == {shared}
    assert not Commitment.objects.editable_by(manager).exists()

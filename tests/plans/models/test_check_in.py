"""Who may read a check-in, who may answer it, and what waits for an answer."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from plans.models import CheckIn, Energy
from plans.models.plan import EditConflict
from reps.models import Rep
from tests.factories.check_ins import CheckInFactory
from tests.factories.reps import (
    MONDAY,
    NOON,
    RepFactory,
    StandInFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rep():
    rep = RepFactory()
    rep.team.above = TeamFactory(organization=rep.organization)
    rep.team.save()
    return rep


@pytest.fixture
def check_in(rep):
    return CheckInFactory(rep=rep)


def who(rep):
    """Everybody who might want to know."""
    of = {"organization": rep.organization}
    return {
        "rep": rep.user,
        "peer": RepFactory(team=rep.team, **of).user,
        "manager": rep.team.manager,
        "other manager": TeamFactory(**of).manager,
        "stand-in": StandInFactory(manager=rep.team.manager).person,
        "stand-in before": StandInFactory(
            manager=rep.team.manager, starts=-9, ends=-2
        ).person,
        "leader above": rep.team.above.manager,
        "HR partner": UserFactory(is_hr_partner=True, **of),
        "admin": UserFactory(is_admin=True, **of),
        "stranger": RepFactory().user,
    }


@pytest.mark.parametrize(
    ("queryset", "allowed"),
    [
        ("visible_to", {"rep", "manager", "stand-in"}),
        ("known_to", {"rep", "manager", "stand-in", "leader above"}),
        ("answerable_by", {"manager", "stand-in"}),
    ],
)
def test_who_reads_knows_and_answers(rep, check_in, queryset, allowed):
    found = {
        role
        for role, person in who(rep).items()
        if getattr(CheckIn.objects, queryset)(person).filter(pk=check_in.pk).exists()
    }
    assert found == allowed


def test_how_somebody_feels_is_theirs_alone(rep):
    Energy.objects.note(4, rep=rep, week=MONDAY)
    readers = {
        role
        for role, person in who(rep).items()
        if Energy.objects.visible_to(person).exists()
    }
    assert readers == {"rep"}


@pytest.mark.parametrize("field", ["moved", "stuck", "learned"])
def test_words_wait_for_an_answer(rep, field):
    facts = {"moved": "", "stuck": "", "learned": ""} | {field: "Legal is slow."}
    check_in = CheckInFactory(rep=rep, **facts)
    assert list(CheckIn.objects.unanswered()) == [check_in]
    check_in.answer("I will ask.", by=rep.team.manager, at=NOON)
    assert not CheckIn.objects.unanswered().exists()


def test_without_words_nothing_waits(rep):
    CheckInFactory(rep=rep, moved="")
    assert not CheckIn.objects.unanswered().exists()


HOUR = timedelta(hours=1)


def test_words_written_after_the_answer_wait_anew(rep, check_in):
    facts = {"rep": rep, "week": MONDAY, "by": rep.user}
    check_in.answer("I will ask.", by=rep.team.manager, at=NOON + HOUR)
    said = {"moved": check_in.moved, "stuck": "", "learned": ""}
    CheckIn.objects.record(**facts, **said, at=NOON + 2 * HOUR)
    assert not CheckIn.objects.unanswered().exists()  # nothing new
    CheckIn.objects.record(**facts, **said | {"stuck": "Gone."}, at=NOON + 3 * HOUR)
    assert list(CheckIn.objects.unanswered()) == [check_in]
    check_in.answer("I call you.", by=rep.team.manager, at=NOON + 4 * HOUR)
    assert not CheckIn.objects.unanswered().exists()


def test_what_the_manager_wrote_down_with_them_waits_for_nobody(rep):
    facts = {"rep": rep, "organization": rep.organization}
    CheckInFactory(**facts, checked_in_by=rep.team.manager)
    assert not CheckIn.objects.unanswered().exists()


def test_nor_does_what_a_stand_in_did(rep, noor):
    facts = {"rep": rep, "organization": rep.organization}
    CheckInFactory(**facts, checked_in_by=noor)
    assert not CheckIn.objects.unanswered().exists()


def test_what_is_written_for_somebody_who_never_signs_in_waits_for_nobody(rep):
    nobody = RepFactory(team=rep.team, user=None)
    facts = {"rep": nobody, "organization": rep.organization}
    CheckInFactory(**facts, checked_in_by=rep.team.manager)
    assert not CheckIn.objects.unanswered().exists()


def test_an_answer_keeps_in_whose_place_it_was_given(rep, check_in, noor):
    answer = check_in.answer("Go on.", by=noor, at=NOON, stood_in_for=rep.team.manager)
    answer.refresh_from_db()
    assert answer.stood_in_for == rep.team.manager


def test_who_stands_in_never_answers_themselves(rep, check_in):
    StandInFactory(manager=rep.team.manager, person=rep.user)
    assert not CheckIn.objects.answerable_by(rep.user).exists()


@pytest.fixture
def overdue(rep, leader):
    """`overdue(user, before)`: who has waited since before then, as one hears."""
    return lambda user, before: list(
        CheckIn.objects.long_unanswered(user, before=before)
    )


def test_the_one_above_hears_since_when_each_has_waited_longest(
    rep, check_in, leader, overdue
):
    facts = {"rep": rep, "organization": rep.organization}
    before = MONDAY - timedelta(weeks=1)
    CheckInFactory(**facts, week=before, checked_in_at=NOON - timedelta(weeks=1))
    longest = [(rep.name, NOON - timedelta(weeks=1))]
    assert overdue(leader, NOON + HOUR) == longest
    assert overdue(leader, NOON) == longest
    assert overdue(leader, NOON - timedelta(weeks=1)) == []


def test_nobody_else_hears_and_what_is_answered_waits_no_more(
    rep, check_in, noor, leader, overdue
):
    later = NOON + HOUR
    for one in (rep.user, rep.team.manager, noor):
        assert overdue(one, later) == []
    check_in.answer("Go on.", by=noor, at=later, stood_in_for=rep.team.manager)
    assert overdue(leader, later) == []


def test_a_week_written_up_later_is_not_the_last_one(rep, check_in):
    CheckInFactory(
        rep=rep,
        week=MONDAY - timedelta(weeks=9),
        checked_in_at=NOON + timedelta(days=3),
    )
    beside = CheckIn.objects.beside(Rep.objects.all(), rep.team.manager)
    assert beside.get(pk=rep.pk).last_check_in_at == NOON


def test_numbers_that_were_confirmed_are_in_the_way_of_no_words(rep):
    CheckInFactory(rep=rep, moved="")
    facts = {"rep": rep, "week": MONDAY, "by": rep.user, "at": NOON}
    CheckIn.objects.record_over("", moved="Mine", **facts)
    assert CheckIn.objects.get().moved == "Mine"


def test_a_version_that_was_not_seen_is_not_written_over(rep, check_in):
    facts = {"rep": rep, "week": MONDAY, "by": rep.user, "at": NOON}
    with pytest.raises(EditConflict) as meanwhile:
        CheckIn.objects.record_over("", moved="Mine", **facts)
    assert meanwhile.value.now == check_in
    CheckIn.objects.record_over(check_in.version, moved="Mine", **facts)
    check_in.refresh_from_db()
    assert check_in.moved == "Mine"


def test_confirming_never_takes_the_place_of_words(rep, check_in):
    facts = {"rep": rep, "week": MONDAY, "by": rep.user, "at": NOON}
    before = check_in.moved
    assert CheckIn.objects.confirm(note="", **facts)
    assert CheckIn.objects.confirm(note=before, **facts)
    assert not CheckIn.objects.confirm(note="Something else", **facts)
    check_in.refresh_from_db()
    assert check_in.moved == before


def test_a_week_is_named_by_its_monday_and_has_one(rep, check_in):
    for week in (MONDAY, MONDAY.replace(day=10)):
        with pytest.raises(IntegrityError), transaction.atomic():
            CheckInFactory(rep=rep, week=week)

"""Whoever looks at the demo sees the response at work, whatever the day and hour."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plans.domain.nudging import why_not_now
from plans.models import (
    Answer,
    CheckIn,
    Commitment,
    Energy,
    Nudge,
    Plan,
    Signature,
)
from plans.models.nudge_candidate import nudge_candidates, with_candidate_facts
from recovery import demo_quarter
from recovery.demo_hours import DemoHours
from reps.models import (
    ActivityEntry,
    MetCriterion,
    Organization,
    Rep,
    StageMove,
    User,
)

A_MINUTE = timedelta(minutes=1)
MORNING = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)


def coming(at, until):
    """The letters of this week that go by then."""
    people = nudge_candidates(with_candidate_facts(Rep.objects.all(), at=at), at=at)
    rows = [row for person in people for row in person.coming(at, days=3)]
    return [row for row in rows if row.due_at <= until and not row.why_not]


def named(first_name):
    return Rep.objects.get(name__startswith=first_name)


def in_working_hours_whoever_has_not_checked_in_is_asked_within_a_minute(at):
    soon = coming(at, at + A_MINUTE)
    names = {*Rep.objects.values_list("name", flat=True)}
    assert {row.to.rep.name for row in soon} == names - {"Priya Raman"}
    assert {why_not_now(row.due_at, row.to.calendar) for row in soon} == {None}


def outside_of_them_the_letters_wait_until(asked_at):
    def holds(at):
        assert not coming(at, asked_at - A_MINUTE)
        assert len(coming(at, asked_at)) >= 7

    return holds


def when_the_week_is_over_its_letters_went_on_its_last_day(at):
    went = Nudge.objects.filter(state="sent", week=date(2026, 11, 9), kind="check_in")
    friday = datetime(2026, 11, 13, 17, 30, tzinfo=UTC)
    assert {*went.values_list("sent_at", flat=True)} == {friday}
    assert went.count() == 6  # Priya had checked in, and Ben's address is wrong
    assert not coming(at, at + timedelta(days=2))


def nobody_does_anything_at_night_on_a_day_off_or_tomorrow(at):
    calendar = DemoHours.of(Organization.objects.get(), at).calendar
    acts = [
        (f"{model.__name__}.{field}", moment)
        for model, field in (
            (ActivityEntry, "logged_at"),
            (Answer, "answered_at"),
            (CheckIn, "checked_in_at"),
            (MetCriterion, "met_at"),
            (Nudge, "sent_at"),
            (Plan, "started_at"),
            (Signature, "signed_at"),
            (StageMove, "recorded_at"),
        )
        for moment in model.objects.exclude(**{field: None}).values_list(
            field, flat=True
        )
    ]
    assert len({act for act, _ in acts}) == 8
    for act, moment in acts:
        assert why_not_now(moment, calendar) is None, act
        assert moment <= at, act


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "letters"),
    [
        (
            datetime(2026, 11, 9, 8, 1, tzinfo=UTC),
            in_working_hours_whoever_has_not_checked_in_is_asked_within_a_minute,
        ),
        # At night, and before Monday's morning: when the working day begins.
        (
            datetime(2026, 11, 12, 23, 58, 40, tzinfo=UTC),
            outside_of_them_the_letters_wait_until(
                datetime(2026, 11, 13, 8, tzinfo=UTC)
            ),
        ),
        (
            datetime(2026, 11, 9, 3, tzinfo=UTC),
            outside_of_them_the_letters_wait_until(
                datetime(2026, 11, 9, 8, tzinfo=UTC)
            ),
        ),
        (
            datetime(2026, 11, 26, 14, tzinfo=UTC),  # on Thanksgiving
            outside_of_them_the_letters_wait_until(
                datetime(2026, 11, 27, 8, tzinfo=UTC)
            ),
        ),
        (
            # Erin answered at 01:25 on Saturday
            datetime(2026, 11, 13, 21, 25, tzinfo=UTC),
            when_the_week_is_over_its_letters_went_on_its_last_day,
        ),
        (
            datetime(2026, 11, 14, 11, tzinfo=UTC),
            when_the_week_is_over_its_letters_went_on_its_last_day,
        ),
        (
            datetime(2026, 11, 15, 3, tzinfo=UTC),
            when_the_week_is_over_its_letters_went_on_its_last_day,
        ),
    ],
    ids=lambda fact: str(fact) if isinstance(fact, datetime) else "",
)
def test_at_any_hour_all_was_done_in_working_hours_and_the_letters_keep_to_them(
    at, letters
):
    """Filling it takes a second, so that both are looked at in one go."""
    demo_quarter.fill(at=at)
    nobody_does_anything_at_night_on_a_day_off_or_tomorrow(at)
    letters(at)


@pytest.mark.django_db
def test_whoever_looks_sees_the_response_at_work():
    """Filling it takes a second, so that all of it is looked at in one go."""
    at = MORNING
    demo_quarter.fill(at=at)
    nobody_does_anything_at_night_on_a_day_off_or_tomorrow(at)
    in_working_hours_whoever_has_not_checked_in_is_asked_within_a_minute(at)

    erin = User.objects.get(email=demo_quarter.ERIN)
    waiting = CheckIn.objects.answerable_by(erin).unanswered().order_by("week")
    names = waiting.values_list("rep__name", flat=True)
    assert list(names) == ["Sofia Marchetti", "Priya Raman"]

    rows = Nudge.objects.values_list("person__name", "kind", "state")
    assert ("Ben Aronson", "check_in", "dead") in rows
    assert ("Theo Lindqvist", "check_in", "sent") in rows
    reminded = {name for name, kind, _ in rows if kind == "reminder"}
    assert reminded == {"Callum Reyes", "Grace Mbeki"}
    assert not Nudge.objects.filter(sent_at__gt=at).exists()

    plan = Plan.objects.get(rep=named("Theo"))
    in_force = plan.in_force()
    demos = next(m for m in in_force.content["metrics"].values() if m["leading"])
    assert (plan.status, demos["weekly"]) == ("active", 3)
    assert in_force.signatures.count() == 2
    assert plan.backup_plan  # one deal is 58 % of his goal
    assert Plan.objects.signable_by(erin).get().rep == named("Sofia")

    for private in (Energy, Commitment):
        hers = private.objects.visible_to(erin).count()
        his = private.objects.visible_to(named("Theo").user).count()
        assert 0 <= hers < his

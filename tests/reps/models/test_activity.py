"""The ledger of taps: a double tap counts once, and no week goes below zero."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from reps.domain.quarter import ONE_WEEK
from reps.models import ActivityEntry, ActivityKind, Rep
from tests.factories.reps import (
    NOON,
    ActivityEntryFactory,
    ActivityKindFactory,
    RepFactory,
)

MONDAY = date(2026, 11, 9)


@pytest.fixture
def rep(db):
    return RepFactory()


@pytest.fixture
def tap(rep, demos):
    """Log a change to one rep's demos, or set them; answers with the week's number."""

    def log(change=None, key=None, *, count=None, week=MONDAY):
        facts = {"kind": demos, "week": week, "key": key or uuid4()}
        facts |= {"by": rep.user, "at": NOON}
        entries = ActivityEntry.objects
        with transaction.atomic():
            held = Rep.objects.locked().get(pk=rep.pk)
            if count is None:
                return entries.log(rep=held, change=change, **facts).done
            return entries.set_count(rep=held, count=count, **facts).done

    return log


def test_the_week_is_the_sum_of_its_taps(tap):
    assert [tap(1), tap(1), tap(3), tap(-2)] == [1, 2, 5, 3]


def test_the_same_key_again_changes_nothing(tap):
    key = uuid4()
    assert [tap(1, key), tap(1, key)] == [1, 1]


def test_a_key_is_good_for_one_week_only(tap):
    key = uuid4()
    assert [tap(1, key), tap(1, key, week=MONDAY - ONE_WEEK)] == [1, 0]
    assert ActivityEntry.objects.total() == 1


def test_a_week_does_not_go_below_zero(tap):
    tap(2)
    assert tap(-5) == 0
    assert tap(-1) == 0
    assert ActivityEntry.objects.total() == 0


def test_a_number_that_is_set_is_kept_as_the_difference(tap):
    tap(2)
    assert [tap(count=5), tap(count=5), tap(count=1)] == [5, 5, 1]
    assert list(
        ActivityEntry.objects.order_by("pk").values_list("change", flat=True)
    ) == [
        2,
        3,
        -4,
    ]


def test_setting_a_number_again_with_its_key_undoes_nothing_since(tap):
    key = uuid4()
    assert [tap(count=5, key=key), tap(1), tap(count=5, key=key)] == [5, 6, 6]


def test_the_taps_of_a_week_say_whose_they_were_the_latest_first(rep, demos, tap):
    other = ActivityKindFactory(
        organization=rep.organization, name="Calls", is_leading=False
    )
    tap(1)
    tap(3)
    tap(7, week=MONDAY - ONE_WEEK)
    ActivityEntryFactory(organization=rep.organization, kind=demos, change=9)
    taps = ActivityEntry.objects.logged_counts(rep, week=MONDAY, kinds=[demos, other])
    assert [(t.change, t.by_name, t.at) for t in taps[demos.pk]] == [
        (3, rep.user.name, NOON),
        (1, rep.user.name, NOON),
    ]
    assert (taps[demos.pk].done, taps[other.pk].done) == (4, 0)


def test_the_weeks_of_a_rep_come_with_the_activity(rep, demos, tap):
    before = MONDAY - ONE_WEEK
    for change, week in ((2, before), (3, before), (9, MONDAY)):
        tap(change, week=week)
    ActivityEntryFactory(organization=rep.organization, kind=demos, week=before)
    kinds = ActivityKind.objects.with_weeks_of(rep, first=before, last=before)
    assert kinds.get().weeks == [{"week": "2026-11-02", "done": 5}]


@pytest.mark.django_db(transaction=True)
def test_two_devices_at_once_take_no_more_than_there_is(tap, at_once):
    tap(1)
    at_once(*[lambda: tap(-1)] * 2)
    assert ActivityEntry.objects.total() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("as_owner")
def test_entries_are_added_never_edited():
    ActivityEntryFactory()
    with pytest.raises(IntegrityError, match="never edited"):
        ActivityEntry.objects.update(change=5)


@pytest.mark.django_db
def test_a_week_is_its_monday():
    with pytest.raises(IntegrityError, match="activityentry_week_is_a_monday"):
        ActivityEntryFactory(week=date(2026, 11, 10))


@pytest.mark.django_db
def test_another_leading_activity_takes_the_mark_over():
    demos = ActivityKindFactory()
    calls = ActivityKindFactory(
        organization=demos.organization, name="Calls", is_leading=False
    )
    ActivityKind.objects.lead_with(calls)
    leading = ActivityKind.objects.filter(is_leading=True)
    assert leading.get() == calls


@pytest.mark.django_db
def test_one_activity_leads():
    demos = ActivityKindFactory()
    with pytest.raises(IntegrityError, match="activitykind_one_leads"):
        ActivityKindFactory(organization=demos.organization, name="Calls")

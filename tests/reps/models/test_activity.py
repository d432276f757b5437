"""The ledger of taps: a double tap counts once, and no week goes below zero."""

from datetime import date
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from reps.models import ActivityEntry, ActivityKind
from tests.factories.reps import (
    NOON,
    ActivityEntryFactory,
    ActivityKindFactory,
    RepFactory,
)

MONDAY = date(2026, 11, 9)


@pytest.fixture
def tap(db):
    """Log a change to one rep's demos; answers with the week's new number."""
    rep = RepFactory()
    kind = ActivityKindFactory(organization=rep.organization)

    def log(change, key=None):
        return ActivityEntry.objects.log(
            rep=rep,
            kind=kind,
            week=MONDAY,
            change=change,
            key=key or uuid4(),
            by=rep.user,
            at=NOON,
        )

    return log


def test_the_week_is_the_sum_of_its_taps(tap):
    assert [tap(1), tap(1), tap(3), tap(-2)] == [1, 2, 5, 3]


def test_the_same_key_again_changes_nothing(tap):
    key = uuid4()
    assert [tap(1, key), tap(1, key)] == [1, 1]


def test_a_week_does_not_go_below_zero(tap):
    tap(2)
    assert tap(-5) == 0
    assert tap(-1) == 0
    assert ActivityEntry.objects.total() == 0


@pytest.mark.django_db(transaction=True)
def test_two_devices_at_once_take_no_more_than_there_is(tap):
    tap(1)
    start = Barrier(2)

    def minus():
        start.wait()
        tap(-1)
        connection.close()

    devices = [Thread(target=minus) for _ in range(2)]
    for device in devices:
        device.start()
    for device in devices:
        device.join()
    assert ActivityEntry.objects.total() == 0


@pytest.mark.django_db
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

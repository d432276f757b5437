"""Quarters that end are closed, once each, at the midnight that was due."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from reps.models import QuarterClosing
from reps.tasks import close_quarters
from tests.factories.reps import OrganizationFactory, QuarterFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

MADE_AT = datetime(2026, 7, 6, 9, tzinfo=UTC)
ENDS_ON = date(2026, 10, 4)
CLOSES_AT = datetime(2026, 10, 15, 4, tzinfo=UTC)  # 14 October is over in New York


@pytest.fixture
def quarter():
    return QuarterFactory(
        organization=OrganizationFactory(time_zone="America/New_York"),
        name="Q3 2026",
        starts_on=date(2026, 7, 6),
        ends_on=ENDS_ON,
        made_at=MADE_AT,
    )


def closed_at(*at):
    """What is written down about quarters once the task ran at that hour, in UTC."""
    with time_machine.travel(datetime(*at, tzinfo=UTC), tick=False):
        close_quarters()
    rows = QuarterClosing.objects.order_by("number")
    return list(rows.values_list("kind", "took_effect_at", "by"))


@pytest.mark.parametrize(
    ("at", "rows"),
    [
        ((2026, 10, 15, 3, 59), []),
        ((2026, 10, 15, 4, 1), []),  # what was under way at midnight comes first
        ((2026, 10, 15, 4, 2), [("closed", CLOSES_AT, None)]),
        ((2026, 10, 19), [("closed", CLOSES_AT, None)]),  # no worker for days
    ],
)
def test_it_closes_at_the_midnight_after_the_tenth_day(quarter, at, rows):
    assert closed_at(*at) == rows


def test_twice_and_by_two_at_once_it_is_closed_once(quarter, at_once):
    with time_machine.travel(datetime(2026, 10, 19, tzinfo=UTC), tick=False):
        at_once(close_quarters, close_quarters, close_quarters)
        close_quarters()
    assert QuarterClosing.objects.count() == 1


def test_a_reopened_one_closes_again_after_as_many_days(quarter):
    admin = UserFactory(organization=quarter.organization, is_admin=True)
    closed_at(2026, 10, 19)
    reopened = datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert quarter.reopen(by=admin, why="The audit found two wins.", at=reopened)

    assert len(closed_at(2026, 11, 12, 12)) == 2
    assert closed_at(2026, 11, 13, 6)[2:] == [
        ("closed", datetime(2026, 11, 13, 5, tzinfo=UTC), None)
    ]


def test_an_organization_without_a_quarter_that_is_over_has_nothing_to_close():
    QuarterFactory(name="Q4 2026", made_at=MADE_AT)
    assert closed_at(2026, 12, 1) == []

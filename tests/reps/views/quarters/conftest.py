"""A quarter, and somebody who may owe a quota in it."""

from datetime import UTC, date, datetime

import pytest

from tests.factories.reps import QuarterFactory, RepFactory


@pytest.fixture
def quarter(organization):
    """13 weeks from Monday 5 October 2026."""
    return QuarterFactory(organization=organization)


@pytest.fixture
def grace(organization):
    return RepFactory(organization=organization, name="Grace Mbeki")


@pytest.fixture
def third(organization):
    """It closed on 14 October, and it is 12 November."""
    return QuarterFactory(
        organization=organization,
        name="Q3 2026",
        starts_on=date(2026, 7, 6),
        ends_on=date(2026, 10, 4),
        made_at=datetime(2026, 7, 6, tzinfo=UTC),
    )

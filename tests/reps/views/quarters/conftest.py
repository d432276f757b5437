"""A quarter, and somebody who may owe a quota in it."""

import pytest

from tests.factories.reps import QuarterFactory, RepFactory


@pytest.fixture
def quarter(organization):
    """13 weeks from Monday 5 October 2026."""
    return QuarterFactory(organization=organization)


@pytest.fixture
def grace(organization):
    return RepFactory(organization=organization, name="Grace Mbeki")

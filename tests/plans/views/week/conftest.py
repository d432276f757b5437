"""A week that Theo has begun."""

import pytest

from tests.factories.reps import ActivityEntryFactory


@pytest.fixture
def two_demos(rep, demos):
    return ActivityEntryFactory(rep=rep, kind=demos, change=2)

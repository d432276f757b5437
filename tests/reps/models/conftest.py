"""A stage on either side of the line from which deals count."""

import pytest

from tests.factories.reps import StageFactory


@pytest.fixture
def early(rep):
    """A stage before the first that counts."""
    return StageFactory(organization=rep.organization, order=1, is_opportunity=False)


@pytest.fixture
def counting(rep):
    return StageFactory(organization=rep.organization, order=2)

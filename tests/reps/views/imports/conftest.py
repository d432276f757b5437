"""A manager of a team, signed in, with a file of deals that is ready to come in."""

import pytest
from django.test import Client

from tests.factories.imports import FileImportFactory
from tests.factories.reps import RepFactory, TeamFactory, UserFactory


@pytest.fixture
def erin(organization):
    """Erin, who runs West, where Theo sells."""
    erin = UserFactory(organization=organization, name="Erin Park")
    team = TeamFactory(organization=organization, name="West", manager=erin)
    RepFactory(organization=organization, name="Theo Lindqvist", team=team)
    return erin


@pytest.fixture
def browser(erin):
    """Erin's."""
    client = Client()
    client.force_login(erin)
    return client


@pytest.fixture
def brought(organization, erin):
    """Hers, ready."""
    return FileImportFactory(organization=organization, by=erin)

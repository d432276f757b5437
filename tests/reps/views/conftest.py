"""An admin of an organization, signed in: what the tests of set-up begin with."""

import pytest
from django.test import Client

from tests.factories.reps import OrganizationFactory, UserFactory


@pytest.fixture
def organization():
    return OrganizationFactory(name="Harbor Analytics")


@pytest.fixture
def admin(organization):
    """Ada, who keeps the organization."""
    return UserFactory(organization=organization, name="Ada Keeper", is_admin=True)


@pytest.fixture
def admin_client(admin):
    """Ada's browser."""
    client = Client()
    client.force_login(admin)
    return client


@pytest.fixture
def htmx_admin_client(admin):
    """Ada's browser, when the request comes from htmx."""
    client = Client(headers={"HX-Request": "true"})
    client.force_login(admin)
    return client

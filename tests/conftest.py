"""What every test may lean on. Nothing clever: factories make the rest."""

import pytest
from django.test import Client


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Make and drop tables as the owner; hurry, since nothing here is to be kept."""
    from django.db import connection

    facts = connection.settings_dict
    if facts["ENGINE"] == "recovery.embedded":
        facts |= {"USER": "second_wind_owner", "DURABLE": False}


@pytest.fixture
def htmx_client():
    """A browser whose requests come from htmx."""
    return Client(headers={"HX-Request": "true"})

"""As whom the tests are run: as the app is, and not as the owner of its tables."""

import pytest
from django.conf import settings
from django.db import connection

# A superuser passes for the owner of everything, and a member for its role.
WHO = """
    SELECT session_user, current_user, count(*) FILTER (WHERE relkind = 'r') > 0,
        bool_or(pg_has_role(relowner, 'USAGE'))
    FROM pg_class WHERE relnamespace = 'public'::regnamespace
"""


def who_asks():
    """Who signed in, as whom they act, whether there are tables and they own any."""
    with connection.cursor() as cursor:
        cursor.execute(WHO)
        return cursor.fetchone()


@pytest.fixture
def app():
    role = settings.DATABASES["default"]["USER"]
    return (role, role, True, False)


@pytest.mark.django_db
def test_it_is_the_app_that_is_tested(app):
    assert who_asks() == app


@pytest.mark.django_db(transaction=True)
def test_also_where_rows_are_committed_and_by_another_thread(app, at_once):
    """Those of `live_server` too, which answer what a browser asks."""
    assert [who_asks(), *at_once(who_asks)] == [app] * 2


@pytest.mark.django_db
@pytest.mark.usefixtures("as_owner")
def test_the_owner_is_asked_for_by_name():
    role = settings.DATABASES["owner"]["USER"]
    assert who_asks() == (role, role, True, True)

"""What every test may lean on. Nothing clever: factories make the rest."""

import re
from collections import Counter
from contextlib import contextmanager
from threading import Barrier, Thread

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush
from django.db import connection, connections
from django.test import Client, TransactionTestCase, override_settings
from psycopg import ClientCursor

from reps.models.compiled_query import CompiledQuery
from tests.factories.reps import (
    NOON,
    ActivityKindFactory,
    RepFactory,
    StandInFactory,
    TeamFactory,
    UserFactory,
)


@contextmanager
def owners_login():
    """This thread's connection is the tables' owner's for as long as it lasts."""
    app, owner = connection.settings_dict, connections["owner"].settings_dict
    connection.close()
    connection.settings_dict = app | {of: owner[of] for of in ("USER", "PASSWORD")}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = app


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Every test is the app's role; the owner makes, empties and drops the tables."""
    if connection.settings_dict["ENGINE"] == "recovery.embedded":
        for each in connections.all():
            each.settings_dict["DURABLE"] = False  # nothing here is to be kept
    acts = (
        (connection.creation, "create_test_db"),
        (connection.creation, "deserialize_db_from_string"),  # of a serialized rollback
        (TransactionTestCase, "_fixture_teardown"),
        (connection.creation, "destroy_test_db"),
    )
    with pytest.MonkeyPatch.context() as patch:
        for whose, name in acts:
            patch.setattr(whose, name, owners_login()(getattr(whose, name)))
        # Emptied tables need no permissions, which nobody here asks for, and a content
        # type is made when it is asked for: to fill them in takes as long as to empty.
        forget = ContentType.objects.clear_cache
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_, **__: forget())
        yield


@pytest.fixture(scope="class")  # so it comes before the test's transaction begins
def as_owner(django_db_setup):
    """This test is the tables' owner from first to last, as a migration is.

    For what even the owner may not, and for what only migrations do.
    """
    with owners_login():
        yield


# How often each kept statement was compared, in this process, with Django's words.
compared: Counter = Counter()
COMPARISONS = 3  # of a statement; each takes as long as the query, and often longer


@pytest.fixture(autouse=True)
def same_sql_as_django(monkeypatch):
    """What tests ask by a kept statement, Django would ask in the same words."""
    kept = CompiledQuery.__call__

    def call(self, *arguments):
        rows, statement = kept(self, *arguments), self.statement(arguments)
        if statement is None or compared[statement] == COMPARISONS:
            return rows
        compared[statement] += 1
        values = statement.values_for(arguments)
        if values is not None:
            anew = self.query(*arguments).query.sql_with_params()
            assert _written(statement.words, values) == _written(*anew)
        return rows

    monkeypatch.setattr(CompiledQuery, "__call__", call)


def _written(words, values) -> str:
    """With the values in it; a list of numbers is as long whatever is in it."""
    written = ClientCursor(connection.connection).mogrify(words, values)
    return re.sub(r"::int\d\[\]", "", written)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """A password is hashed once and not a million times: none of these is secret."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
    ):
        yield


@pytest.fixture
def htmx_client():
    """A browser whose requests come from htmx."""
    return Client(headers={"HX-Request": "true"})


@pytest.fixture
def thursday_of_week_6():
    """Noon on Thursday 12 November 2026; the clock stands still."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def rep():
    """Theo, who sells in Erin's team."""
    team = {"team__name": "West", "team__manager__name": "Erin Castellano"}
    return RepFactory(name="Theo Lindqvist", **team)


@pytest.fixture
def sunday_first(rep):
    """Theo's office works from Sunday to Thursday, in weeks that begin on Sunday."""
    office = rep.organization
    office.working_days, office.first_day_of_week = [1, 2, 3, 4, 7], 7
    office.check_in_day = 4
    office.save()
    return office


@pytest.fixture
def leader(rep):
    """Lena, who runs the team above Erin's."""
    of = {"organization": rep.organization}
    rep.team.above = TeamFactory(name="Sales", manager__name="Lena Ortiz", **of)
    rep.team.save()
    return rep.team.above.manager


@pytest.fixture
def noor(rep):
    """Noor, of another team, who stands in for Erin: by the database's clock, today."""
    of = {"organization": rep.organization}
    noor = RepFactory(name="Noor Haddad", **of).user
    StandInFactory(manager=rep.team.manager, person=noor, **of)
    return noor


@pytest.fixture
def demos(rep):
    """The activity that leads to opportunities."""
    return ActivityKindFactory(organization=rep.organization)


OUTSIDERS = {
    "a peer": lambda rep, of: RepFactory(team=rep.team).user,
    "another manager": lambda rep, of: TeamFactory(**of).manager,
    "an admin": lambda rep, of: UserFactory(is_admin=True, **of),
    "an HR partner": lambda rep, of: UserFactory(is_hr_partner=True, **of),
    "a stranger": lambda rep, of: RepFactory().team.manager,
}
BYSTANDERS = OUTSIDERS | {"the leader above": lambda rep, of: rep.team.above.manager}


@pytest.fixture(params=OUTSIDERS)
def outsider(request, rep):
    """Everybody to whom what is this rep's is not there at all, one after another."""
    return OUTSIDERS[request.param](rep, {"organization": rep.organization})


@pytest.fixture(params=BYSTANDERS)
def bystander(request, rep, leader):
    """Everybody who may not touch what is this rep's; the leader above may see it."""
    return BYSTANDERS[request.param](rep, {"organization": rep.organization})


@pytest.fixture
def at_once():
    """`at_once(*acts)`: each in a thread of its own, all from one moment on."""

    def run(*acts):
        start, answers = Barrier(len(acts)), [None] * len(acts)

        def do(number, act):
            try:
                connection.ensure_connection()
                start.wait()
                answers[number] = act()
            finally:
                connection.close()

        hands = [Thread(target=do, args=pair) for pair in enumerate(acts)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        return answers

    return run

"""What every test may lean on. Nothing clever: factories make the rest."""

import re
from collections import Counter
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection
from django.test import Client
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


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Make and drop tables as the owner; hurry, since nothing here is to be kept."""
    facts = connection.settings_dict
    if facts["ENGINE"] == "recovery.embedded":
        facts |= {"USER": "second_wind_owner", "DURABLE": False}


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

"""A query that takes long has a line: also one whose words are kept (docs/adr/0009)."""

import pytest
from django.db import DataError, connection, transaction
from django.test import Client

from plans.models.prepared_statement import run_prepared_statement
from recovery.logs.slow_queries import slow_queries_are_told
from reps.models import User
from reps.models.compiled_query import compiled_once
from tests.factories.reps import UserFactory

pytestmark = pytest.mark.django_db


@compiled_once
def person_of(email):
    return User.objects.filter(email=email)


def test_the_words_are_told_and_not_the_values(written, settings):
    settings.SLOW_QUERY_MS = 100
    with slow_queries_are_told(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.15),\n   %s, 'it''s erin'", ["theo"])
        cursor.execute("SELECT 1")
    (line,) = written.of("slow query")
    assert line["sql"] == "SELECT pg_sleep(0.15), %s, '…'"
    assert line["ms"] >= 150
    assert line["level"] == "warning"


def test_so_is_one_that_fails(written, settings):
    settings.SLOW_QUERY_MS = 0
    with slow_queries_are_told(), transaction.atomic(), connection.cursor() as cursor:
        with pytest.raises(DataError):
            cursor.execute("SELECT 1 / 0")
        transaction.set_rollback(True)
    assert "SELECT 1 / 0" in {line["sql"] for line in written.of("slow query")}


def test_a_kept_statement_is_seen(written, settings):
    settings.SLOW_QUERY_MS = 0
    UserFactory(email="theo@x.example")
    person_of("nobody@x.example")
    with slow_queries_are_told():
        assert person_of("theo@x.example")
    line = written.of("slow query")[-1]
    assert 'FROM "reps_user"' in line["sql"]
    assert "theo" not in written.getvalue()


def test_a_prepared_statement_is_seen(written, settings):
    settings.SLOW_QUERY_MS = 0
    with slow_queries_are_told():
        assert run_prepared_statement("SELECT %s::text", ["theo"]).fetchone()
    assert [line["sql"] for line in written.of("slow query")] == ["SELECT %s::text"]


def test_a_requests_have_its_id(written, settings):
    settings.SLOW_QUERY_MS = 0
    answer = Client().get("/health/")
    lines = written.of("slow query")
    assert lines
    assert {line["request"] for line in lines} == {answer.headers["X-Request-ID"]}

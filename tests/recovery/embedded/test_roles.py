"""What the two roles of roles.sql may do, and what they may not."""

import psycopg
import pytest

ROLES = ("second_wind", "second_wind_owner")


@pytest.fixture
def table(address, ask):
    """A table the owner makes after the server was set up."""
    ask(
        address,
        "CREATE TABLE deal (id bigserial PRIMARY KEY, name text)",
        role="second_wind_owner",
    )
    yield "deal"
    ask(address, "DROP TABLE deal", role="second_wind_owner")


@pytest.mark.parametrize("role", ROLES)
def test_no_role_of_ours_is_above_the_rules(address, ask, role):
    powers = "rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication"
    query = f"SELECT {powers} FROM pg_roles WHERE rolname = '{role}'"
    assert ask(address, query) is False


def test_the_owner_owns_the_database_and_its_schema(address, ask):
    owner = "SELECT pg_get_userbyid({0}) FROM {1} WHERE {2}"
    database = owner.format("datdba", "pg_database", "datname = 'second_wind'")
    schema = owner.format("nspowner", "pg_namespace", "nspname = 'public'")
    assert ask(address, database) == "second_wind_owner"
    assert ask(address, schema) == "second_wind_owner"


@pytest.mark.parametrize(
    "attempt",
    [
        "CREATE TABLE another (id int)",
        "CREATE TEMPORARY TABLE another (id int)",
        "CREATE SCHEMA another",
        "CREATE DATABASE another",
        "CREATE ROLE another",
        "DROP TABLE deal",
        "ALTER TABLE deal ADD COLUMN x int",
        "TRUNCATE deal",
        "ALTER TABLE deal DISABLE ROW LEVEL SECURITY",
        "SET ROLE second_wind_owner",
    ],
)
def test_the_app_changes_no_table(address, ask, table, attempt):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(address, attempt, role="second_wind")


def test_the_app_reads_and_writes_a_table_made_later(address, ask, table):
    insert = "INSERT INTO deal (name) VALUES ('North') RETURNING name"
    assert ask(address, insert, role="second_wind") == "North"
    ask(address, "UPDATE deal SET name = 'South'", role="second_wind")
    assert ask(address, "SELECT name FROM deal", role="second_wind") == "South"
    ask(address, "DELETE FROM deal", role="second_wind")
    assert ask(address, "SELECT count(*) FROM deal", role="second_wind") == 0


def test_row_level_security_binds_the_app(address, ask, table):
    ask(address, "INSERT INTO deal (name) VALUES ('North')", role="second_wind")
    rule = "ALTER TABLE deal ENABLE ROW LEVEL SECURITY"
    ask(address, rule, role="second_wind_owner")
    assert ask(address, "SELECT count(*) FROM deal", role="second_wind") == 0


def test_in_a_test_database_of_the_owner_the_app_has_the_same_rights(address, ask):
    owner = {"role": "second_wind_owner"}
    ask(address, "CREATE DATABASE trial", **owner)
    ask(address, "CREATE TABLE deal (id bigserial)", database="trial", **owner)
    insert = "INSERT INTO deal DEFAULT VALUES RETURNING id"
    assert ask(address, insert, database="trial", role="second_wind") == 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(address, "DROP TABLE deal", database="trial", role="second_wind")
    ask(address, "DROP DATABASE trial", **owner)


def test_outside_tests_the_owner_makes_no_databases(the_apps_address, ask):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(the_apps_address, "CREATE DATABASE trial", role="second_wind_owner")

"""What happened is added to and never changed: the app's own role could not.

Each table of ours is one of three kinds. A new one fails here until somebody has said
which it is.
"""

from functools import partial

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from reps.imports.take_back import take_back
from reps.models import StageMove
from tests.conftest import owners_login
from tests.factories.imports import bring_deals
from tests.factories.reps import (
    NOON,
    DealFactory,
    QuarterFactory,
    RepFactory,
    StageFactory,
)

# What happened, row by row, each as it was when it was written.
LEDGERS = {
    "plans_proposal",
    "plans_signature",
    "reps_activityentry",
    "reps_cameback",
    "reps_cancellation",
    "reps_closedattainment",
    "reps_dealfacts",
    "reps_quarterdays",
    "reps_quotarevision",
    "reps_quarterclosing",
    "reps_stagemove",
    "reps_teamchange",
}
# What is so today, and may be put right.
FACTS = {
    "reps_absence",
    "reps_activitykind",
    "reps_deal",
    "reps_exitcriterion",
    "reps_membership",
    "reps_organization",
    "reps_product",
    "reps_quarter",
    "reps_quota",
    "reps_rep",
    "reps_segment",
    "reps_stage",
    "reps_standin",
    "reps_team",
    "reps_user",
}
# What people work on, until it is signed, answered, sent or done.
WORKING_COPIES = {
    "plans_answer",
    "plans_checkin",
    "plans_commitment",
    "plans_energy",
    "plans_handeddeal",
    "plans_handover",
    "plans_metric",
    "plans_nudge",
    "plans_plan",
    "plans_strategy",
    "reps_columnmatch",
    "reps_fileimport",
    "reps_filepiece",
    "reps_importprogress",
    "reps_metcriterion",
}
ADDED_BY_THE_DATABASE = {
    "reps_cameback",
    "reps_dealfacts",
    "reps_membership",
    "reps_quarterdays",
    "reps_quotarevision",
    "reps_teamchange",
}
# What an import brought goes with it, by this function of the owner's and no other way.
TAKE_BACK = "reps_take_back_import(bigint,bigint,datemultirange)"
TAKING_BACK = "SELECT set_config('second_wind.taking_back', 'an import', true)"
DJANGOS_OWN = {"reps_user_groups", "reps_user_user_permissions"}


def test_every_table_is_a_fact_a_ledger_or_a_working_copy():
    tables = {
        model._meta.db_table
        for app in ("reps", "plans")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }
    assert tables - DJANGOS_OWN == LEDGERS | FACTS | WORKING_COPIES


@pytest.fixture
def refused(db):
    """Which of these statements the app's role has no right to: see `is_refused`."""

    def tried(*statements):
        return {each for each in statements if is_refused(partial(send, each))}

    return tried


def is_refused(attempt) -> bool:
    """Whether the app's role has no right to it, before any row is looked at."""
    try:
        with transaction.atomic():
            attempt()
    except ProgrammingError as error:
        return isinstance(error.__cause__, InsufficientPrivilege)
    return False


def send(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_apps_role_has_no_right_to_change_or_remove_a_ledgers_row(refused):
    attempts = {
        attempt.format(table)
        for table in LEDGERS
        for attempt in (
            "UPDATE {} SET organization_id = organization_id",
            "DELETE FROM {}",
            "TRUNCATE {} CASCADE",
            "SELECT FROM {} FOR UPDATE",
        )
    }
    # One column of a proposal is written later: it may be locked, by that right.
    attempts -= {"SELECT FROM plans_proposal FOR UPDATE"}
    assert refused(*attempts) == attempts


WAYS = {
    "save": lambda rows, row: row.save(update_fields=["organization"]),
    "update": lambda rows, row: rows.update(organization=row.organization_id),
    "bulk update": lambda rows, row: rows.bulk_update([row], ["organization"]),
    "bulk create": lambda rows, row: rows.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["organization"],
    ),
    "delete": lambda rows, row: row.delete(),
    "bulk delete": lambda rows, row: rows.all()._raw_delete("default"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(LEDGERS))
def test_nor_by_any_way_of_djangos(table):
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    rows, row = model._base_manager, model(pk=1, organization_id=1)
    done = {way for way, act in WAYS.items() if not is_refused(partial(act, rows, row))}
    assert done == set()


def test_of_a_proposal_the_number_of_its_revision_is_all_it_may_write(refused):
    may = "UPDATE plans_proposal SET revision = 1"
    content = "UPDATE plans_proposal SET content = '{}'"
    assert refused(may, content) == {content}


def test_what_the_database_adds_the_app_cannot(refused):
    attempts = {f"INSERT INTO {name} DEFAULT VALUES" for name in ADDED_BY_THE_DATABASE}
    assert refused(*attempts) == attempts


# --- Imports that are taken back ------------------------------------------------------


def test_what_lets_the_owners_function_through_gives_the_app_no_right(refused):
    send(TAKING_BACK)
    attempts = {f"DELETE FROM {table}" for table in LEDGERS}
    assert refused(*attempts) == attempts


@pytest.fixture
def right_by_mistake(transactional_db):
    """Somebody gave the app's role every right to moves."""
    move, app = StageMove._meta.db_table, settings.DATABASES["default"]["USER"]
    with owners_login():
        send(f"GRANT ALL ON {move} TO {app}")
    yield
    with owners_login():
        send(f"REVOKE ALL ON {move} FROM {app}")
        send(f"GRANT SELECT, INSERT ON {move} TO {app}")


@pytest.mark.usefixtures("right_by_mistake")
def test_nor_does_it_where_somebody_gave_it_the_right():
    DealFactory()
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        send(f"{TAKING_BACK}; DELETE FROM reps_stagemove")
    assert StageMove.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize("change", ["UPDATE {} SET reason = 'So'", "DELETE FROM {}"])
def test_nor_may_the_owner_by_any_other_way(change):
    DealFactory()
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        send(change.format("reps_stagemove"))


@pytest.mark.django_db
@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize(
    "change",
    ["UPDATE reps_stagemove SET reason = 'So'", "DELETE FROM reps_quarterdays"],
)
def test_even_then_no_row_is_changed_and_none_of_another_ledger_goes(change):
    DealFactory()
    QuarterFactory()
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        send(f"{TAKING_BACK}; {change}")


def test_it_ends_with_the_function(db):
    owner = RepFactory()
    StageFactory(organization=owner.organization)
    brought = bring_deals(owner, {})
    take_back(brought, by=brought.by, at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('second_wind.taking_back')")
        assert cursor.fetchone() == ("",)


WHOSE = """
    SELECT proc.oid::regprocedure::text, prosecdef, proconfig,
        array_agg(coalesce(nullif(granted.grantee, 0)::regrole::text, 'everybody'))
    FROM pg_proc AS proc,
        aclexplode(coalesce(proacl, acldefault('f', proowner))) AS granted
    WHERE proname LIKE 'reps\\_take\\_back%' OR proname = 'reps_pointed_at'
    GROUP BY proc.oid
"""


def test_one_function_takes_an_import_back_and_the_app_alone_may_call_it(db):
    app, owner = (settings.DATABASES[of]["USER"] for of in ("default", "owner"))
    with connection.cursor() as cursor:
        cursor.execute(WHOSE)
        rows = {name: facts for name, *facts in cursor.fetchall()}
    as_owner, path, callers = rows.pop(TAKE_BACK)
    assert (as_owner, path) == (True, ["search_path=public, pg_temp"])
    assert set(callers) == {app, owner}
    assert len(rows) >= 4  # its parts
    for as_owner, _path, callers in rows.values():
        assert (as_owner, callers) == (False, [owner])

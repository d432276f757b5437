"""What happened is added to and never changed: the app's own role could not.

Each table of ours is one of three kinds. A new one fails here until somebody has said
which it is.
"""

from functools import partial

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

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

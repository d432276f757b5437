"""Names that differ in case, spaces or Unicode's ways alone are one name."""

from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from reps.models import ActivityKind, ExitCriterion, Organization, Quarter, Stage, Team
from tests.factories.reps import (
    ActivityKindFactory,
    ExitCriterionFactory,
    OrganizationFactory,
    QuarterFactory,
    StageFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db

SPELLINGS = [
    "café demo",
    "Café  Demo",
    " CAFÉ DEMO ",
    "Café\N{NO-BREAK SPACE}Demo",
    "Cafe\N{COMBINING ACUTE ACCENT} Demo",
    "Ｃafé Demo",  # noqa: RUF001
]
NAME = "Café Demo"


def quarter(name, number, **of):
    year = 2026 + number
    days = {"starts_on": f"{year}-01-01", "ends_on": f"{year}-03-31"}
    return QuarterFactory(name=name, **days, **of)


@pytest.fixture
def organization():
    return OrganizationFactory()


@pytest.fixture
def stage(organization):
    return StageFactory(organization=organization, order=9)


MAKE = {
    "team": lambda name, _, **of: TeamFactory(name=name, **of),
    "stage": lambda name, n, **of: StageFactory(name=name, order=n, **of),
    "activity": lambda name, _, **of: ActivityKindFactory(
        name=name, is_leading=False, **of
    ),
    "quarter": quarter,
}


@pytest.mark.parametrize("kind", MAKE)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_there_is_one_of_each_name(organization, kind, spelling):
    make = MAKE[kind]
    first = make(NAME, 1, organization=organization)
    make(NAME, 2, organization=OrganizationFactory())  # another's is another

    with pytest.raises(IntegrityError, match="one_of_each_name"), transaction.atomic():
        make(spelling, 3, organization=organization)

    again = make(f"{NAME} 2", 4, organization=organization)
    again.name = spelling
    with pytest.raises(ValidationError, match="of this name already"):
        again.validate_constraints()
    first.name = spelling  # oneself is no other
    first.save()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_stage_asks_for_one_thing_once(organization, stage, spelling):
    of = {"organization": organization}
    ExitCriterionFactory(stage=stage, words=NAME, **of)
    ExitCriterionFactory(stage=StageFactory(order=8, **of), words=NAME, **of)
    with pytest.raises(IntegrityError, match="said_once"), transaction.atomic():
        ExitCriterionFactory(stage=stage, words=spelling, **of)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_organization_is_found_however_it_is_spelled(spelling):
    known = OrganizationFactory(name=NAME)
    OrganizationFactory(name="Café")
    assert list(Organization.objects.named(spelling)) == [known]
    with pytest.raises(IntegrityError, match="one_of_each_name"), transaction.atomic():
        OrganizationFactory(name=spelling)


# --- Those there were before ----------------------------------------------------------

TABLES = {Team: "name", Stage: "name", ActivityKind: "name", Quarter: "name"} | {
    ExitCriterion: "words"
}


def constraint_of(model):
    return next(
        rule
        for rule in model._meta.constraints
        if rule.name.endswith(("one_of_each_name", "said_once_per_stage"))
    )


@pytest.mark.usefixtures("as_owner")
def test_the_later_of_two_that_were_there_gets_a_number(organization, stage):
    """A table full of them migrates: the first keeps its name, a free one is found."""
    migration = import_module("reps.migrations.0011_tell_names_apart")
    of, names = {"organization": organization}, ["Demo", "demo", "DEMO (2)", " Demo"]
    make = MAKE | {
        "criterion": lambda name, _, **of: ExitCriterionFactory(
            stage=stage, words=name, **of
        )
    }
    with connection.schema_editor() as editor:
        for model in TABLES:
            editor.remove_constraint(model, constraint_of(model))
    for kind in make:
        for number, name in enumerate(names, start=1):
            make[kind](name, number, **of)

    with connection.cursor() as cursor:
        for table in migration.NAMED:
            cursor.execute(migration.tell_apart(table))

        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    for model, field in TABLES.items():
        rows = model.objects.filter(**of).exclude(**{field: stage.name})
        told = list(rows.order_by("pk").values_list(field, flat=True))[-4:]
        assert told == ["Demo", "demo (3)", "DEMO (2)", " Demo (4)"], model
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint_of(model))


@pytest.mark.usefixtures("as_owner")
def test_a_name_as_long_as_may_be_is_cut_for_its_number(organization):
    migration = import_module("reps.migrations.0011_tell_names_apart")
    of = {"organization": organization}
    with connection.schema_editor() as editor:
        editor.remove_constraint(Quarter, constraint_of(Quarter))
    longest = migration.NAMED["reps_quarter"][1]
    for number, letter in enumerate("Qq", start=1):
        quarter(letter * longest, number, **of)
    with connection.cursor() as cursor:
        cursor.execute(migration.tell_apart("reps_quarter"))
    second = Quarter.objects.filter(**of).latest("pk").name
    assert second == "q" * (longest - 4) + " (2)"


@pytest.mark.parametrize("model", TABLES)
def test_the_migration_knows_how_long_a_name_may_be(model):
    migration = import_module("reps.migrations.0011_tell_names_apart")
    field, longest, _ = migration.NAMED[model._meta.db_table]
    assert longest == model._meta.get_field(field).max_length

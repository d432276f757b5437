"""The ledger of a quarter's days: written whoever changes them, and by whatever way."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from reps.models import Quarter
from reps.models.who_and_why import say_who_and_why
from tests.factories.reps import NOON, QuarterFactory

pytestmark = pytest.mark.django_db

WHY = "The contract year ends with February."
FIRST, LAST, EARLIER = date(2001, 1, 1), date(2001, 3, 31), date(2001, 3, 17)


@pytest.fixture
def finished():
    """Over for years, by any clock."""
    return QuarterFactory(name="Q1 2001", starts_on=FIRST, ends_on=LAST)


def rows(quarter, *fields):
    return list(quarter.days.order_by("number").values_list("number", *fields))


def test_its_first_row_is_what_it_was_made_with(finished):
    assert rows(finished, "starts_on", "ends_on") == [(1, FIRST, LAST)]


@pytest.mark.parametrize(
    "change",
    [
        lambda quarter: Quarter.objects.filter(pk=quarter.pk).update(ends_on=EARLIER),
        lambda quarter: Quarter.objects.bulk_update([quarter], ["ends_on"]),
        lambda quarter: quarter.save(),
        lambda quarter: connection.cursor().execute(
            "UPDATE reps_quarter SET ends_on = '2001-03-17' WHERE id = %s", [quarter.pk]
        ),
    ],
    ids=["update", "bulk_update", "save", "raw SQL"],
)
@pytest.mark.parametrize("why", [WHY, ""])
def test_once_it_has_begun_they_change_with_a_reason_only(finished, change, why):
    finished.ends_on = EARLIER
    say_who_and_why(why=why)
    if not why:
        with pytest.raises(IntegrityError, match="say why"), transaction.atomic():
            change(finished)
        assert rows(finished, "ends_on") == [(1, LAST)]
        return
    change(finished)
    assert rows(finished, "ends_on", "why") == [(1, LAST, ""), (2, EARLIER, WHY)]


def test_one_to_come_changes_without():
    quarter = QuarterFactory(starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4))
    quarter.ends_on = date(2027, 3, 31)
    quarter.keep_dates(by=None, at=NOON)
    assert len(rows(quarter)) == 2
    quarter.starts_on = date(2026, 11, 1)  # it would have begun
    with pytest.raises(IntegrityError, match="say why"), transaction.atomic():
        quarter.keep_dates(by=None, at=NOON)


def test_its_name_is_no_day_of_it(finished):
    say_who_and_why()
    finished.name = "Winter"
    finished.save()
    assert len(rows(finished)) == 1


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE reps_quarterdays SET ends_on = starts_on",
        "DELETE FROM reps_quarterdays",
    ],
)
def test_its_rows_are_never_edited(finished, attempt):
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        connection.cursor().execute(attempt)

"""Whatever a file has against it has words, and none of them are ours alone."""

import pytest

from reps.domain.files import activity_rows, quota_rows
from reps.domain.files.activity_rows import NoActivity
from reps.domain.files.days import NoDay
from reps.domain.files.deal_rows import NoDeal
from reps.domain.files.fields import FIELDS, Fact, Kind
from reps.domain.files.grid import Complaint, Wrong
from reps.domain.files.numbers import NoNumber
from reps.domain.files.people_rows import NoPerson
from reps.domain.files.product_rows import NoProduct
from reps.domain.files.questions import Asked, Asks
from reps.domain.files.quota_rows import NoQuota
from reps.domain.files.row_cells import NoFigure
from reps.domain.files.unreadable import Place, Unreadable, Why
from reps.imports.file_words import (
    FACTS,
    bad_row,
    question,
    rows_named,
    why_left_out,
    why_unreadable,
)

HEADER = ("Company", "Amount")


@pytest.mark.parametrize("kind", Kind)
def test_every_fact_of_a_kind_has_a_name(kind):
    assert {field.fact for field in FIELDS[kind]} <= FACTS.keys()


@pytest.mark.parametrize("why", Why)
def test_of_what_cannot_be_read_it_is_said_in_a_sentence_or_two(why):
    said = why_unreadable(Unreadable(why, Place(3, 14), "0x9D"))
    assert said.endswith(".")
    assert "{" not in said


@pytest.mark.parametrize(
    "why",
    [
        *(*Wrong, *NoNumber, *NoDay, *NoDeal, *NoFigure, *NoQuota, *NoActivity),
        *(*NoPerson, *NoProduct),
    ],
)
def test_of_a_bad_row_it_is_said_where_and_why(why):
    value = Fact.OWNER if why == NoDeal.EMPTY else "1.2k"
    said = bad_row(Complaint(17, 2, why, value), HEADER)
    assert said.startswith("row 17, Amount: ")
    assert "{" not in said


def test_a_row_has_no_column_where_it_is_wrong_as_a_whole():
    said = bad_row(Complaint(17, 0, Wrong.SHORTER, "1"), HEADER)
    assert said == "row 17: 1 cells, and the header has 2"
    said = bad_row(Complaint(17, 3, Wrong.LONGER, "3"), HEADER)
    assert said == "row 17, C: 3 cells, and the header has 2"


@pytest.mark.parametrize("asks", Asks)
def test_a_question_says_what_fits_and_where_the_answer_goes(asks):
    fits = (Fact.OWNER, Fact.OWNER_EMAIL) if asks == Asks.MISSING else ("this", "that")
    said = question(Asked(asks, "Demo", fits, rows=3))
    assert "{" not in said
    if asks not in {Asks.CURRENCIES, Asks.TOO_MANY_VALUES}:
        assert " or " in said


@pytest.mark.parametrize(
    ("lines", "rows", "said"),
    [
        ((3,), 1, "row 3"),
        ((3, 8), 2, "rows 3, 8"),
        ((3, 8), 14, "rows 3, 8 and 12 more"),
    ],
)
def test_the_first_rows_are_named_and_the_others_counted(lines, rows, said):
    assert rows_named(lines, rows) == said


@pytest.mark.parametrize("why", [*quota_rows.LeftOut, *activity_rows.LeftOut])
def test_of_a_row_that_is_left_out_it_is_said_why(why):
    assert "{" not in why_left_out(why, "Lunch")

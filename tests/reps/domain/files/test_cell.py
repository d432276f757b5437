"""What of a cell is its text, and how it is said in words."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from reps.domain.files.cell import as_text, clean, is_filled


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (" Ann  Lee ", "Ann  Lee"),
        ("\xa0\u3000Ann\t\r\n", "Ann"),
        ("\ufeff\u200b Ann \u200e", "Ann"),
        ("\u202eAnn\u202c", "Ann"),
        ("An\u202en\u200b \u200fLee", "Ann Lee"),
        ("\u200cمی\u200cخو\u200d", "می\u200cخو"),
        ("co\u00adoperate", "cooperate"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("1\xa0200", "1\xa0200"),
        ("\u200b \u200d", ""),
    ],
)
def test_spaces_at_the_ends_go_and_so_do_marks_that_nobody_sees(written, text):
    assert clean(written) == text


def test_a_cell_is_empty_when_it_says_nothing():
    assert [is_filled(cell) for cell in ("", "0", Decimal(0))] == [False, True, True]


def test_cells_in_words():
    assert as_text("Ann") == "Ann"
    assert as_text(Decimal("1E+3")) == "1000"
    assert as_text(date(2026, 11, 30)) == "2026-11-30"
    assert as_text(datetime(2026, 11, 30, 9, 5)) == "2026-11-30 09:05:00"  # noqa: DTZ001

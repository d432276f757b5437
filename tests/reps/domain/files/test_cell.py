"""What of a cell is its text, and how it is said in words."""

import copy
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.files.cell import Money, as_it_was, as_text, clean, harmless, is_filled


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
        ('="00101"', "00101"),
        (' =""', ""),
        ('="a"&"b"', '="a"&"b"'),
        ('="a\nb"', "a\nb"),
        ('=1&"a"', '=1&"a"'),
    ],
)
def test_spaces_at_the_ends_go_and_so_do_marks_that_nobody_sees(written, text):
    assert clean(written) == text


def test_a_cell_is_empty_when_it_says_nothing():
    assert [is_filled(cell) for cell in ("", "0", Decimal(0))] == [False, True, True]


def test_a_figure_with_a_currency_is_a_figure():
    money = Money("1E+3", ("EUR",))
    assert (money, as_text(money), money + 1) == (1000, "1000", 1001)
    assert copy.deepcopy(money) == money


def test_cells_in_words():
    assert as_text("Ann") == "Ann"
    assert as_text(Decimal("1E+3")) == "1000"
    assert as_text(date(2026, 11, 30)) == "2026-11-30"
    assert as_text(datetime(2026, 11, 30, 9, 5)) == "2026-11-30 09:05:00"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Larkspur", "Larkspur"),
        ("=1+1", "'=1+1"),
        ('="00101"', '\'="00101"'),
        ("@sum", "'@sum"),
        ("+49 30", "'+49 30"),
        ("-5", "'-5"),
        ("'=1", "''=1"),
        ("'n Sync", "'n Sync"),
        ("", ""),
        ("'", "'"),
    ],
)
def test_what_a_spreadsheet_would_run_is_written_as_text_and_read_back(text, written):
    assert harmless(text) == written
    assert clean(written) == text


@given(st.text())
def test_nothing_harmless_is_run_and_everything_is_read_back(text):
    assert harmless(text)[:1] not in set("=+-@\t\r\n")
    assert as_it_was(harmless(text)) == text

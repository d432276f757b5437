"""What a cell of a workbook is by its text and its format."""

from datetime import date, datetime

import pytest

from reps.imports.workbook_cells import (
    Format,
    day,
    duration,
    figure,
    iso_day,
    unescaped,
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("5", "5"),
        ("0", "0"),
        ("-5", "-5"),
        ("1234.5", "1234.5"),
        ("0.30000000000000004", "0.3"),
        ("1.1000000000000001", "1.1"),
        ("12345.669999999998", "12345.67"),
        ("123456789012345678", "123456789012346000"),
        ("1.5E3", "1500"),
        ("1E+2", "100"),
        ("2.5e-3", "0.0025"),
        ("5.", "5"),
    ],
)
def test_a_figure_is_what_the_spreadsheet_shows(text, written):
    assert str(figure(text)) == written


@pytest.mark.parametrize(
    "text", ["", "NaN", "Infinity", "5 ", "1_000", "\u0665", "1E9999"]
)
def test_what_is_no_figure(text):
    assert figure(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("46356", date(2026, 11, 30)),
        ("46356.5", datetime(2026, 11, 30, 12)),  # noqa: DTZ001
        ("1", date(1900, 1, 1)),
        ("61", date(1900, 3, 1)),
        ("0.25", "06:00:00"),
        ("-1e9", None),
        ("1e300", None),
        ("x", None),
    ],
)
def test_a_day_is_a_figure_with_a_format(text, said):
    assert day(text, from_1904=False) == said


def test_an_old_mac_counted_from_1904():
    assert day("0", from_1904=True) == "00:00:00"
    assert day("1", from_1904=True) == date(1904, 1, 2)


def test_durations_are_texts():
    assert duration("1.5") == "1 day, 12:00:00"
    assert duration("x") is None


def test_days_in_letters():
    assert iso_day("2026-11-30") == date(2026, 11, 30)
    assert iso_day("2026-11-30T00:00:00Z") == date(2026, 11, 30)
    assert iso_day("09:30:00") == "09:30:00"
    assert iso_day("soon") is None


@pytest.mark.parametrize(
    ("code", "is_day"),
    [
        ("dd.mm.yyyy", True),
        ('d" de "mmmm" de "yyyy', True),
        ("[$-407]mmm yy;@", True),
        ("General", False),
        ('#,##0.00\\ "days"', False),
        ("[Red]0.00", False),
        ("[$€-407]#,##0.00", False),
        ("0.00E+00", False),
    ],
)
def test_a_format_says_whether_figures_are_days(code, is_day):
    assert Format(164, code).is_day is is_day


def test_formats_that_are_not_in_the_file():
    assert Format(14, None).is_day
    assert Format(31, None).is_day  # Japan's
    assert not Format(0, None).is_day
    assert not Format(4, None).is_day
    assert Format(46, None).is_duration


def test_letters_that_xml_cannot_hold():
    assert unescaped("a_x000D_\n_x0041_ ") == "a\nA"
    assert unescaped("a_xyz_") == "a_xyz_"

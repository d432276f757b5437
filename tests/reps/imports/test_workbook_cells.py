"""What a figure of a workbook is by its format, and a text by how it is written."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from reps.domain.files.cell import Money
from reps.imports.workbook_cells import (
    Format,
    Shows,
    cell_of,
    decimal_of,
    format_of,
    unescaped,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (5, "5"),
        (-5, "-5"),
        (1234.5, "1234.5"),
        (0.1 + 0.2, "0.3"),
        (1.1000000000000001, "1.1"),
        (12345.669999999998, "12345.67"),
        (12345678901234567890, "12345678901234567890"),
        (1e21, "1000000000000000000000"),
        (1.5e3, "1500"),
        (2.5e-3, "0.0025"),
        (0.0, "0"),
    ],
)
def test_a_figure_is_what_the_spreadsheet_shows(value, written):
    assert str(decimal_of(value)) == written


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_what_is_no_figure(value):
    with pytest.raises(ValueError, match=r"inf|nan"):
        decimal_of(value)


@pytest.mark.parametrize(
    ("value", "shows", "said"),
    [
        (46356, Shows.DAY, date(2026, 11, 30)),
        (46356.5, Shows.TIME, date(2026, 11, 30)),
        (46356.9999999999, Shows.TIME, date(2026, 12, 1)),  # midnight, and noise
        (1, Shows.DAY, date(1900, 1, 1)),
        (59, Shows.DAY, date(1900, 2, 28)),
        (61, Shows.DAY, date(1900, 3, 1)),  # 60 is a day that never was
        (0, Shows.DAY, ""),
        (0, Shows.TIME, "00:00:00"),
        (0.25, Shows.TIME, "06:00:00"),
        (1.5, Shows.DURATION, "1 day, 12:00:00"),
        (-1_000_000, Shows.DAY, Decimal(-1_000_000)),
        (1e12, Shows.DURATION, Decimal(1_000_000_000_000)),
        (0.07, Shows.PERCENT, "7%"),
        (12.5, Shows.PERCENT, "1250%"),
    ],
)
def test_a_format_makes_a_day_a_time_or_a_share_of_a_figure(value, shows, said):
    found = cell_of(value, Format(shows), WINDOWS_EPOCH)
    assert (found, type(found)) == (said, type(said))


def test_an_old_mac_counted_from_1904():
    assert cell_of(1, Format(Shows.DAY), MAC_EPOCH) == date(1904, 1, 2)
    assert cell_of(44894, Format(Shows.DAY), MAC_EPOCH) == date(2026, 11, 30)


def test_a_figure_keeps_the_currency_it_is_shown_in():
    found = cell_of(0.1 + 0.2, Format(currency=("EUR",)), WINDOWS_EPOCH)
    assert isinstance(found, Money)
    assert (str(found), found.currency) == ("0.3", ("EUR",))


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("dd.mm.yyyy", Shows.DAY),
        ('d" de "mmmm" de "yyyy', Shows.DAY),
        ("[$-407]mmm yy;@", Shows.DAY),
        ("dd/mm/yyyy hh:mm", Shows.TIME),
        ("h:mm AM/PM", Shows.TIME),
        ("[h]:mm:ss", Shows.DURATION),
        ("General", Shows.FIGURE),
        ('#,##0.00\\ "days"', Shows.FIGURE),
        ("[Red]0.00", Shows.FIGURE),
        ("0.00E+00", Shows.FIGURE),
        ("0.0%", Shows.PERCENT),
        ('0.0" %"', Shows.FIGURE),
        ("0.0\\%", Shows.FIGURE),
        ("@", Shows.FIGURE),
    ],
)
def test_a_format_says_what_its_figures_are(code, shows):
    assert format_of(164, code) == Format(shows)


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        ("[$€-407]#,##0.00", ("EUR",)),
        ("#,##0.00\\ [$€-407];[Red]-#,##0.00\\ [$€-407]", ("EUR",)),
        ('_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', ("EUR",)),
        ("#,##0.00 [$CHF]", ("CHF",)),
        ("[$USD] #,##0", ("USD",)),
        ("[$£-809]#,##0", ("GBP", "EGP")),
        ('#,##0\\ "units"', ()),
        ("[$-409]#,##0", ()),
        ("General", ()),
    ],
)
def test_a_format_says_the_currency_of_its_figures(code, currency):
    assert format_of(164, code) == Format(currency=currency)


@pytest.mark.parametrize(
    "code", ['"$"#,##0.00', "\\$#,##0", "$#,##0_-", '_("$"* #,##0.00_);_(@_)']
)
def test_a_dollar_may_be_anybodys(code):
    assert {"USD", "CAD"} < set(format_of(164, code).currency)


def test_formats_that_are_not_in_the_file():
    assert format_of(14, None) == Format(Shows.DAY)
    assert format_of(31, None) == Format(Shows.DAY)  # Japan's
    assert format_of(31, '0" 31"') == Format()
    assert format_of(0, None) == Format()
    assert format_of(9, None) == Format(Shows.PERCENT)
    assert format_of(46, None) == Format(Shows.DURATION)
    assert format_of(44, None) == Format()  # of the country it was opened in


def test_letters_that_xml_cannot_hold():
    assert unescaped("a_x000D_\n_x0041_ ") == "a\nA"
    assert unescaped("a_xyz_") == "a_xyz_"
    assert unescaped("a_x0007_b") == "a\x07b"
    assert unescaped("_x0000_ _xD83D_") == "_x0000_ _xD83D_"

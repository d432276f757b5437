"""What a column holds, told from all its cells: settled, or asked."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reps.domain.files.cell import Money
from reps.domain.files.columns import MOST_VALUES, ColumnLook
from reps.domain.files.days import NoDay, NotADay, Order, read_day
from reps.domain.files.numbers import (
    NOTATIONS,
    NoNumber,
    NotANumber,
    Signs,
    read_number,
)
from reps.domain.files.sorts import LONGEST_VALUE
from reps.domain.files.verdicts import Question, Seen, Settled

TODAY = date(2026, 11, 30)
MONDAY = date(2026, 11, 23)
YMD, DMY, MDY = Order


def look_at(*cells):
    look = ColumnLook(TODAY)
    for cell in cells:
        look.add(cell)
    return look


def number_or_why(cell, notation):
    try:
        return read_number(cell, notation)
    except NotANumber as error:
        return error.why


def day_or_why(cell, order):
    try:
        return read_day(cell, order, today=TODAY)
    except NotADay as error:
        return error.why


def test_what_says_nothing_fills_no_cell_and_is_no_fault():
    look = look_at("2026-11-23", "-", "n/a", "", "soon")
    assert (look.filled, look.empty, look.days) == (2, 1, 1)
    assert {why: seen.count for why, seen in look.no_days().items()} == {
        NoDay.NOT_A_DAY: 1
    }


# --- how its numbers are written


@pytest.mark.parametrize(
    ("cells", "decimal"),
    [
        (["1", "12", "1.234,56", "150.000"], ","),
        (["1.500", "2.500", "1,234.56"], "."),
        (["1,500", "0.5"], "."),
        (["1.500", "0,5"], ","),
        (["1.500", "1.234.567"], ","),
        (["1,500", "12,34,567"], "."),
        (["1.500", "1 234"], "."),  # spaces part its thousands, so no point does
        (["1,500", "1’234"], ","),
        (["1,500", Decimal("1.5"), "1.5E+05"], "."),
        (["0.500", "1.500"], "."),  # no group begins with a nought
        (["-0,500", "1,500"], ","),
    ],
)
def test_one_value_settles_how_a_column_writes_its_numbers(cells, decimal):
    verdict = look_at(*cells).notation()
    assert isinstance(verdict, Settled)
    assert verdict.way.decimal == decimal
    assert verdict.against == ()


@pytest.mark.parametrize(
    ("cells", "example", "meanings"),
    [
        (["150.000", "90.000", "7"], "150.000", {"150", "150000"}),
        (["$1,500", "$2,500"], "$1,500", {"1500", "1.5"}),
        (["-1,500"], "-1,500", {"-1500", "-1.5"}),
        # What came as a number settles nothing about the texts.
        ([Decimal("1.5"), "150.000"], "150.000", {"150", "150000"}),
    ],
)
def test_where_every_value_has_two_readings_it_is_asked(cells, example, meanings):
    verdict = look_at(*cells).notation()
    assert isinstance(verdict, Question)
    assert {option.example for option in verdict.options} == {example}
    assert {option.meaning for option in verdict.options} == set(map(Decimal, meanings))
    for option in verdict.options:
        assert read_number(example, option.way) == option.meaning


def test_the_few_that_contradict_the_others_are_told_by_their_rows():
    verdict = look_at("1.5", "2.5", "3.5", "4,5", "5.5", "6,5", "7").notation()
    assert verdict == Settled(Signs(".", ",' "), (Seen("4,5", 2, [4, 6]),))
    with pytest.raises(NotANumber, match="other_notation"):
        read_number("4,5", verdict.way)


def test_where_values_contradict_each_other_the_doubtful_ones_are_asked():
    verdict = look_at("1.5", "2.5", "3,5", "1.500").notation()
    assert [(option.example, option.meaning) for option in verdict.options] == [
        ("1.500", Decimal("1.5")),
        ("1.500", Decimal(1500)),
    ]
    assert verdict.options[0].against == (Seen("3,5", 1, [3]),)


def test_as_many_one_way_as_the_other_is_asked_with_an_example_of_each():
    verdict = look_at("1.5", "3,5").notation()
    assert [(option.example, option.meaning) for option in verdict.options] == [
        ("1.5", Decimal("1.5")),
        ("3,5", Decimal("3.5")),
    ]


def test_thousands_parted_by_two_signs_contradict_nothing():
    verdict = look_at("1,234.5", "1 234.5", "1'234.5").notation()
    assert verdict == Settled(Signs(".", ",' "), ())


@pytest.mark.parametrize("cells", [[], ["", " "], ["Acme"], [Decimal(5)], [MONDAY]])
def test_a_column_without_written_numbers_has_no_notation(cells):
    assert look_at(*cells).notation() is None


# --- in which order its days are


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["11/12/2026", "23/11/2026", "01/02/2026"], DMY),
        (["11/12/2026", "11/23/2026 10:00 AM"], MDY),
        (["11.12.26", "5.12.26", "23.11.26"], DMY),  # 5 is no year
        (["11.12.10", "47.12.31"], YMD),
        (["2026-11-12", "2026-12-11T10:00:00Z"], YMD),
        (["Fri 12/06/2026", "01/02/2026"], DMY),  # by its weekday
    ],
)
def test_one_day_settles_the_order_of_a_column(cells, order):
    assert look_at(*cells).order() == Settled(order, ())


def test_days_up_to_twelve_are_asked_with_what_each_order_makes_of_one():
    verdict = look_at("05/05/2026", "11/12/2026", date(2026, 11, 23)).order()
    assert [(o.way, o.example, o.meaning) for o in verdict.options] == [
        (DMY, "11/12/2026", date(2026, 12, 11)),
        (MDY, "11/12/2026", date(2026, 11, 12)),
    ]


def test_years_of_two_digits_may_also_come_first():
    verdict = look_at("23.11.26").order()
    assert [(o.way, o.meaning) for o in verdict.options] == [
        (YMD, date(2023, 11, 26)),
        (DMY, MONDAY),
    ]


def test_an_order_need_not_be_asked_where_no_day_depends_on_it():
    assert look_at("05/05/2026", "2026-11-12").order() == Settled(DMY, ())


def test_the_few_days_in_another_order_are_told_by_their_rows():
    verdict = look_at("23/11/2026", "24/11/2026", "11/25/2026").order()
    assert verdict == Settled(DMY, (Seen("11/25/2026", 1, [3]),))


def test_where_days_contradict_each_other_the_doubtful_ones_are_asked():
    cells = ["23/11/2026", "24/11/2026", "11/25/2026", "11/12/2026"]
    verdict = look_at(*cells).order()
    assert [(o.way, o.meaning) for o in verdict.options] == [
        (DMY, date(2026, 12, 11)),
        (MDY, date(2026, 11, 12)),
    ]


def test_impossible_and_far_off_days_settle_nothing():
    look = look_at("31/02/2026", "31/12/9999", "11/12/2026", "Nov 2026", "soon")
    assert isinstance(look.order(), Question)
    assert look.no_days() == {
        NoDay.NO_SUCH_DAY: Seen("31/02/2026", 1, [1]),
        NoDay.FAR_OFF: Seen("31/12/9999", 1, [2]),
        NoDay.INCOMPLETE: Seen("Nov 2026", 1, [4]),
        NoDay.NOT_A_DAY: Seen("soon", 1, [5]),
    }


@pytest.mark.parametrize("cells", [[], [""], ["46349"], ["Acme"], [MONDAY]])
def test_a_column_without_written_days_has_no_order(cells):
    assert look_at(*cells).order() is None


# --- its currencies


def test_two_currencies_are_told_with_the_first_rows_of_each():
    cells = ["$1", "€2", "3", "$4", "US$ 5", "$6", "$7", "$8", "$9", "10 EUR"]
    assert look_at(*cells).currencies("USD") == {
        "USD": Seen("$1", 7, [1, 4, 5, 6, 7]),
        "EUR": Seen("€2", 2, [2, 10]),
    }


@pytest.mark.parametrize(
    ("cells", "home", "codes"),
    [
        (["$5", "US$ 5", "5 USD"], "USD", {"USD"}),
        (["$5", "US$ 5"], "CAD", {"CAD", "USD"}),
        (["$5", "CA$5"], "USD", {"CAD", "USD"}),
        (["kr 5", "5 NOK"], "NOK", {"NOK"}),
        (["5", "5 %", "Acme"], "USD", set()),
    ],
)
def test_a_bare_dollar_is_the_organizations_own(cells, home, codes):
    assert set(look_at(*cells).currencies(home)) == codes


def test_figures_of_a_workbook_have_the_currency_they_are_shown_in():
    column = look_at(Decimal(5), Money(5, ("EUR",)), Money(5, ("USD", "CAD")))
    assert set(column.currencies("USD")) == {"EUR", "USD"}
    assert (column.numbers, column.values) == (3, {"5": 3})


# --- what else is in it


def test_it_counts_what_a_column_holds():
    cells = [
        "erin@example.com",
        "1.5",
        "27 %",
        "1.2k",
        "23/11/2026",
        "2026-11-23",
        "46349",
        "20261123",
        "20261323",
        "",
        "  ",
        "Acme",
        "not@all",
        Decimal("46349"),
        Decimal("0.5"),
        MONDAY,
        datetime(2026, 11, 23, 10),  # noqa: DTZ001 (as a spreadsheet has it)
        date(1900, 1, 1),
    ]
    look = look_at(*cells)
    assert (look.rows, look.empty, look.filled) == (18, 2, 16)
    assert (look.e_mails, look.numbers, look.percents) == (1, 7, 1)
    assert (look.days, look.bare_days) == (4, 3)
    assert look.examples == ["erin@example.com", "1.5", "27 %"]
    assert look.longest == len("2026-11-23 10:00:00")
    assert look.no_numbers()[NoNumber.CUT_SHORT] == Seen("1.2k", 1, [4])
    assert look.no_days()[NoDay.FAR_OFF] == Seen("1900-01-01", 1, [18])


def test_rows_are_those_of_the_file_where_it_says_them():
    look = ColumnLook(TODAY)
    look.add("€5", 4)
    look.add("€5", 7)
    assert look.currencies("USD")["EUR"].rows == [4, 7]


def test_values_are_counted_without_the_spaces_around_them():
    look = look_at("Won", " Won ", "Lost", "", Decimal(1), "1", True)
    assert look.values == {"Won": 2, "Lost": 1, "1": 2, "True": 1}
    assert look.examples == ["Won", "Lost", "1"]


def test_more_than_a_thousand_values_are_many():
    look = look_at(*map(str, range(MOST_VALUES)))
    assert len(look.values) == MOST_VALUES
    look.add("one more")
    assert look.values is None
    for number in range(5 * MOST_VALUES):
        look.add(f"{number} euros")
    assert len(look._values) <= MOST_VALUES
    assert look.numbers == 6 * MOST_VALUES


def test_a_very_long_cell_is_not_kept():
    look = look_at("x" * 10**6, "5" * 10**6)
    assert look.longest == 10**6
    assert look.values is None
    assert [len(example) for example in look.examples] == [LONGEST_VALUE + 1] * 2
    assert look.numbers == 0


# --- properties

FIGURES = st.decimals(-(10**7), 10**7, places=2) | st.integers(-(10**7), 10**7).map(
    Decimal
)
WHOLE_THOUSANDS = st.integers(1, 999).map(lambda n: Decimal(n * 1000))


def written_in(notation, figure, *, grouped=True, mark=""):
    digits = f"{abs(figure):{',' if grouped else ''}}"
    signs = str.maketrans({",": notation.groups, ".": notation.decimal})
    return ("-" if figure < 0 else "") + mark + digits.translate(signs)


@st.composite
def columns_of_numbers(draw):
    notation = draw(st.sampled_from(NOTATIONS.each))
    figures = draw(st.lists(draw(st.sampled_from([FIGURES, WHOLE_THOUSANDS]))))
    mark = draw(st.sampled_from(["", "$", "€ ", "R$"]))
    cells = [
        written_in(notation, figure, grouped=draw(st.booleans()), mark=mark)
        for figure in figures
    ]
    return figures, cells


@given(columns_of_numbers())
def test_a_column_in_one_notation_is_read_back_exactly_or_asked(column):
    figures, cells = column
    look = look_at(*cells)
    verdict = look.notation()
    assert look.numbers == len(cells)
    if isinstance(verdict, Settled):
        assert [read_number(cell, verdict.way) for cell in cells] == figures
        assert verdict.against == ()
    elif verdict is not None:
        read = [
            [read_number(cell, option.way) for cell in cells]
            for option in verdict.options
        ]
        assert figures in read
        assert all(one != other for one, other in pairwise(read))
    else:
        assert not cells


@given(
    st.lists(st.tuples(st.sampled_from(NOTATIONS.each), FIGURES), min_size=1),
    st.sampled_from(NOTATIONS.each),
    st.sampled_from(NOTATIONS.each),
)
def test_where_notations_are_mixed_nothing_is_read_in_the_wrong_one(
    column, first, second
):
    assume(first.decimal != second.decimal)
    column += [(first, Decimal("1.25")), (second, Decimal("2.75"))]  # they show it
    cells = [written_in(notation, figure) for notation, figure in column]
    verdict = look_at(*cells).notation()
    if isinstance(verdict, Question):
        return
    for cell, (_, figure) in zip(cells, column, strict=True):
        assert number_or_why(cell, verdict.way) in (figure, NoNumber.OTHER_NOTATION)


STYLES = {
    DMY: ["{0:%d}/{0:%m}/{0:%Y}", "{0.day}.{0.month}.{0:%Y}", "{0:%d}-{0:%m}-{0:%y}"],
    MDY: ["{0.month}/{0.day}/{0:%Y} 10:00 AM", "{0:%m}/{0:%d}/{0:%y}"],
    YMD: [
        "{0:%Y}-{0:%m}-{0:%d}T10:00:00Z",
        "{0:%y}/{0:%m}/{0:%d}",
    ],
}
DAYS = st.dates(TODAY - timedelta(days=900), TODAY + timedelta(days=900))
UP_TO_TWELVE = DAYS.map(lambda day: day.replace(day=1 + day.day % 12))


@given(
    st.lists(DAYS, min_size=1) | st.lists(UP_TO_TWELVE, min_size=1),
    st.sampled_from(Order),
    st.data(),
)
def test_a_column_in_one_order_is_read_back_exactly_or_asked(days, order, data):
    style = data.draw(st.sampled_from(STYLES[order]))
    cells = [style.format(day) for day in days]
    look = look_at(*cells)
    verdict = look.order()
    assert look.days == len(cells)
    if isinstance(verdict, Settled):
        assert [read_day(cell, verdict.way, today=TODAY) for cell in cells] == days
    else:
        read = [
            [read_day(cell, option.way, today=TODAY) for cell in cells]
            for option in verdict.options
        ]
        assert days in read
        assert len({tuple(each) for each in read}) == len(read)


@given(st.lists(DAYS, min_size=1), st.lists(DAYS, min_size=1))
def test_where_orders_are_mixed_nothing_is_read_in_the_wrong_one(ours, theirs):
    ours, theirs = [MONDAY, *ours], [MONDAY, *theirs]  # 23 is no month
    cells = [f"{day:%d/%m/%Y}" for day in ours] + [f"{day:%m/%d/%Y}" for day in theirs]
    verdict = look_at(*cells).order()
    if isinstance(verdict, Question):
        return
    for cell, day in zip(cells, ours + theirs, strict=True):
        assert day_or_why(cell, verdict.way) in (day, NoDay.OTHER_ORDER)

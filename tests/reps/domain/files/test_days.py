"""Days as files write them: in one order each, and never a part of them made up."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.files.day_words import MONTHS, WEEKDAYS
from reps.domain.files.days import (
    NoDay,
    NotADay,
    Order,
    bare_day,
    day_readings,
    read_day,
)

TODAY = date(2026, 11, 30)
MONDAY = date(2026, 11, 23)
YMD, DMY, MDY = Order
# As a Japanese keyboard writes it.
WIDE = "".join(chr(ord(sign) + 0xFEE0) for sign in "2026-11-23")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23",
        " 2026-11-23 ",
        "2026/11/23",
        "2026.11.23",
        "2026. 11. 23.",
        "2026-11-23Z",
        "2026-11-23+01:00",
        "2026-11-23T10:00:00Z",
        "2026-11-23T23:59:59+01:00",  # the day as written, whatever the zone
        "2026-11-23T00:00:00.000+0000",
        "2026-11-23 10:00:01.123456",
        "2026-11-23 10:00 UTC",
        "11:00 2026-11-23",
        WIDE,
        "23. November 2026",
        "23 November 2026",
        "23rd of November, 2026",
        "the 23rd November 2026",
        "November 23rd, 2026",
        "Nov 23, 2026 at 10:00 AM",
        "Nov. 23 2026, 10 a.m.",
        "23-Nov-2026",
        "23-Nov-26",
        "23NOV2026",
        "2026-Nov-23",
        "23 nov. '26",
        "Mon Nov 23 10:00:00 UTC 2026",
        "Mon Nov 23 2026 10:00:00 GMT+0100 (Central European Standard Time)",
        "Mon, 23 Nov 2026 10:00:00 +0000",
        "Montag, 23. November 2026, 10:00 Uhr",
        "Mo 23. Nov. 2026",
        "23 de noviembre de 2026",
        "lunes, 23 de noviembre de 2026, 10:00 a. m.",
        "segunda-feira, 23 de novembro de 2026",
        "le 23 novembre 2026 à 10h00",
        "lun. 23 nov. 2026",
        "2026年11月23日",
        "2026年11月23日(月)",
        "2026年11月23日月曜日 10:00",
        "2026年11月23日 10時00分",
        "2026/11/23(月) 10:00",
    ],
)
def test_a_day_that_says_its_order_is_the_same_in_every_order(text):
    assert day_readings(text, TODAY) == (MONDAY, MONDAY, MONDAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er décembre 2026", date(2026, 12, 1)),
        ("1º de dezembro de 2026", date(2026, 12, 1)),
        ("3. Mär 2026", date(2026, 3, 3)),
        ("3 Mrz 26", date(2026, 3, 3)),
        ("3 aout 2026", date(2026, 8, 3)),
        ("3 août 2026", date(2026, 8, 3)),
        ("12 dic 2026", date(2026, 12, 12)),
        ("5 out 2026", date(2026, 10, 5)),
        ("mar 3 mar 2026", date(2026, 3, 3)),  # a Tuesday in March
        ("mar 24 2026", date(2026, 3, 24)),  # a March
        ("mar. 24 nov. 2026", date(2026, 11, 24)),  # a Tuesday
        ("May 5 26", date(2026, 5, 5)),
    ],
)
def test_months_have_their_names_in_six_languages(text, day):
    assert read_day(text, YMD, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "by_order"),
    [
        ("23/11/2026", (None, MONDAY, None)),
        ("23. 11. 2026", (None, MONDAY, None)),
        ("23-11-2026 10:00", (None, MONDAY, None)),
        ("23–11–2026", (None, MONDAY, None)),
        ("11/23/2026 10:00 AM", (None, None, MONDAY)),
        ("11/23/26", (None, None, MONDAY)),
        ("11/12/2026", (None, date(2026, 12, 11), date(2026, 11, 12))),
        ("5/11/26", (None, date(2026, 11, 5), date(2026, 5, 11))),
        ("23.11.26", (date(2023, 11, 26), MONDAY, None)),
        (
            "11.12.10",
            (date(2011, 12, 10), date(2010, 12, 11), date(2010, 11, 12)),
        ),
        ("Mo 23.11.2026", (None, MONDAY, None)),
        ("23.11.2026 (Mo)", (None, MONDAY, None)),
        ("2026-11-23", (MONDAY, MONDAY, MONDAY)),
        # Its weekday tells which of two it is.
        ("Sat 12/06/2026", (None, None, None)),
        ("Fri 12/06/2026", (None, date(2026, 6, 12), None)),
    ],
)
def test_three_figures_are_read_in_each_order_that_has_such_a_day(text, by_order):
    readings = day_readings(text, TODAY)
    assert tuple(d if isinstance(d, date) else None for d in readings) == by_order


@pytest.mark.parametrize(
    ("text", "year"),
    [("1/2/46", 2046), ("1/2/47", 1947), ("1/2/00", 2000), ("1/2/99", 1999)],
)
def test_years_of_two_digits_are_from_79_back_to_20_ahead(text, year):
    assert read_day(text, DMY, today=TODAY) == date(year, 2, 1)
    assert read_day(text, MDY, today=TODAY) == date(year, 1, 2)


@pytest.mark.parametrize(
    ("order", "text", "why"),
    [
        (DMY, "31/02/2026", NoDay.NO_SUCH_DAY),
        (DMY, "29.02.2026", NoDay.NO_SUCH_DAY),
        (YMD, "2026-13-01", NoDay.NO_SUCH_DAY),
        (YMD, "2026-23-11", NoDay.NO_SUCH_DAY),
        (MDY, "13/13/2026", NoDay.NO_SUCH_DAY),
        (DMY, "31 June 2026", NoDay.NO_SUCH_DAY),
        (DMY, "11/23/2026", NoDay.OTHER_ORDER),
        (MDY, "23/11/2026", NoDay.OTHER_ORDER),
        (YMD, "23/11/2026", NoDay.OTHER_ORDER),
        (YMD, "5.11.26", NoDay.OTHER_ORDER),  # 5 is no year
        (DMY, "31.12.9999", NoDay.FAR_OFF),
        (YMD, "1900-01-01", NoDay.FAR_OFF),
        (YMD, "0001-01-01", NoDay.FAR_OFF),
        (YMD, "2047-01-01", NoDay.FAR_OFF),
        (YMD, "1946-12-31", NoDay.FAR_OFF),
        (DMY, "Tue, 23 Nov 2026", NoDay.OTHER_WEEKDAY),
        (DMY, "Di 23.11.2026", NoDay.OTHER_WEEKDAY),
        (DMY, "Nov 2026", NoDay.INCOMPLETE),
        (DMY, "23 Nov", NoDay.INCOMPLETE),
        (DMY, "März 2026", NoDay.INCOMPLETE),
        (DMY, "11/2026", NoDay.INCOMPLETE),
        (DMY, "2026-11", NoDay.INCOMPLETE),
        (DMY, "11/23", NoDay.INCOMPLETE),
        (DMY, "2026年11月", NoDay.INCOMPLETE),
        (DMY, "Q4 2026", NoDay.INCOMPLETE),
        (DMY, "2026-W47", NoDay.INCOMPLETE),
        (DMY, "", NoDay.NOT_A_DAY),
        (DMY, "soon", NoDay.NOT_A_DAY),
        (DMY, "5 things 2026", NoDay.NOT_A_DAY),
        (DMY, "1/2/3", NoDay.NOT_A_DAY),
        (DMY, "septembrele 2 14", NoDay.NOT_A_DAY),
        (DMY, "1/2/206", NoDay.NOT_A_DAY),
        (DMY, "123/1/2026", NoDay.NOT_A_DAY),
        (DMY, "2026/1/2026", NoDay.NOT_A_DAY),
        (DMY, "23/11-2026", NoDay.NOT_A_DAY),
        (DMY, "2026-11-23 25:00", NoDay.NOT_A_DAY),
        (DMY, "10:00", NoDay.NOT_A_DAY),
        (DMY, "46349", NoDay.NOT_A_DAY),
        (DMY, "20261123", NoDay.NOT_A_DAY),
        (DMY, "令和8年11月23日", NoDay.NOT_A_DAY),
        (DMY, "\N{SUPERSCRIPT TWO}3/11/2026", NoDay.NOT_A_DAY),
        (DMY, "23/11/2026" + " " * 80 + "x", NoDay.NOT_A_DAY),
    ],
)
def test_the_rest_is_refused_with_its_reason(order, text, why):
    with pytest.raises(NotADay) as refused:
        read_day(text, order, today=TODAY)
    assert (refused.value.why, refused.value.value) == (why, text)


def test_what_came_as_a_day_is_one():
    assert read_day(MONDAY, MDY, today=TODAY) == MONDAY
    assert read_day(datetime(2026, 11, 23, 23, 59), MDY, today=TODAY) == MONDAY  # noqa: DTZ001
    with pytest.raises(NotADay, match="far_off"):
        read_day(date(1900, 1, 1), MDY, today=TODAY)


@pytest.mark.parametrize(
    "cell", ["46349", "46349.4375", "46349,4375", Decimal(46349), "20261123"]
)
def test_a_bare_number_is_a_day_only_in_a_column_of_days(cell):
    assert read_day(cell, DMY, today=TODAY, bare=True) == MONDAY
    with pytest.raises(NotADay, match="not_a_day"):
        read_day(cell, DMY, today=TODAY)


@pytest.mark.parametrize("text", ["12", "99999", "10000", "20261323", "99991231", "x"])
def test_a_number_of_no_day_nearby_stays_a_number(text):
    assert bare_day(text, TODAY) is None
    with pytest.raises(NotADay, match="not_a_day"):
        read_day(text, DMY, today=TODAY, bare=True)


DAYS = st.dates(date(1947, 1, 1), date(2046, 12, 31))
CLOCKS = ["", " 10:00", "T10:00:00Z", " 3:07 PM", ", 23:59 Uhr", "T00:00:00.000+0000"]
SHORT, LONG = "{0.day}{1}{0.month}{1}{0:%Y}", "{0:%d}{1}{0:%m}{1}{0:%Y}"
NUMERIC = {
    DMY: [SHORT, LONG, "{0:%d}{1}{0:%m}{1}{0:%y}"],
    MDY: [
        "{0.month}{1}{0.day}{1}{0:%Y}",
        "{0:%m}{1}{0:%d}{1}{0:%Y}",
        "{0:%m}{1}{0:%d}{1}{0:%y}",
    ],
    YMD: ["{0:%Y}{1}{0:%m}{1}{0:%d}", "{0:%y}{1}{0:%m}{1}{0:%d}"],
}


@given(DAYS, st.sampled_from(Order), st.sampled_from("/.-"), st.data())
def test_it_reads_back_the_day_that_is_written_in_an_order(day, order, by, data):
    style = data.draw(st.sampled_from(NUMERIC[order]))
    text = style.format(day, by) + data.draw(st.sampled_from(CLOCKS))
    assert read_day(text, order, today=TODAY) == day


WORDS = {month: [w for w, n in MONTHS.items() if n == month] for month in range(1, 13)}
NAMED = ["{d}. {m} {y}", "{d} de {m} de {y}", "{m} {d}, {y}", "{d}-{m}-{y}"]


@given(DAYS, st.data())
def test_it_reads_back_the_day_that_is_written_with_a_name(day, data):
    month = data.draw(st.sampled_from(WORDS[day.month]))
    month = data.draw(st.sampled_from([month, month.title(), month.upper()]))
    text = data.draw(st.sampled_from(NAMED)).format(d=day.day, m=month, y=day.year)
    weekdays = [word for word, n in WEEKDAYS.items() if n == day.isoweekday()]
    ahead = data.draw(st.sampled_from(["", *(f"{word}, " for word in weekdays)]))
    text = ahead + text + data.draw(st.sampled_from(CLOCKS))
    assert set(day_readings(text, TODAY)) == {day}


@given(DAYS)
def test_it_reads_back_the_serial_of_a_spreadsheet(day):
    serial = str((day - date(1899, 12, 30)) // timedelta(days=1))
    assert bare_day(serial, TODAY) == day
    assert bare_day(f"{day:%Y%m%d}", TODAY) == day


@given(st.text(max_size=30) | st.text("0123456789/.- :tamNov年月日", max_size=14))
def test_whatever_stands_there_is_read_or_refused(text):
    assert all(isinstance(d, date | NoDay) for d in day_readings(text, TODAY))

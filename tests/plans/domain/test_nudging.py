"""When a nudge goes, in every time zone there is. Instants were worked out by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.domain.nudging import (
    Calendar,
    Kind,
    NotNow,
    Owed,
    check_in_due_at,
    coming,
    first_chance,
    is_too_late,
    local_week,
    owed,
    reminder_due_at,
    snoozed_until,
    why_not_now,
)
from reps.domain.work_week import FIRST_DAYS, MONDAY, WorkWeek

DAY, WEEK, HOUR, SECOND = (
    timedelta(1),
    timedelta(7),
    timedelta(hours=1),
    timedelta(seconds=1),
)
EVERY_DAY = frozenset(range(1, 8))
FRIDAY, SATURDAY, SUNDAY = 5, 6, 7
JULY_6 = date(2026, 7, 6)  # a Monday, as are the others
HOLY_WEEK, EASTER_WEEK = date(2026, 3, 30), date(2026, 4, 6)
GOOD_FRIDAY, EASTER_MONDAY = date(2026, 4, 3), date(2026, 4, 6)


def calendar(zone="Europe/London", **changes):
    """Fridays at 15:00, Monday to Friday, quiet from 20:00 to 07:00."""
    usual = Calendar(
        zone=ZoneInfo(zone),
        check_in_day=FRIDAY,
        check_in_at=time(15),
        quiet_from=time(20),
        quiet_to=time(7),
        work_week=WorkWeek(frozenset(range(1, 6)), MONDAY),
        days_off=frozenset(),
    )
    if "weekdays" in changes:
        changes["work_week"] = WorkWeek(changes.pop("weekdays"), MONDAY)
    return replace(usual, **changes)


def hours(check_in_at, quiet_from="00:00", quiet_to="00:00"):
    return {
        "check_in_at": time.fromisoformat(check_in_at),
        "quiet_from": time.fromisoformat(quiet_from),
        "quiet_to": time.fromisoformat(quiet_to),
    }


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def days(first, last):
    return frozenset(first + n * DAY for n in range((last - first).days + 1))


@pytest.mark.parametrize(
    ("zone", "week", "due_at"),
    [
        ("America/New_York", JULY_6, "2026-07-10 19:00"),  # -4
        ("America/New_York", date(2026, 1, 5), "2026-01-09 20:00"),  # -5
        ("Asia/Tokyo", JULY_6, "2026-07-10 06:00"),  # +9
        ("Asia/Kolkata", JULY_6, "2026-07-10 09:30"),  # +5:30
        ("Asia/Kathmandu", JULY_6, "2026-07-10 09:15"),  # +5:45
        ("Australia/Lord_Howe", JULY_6, "2026-07-10 04:30"),  # +10:30
        ("Australia/Lord_Howe", date(2026, 1, 5), "2026-01-09 04:00"),  # +11
        ("Europe/London", date(2026, 3, 23), "2026-03-27 15:00"),  # clocks change on 29
        ("Europe/London", HOLY_WEEK, "2026-04-03 14:00"),
        ("Europe/London", date(2026, 10, 19), "2026-10-23 14:00"),  # and back on 25
        ("Europe/London", date(2026, 10, 26), "2026-10-30 15:00"),
        ("Pacific/Kiritimati", JULY_6, "2026-07-10 01:00"),  # +14
        ("Pacific/Honolulu", JULY_6, "2026-07-11 01:00"),  # -10: Saturday elsewhere
        ("Europe/London", date(2026, 12, 28), "2027-01-01 15:00"),  # week 53 of 2026
        ("Europe/London", date(2027, 1, 4), "2027-01-08 15:00"),  # then week 1
    ],
)
def test_it_goes_at_the_organizations_hour_where_the_person_lives(zone, week, due_at):
    assert check_in_due_at(week, calendar(zone)) == utc(due_at)


@pytest.mark.parametrize(
    ("week", "changes", "due_at"),
    [
        # Good Friday: the Thursday before
        (HOLY_WEEK, {"days_off": {GOOD_FRIDAY}}, "2026-04-02 14:00"),
        # away on Thursday and Friday
        (JULY_6, {"days_off": days(date(2026, 7, 9), date(2026, 7, 10))}, "2026-07-08"),
        # back on Friday
        (JULY_6, {"days_off": days(JULY_6, date(2026, 7, 9))}, "2026-07-10"),
        # nobody works on Saturdays, or here on Fridays
        (JULY_6, {"check_in_day": SATURDAY}, "2026-07-10"),
        (JULY_6, {"weekdays": frozenset({7, 1, 2, 3, 4})}, "2026-07-09"),
        # nothing earlier in the week, so later: Easter Monday, away to Wednesday
        (
            EASTER_WEEK,
            {"check_in_day": 1, "days_off": {EASTER_MONDAY}},
            "2026-04-07",
        ),
        (
            JULY_6,
            {"check_in_day": 2, "days_off": days(JULY_6, date(2026, 7, 8))},
            "2026-07-09",
        ),
        # New Year, a holiday in week 53
        (
            date(2026, 12, 28),
            {"days_off": {date(2027, 1, 1)}},
            "2026-12-31 15:00",
        ),
        # the whole week away, and somebody who never works
        (JULY_6, {"days_off": days(JULY_6, date(2026, 7, 10))}, None),
        (JULY_6, {"weekdays": frozenset()}, None),
    ],
)
def test_on_a_day_off_it_goes_on_the_nearest_working_day_of_the_week(
    week, changes, due_at
):
    if due_at and len(due_at) == 10:
        due_at += " 14:00"  # British Summer Time
    assert check_in_due_at(week, calendar(**changes)) == (due_at and utc(due_at))


@pytest.mark.parametrize(
    ("schedule", "local_hour"),
    [
        (hours("15:00", "20:00", "07:00"), "15:00"),
        (hours("05:30", "20:00", "07:00"), "07:00"),  # to the end of quiet
        (hours("07:00", "20:00", "07:00"), "07:00"),  # which is not quiet any more
        (hours("19:59", "20:00", "07:00"), "19:59"),
        (hours("20:00", "20:00", "07:00"), "19:00"),  # it ends tomorrow: an hour before
        (hours("23:00", "20:00", "07:00"), "19:00"),
        (hours("23:00", "20:30", "07:00"), "19:30"),
        (hours("23:00", "22:00", "00:00"), "21:00"),  # to midnight is to tomorrow
        (hours("00:00", "22:00", "00:00"), "00:00"),
        (hours("13:00", "12:00", "14:00"), "14:00"),  # a long lunch
        (hours("03:00", "00:00", "06:00"), "06:00"),
        (hours("03:00"), "03:00"),  # no quiet hours
        (hours("03:00", "09:00", "09:00"), "03:00"),  # none, and not a whole day
        (hours("12:00", "07:45", "07:15"), "07:15"),  # half an hour that is not quiet
        (hours("12:00", "00:30", "00:15"), "00:15"),
        (hours("12:00", "00:00", "23:59"), "23:59"),
    ],
)
def test_it_is_never_in_quiet_hours(schedule, local_hour):
    due_at = check_in_due_at(JULY_6, calendar("Asia/Tokyo", **schedule))
    local = f"2026-07-10 {local_hour}+09:00"
    assert due_at == datetime.fromisoformat(local)


ALL_WEEK = {"check_in_day": SUNDAY, "weekdays": EVERY_DAY}


@pytest.mark.parametrize(
    ("zone", "week", "changes", "due_at"),
    [
        # London, 29 March: 01:00 is followed by 02:00
        ("Europe/London", "2026-03-23", hours("01:30"), "2026-03-29 01:00"),
        # London, 25 October: 01:30 comes twice, at 00:30 and 01:30 UTC
        ("Europe/London", "2026-10-19", hours("01:30"), "2026-10-25 00:30"),
        # Lord Howe, 4 October: 02:00 (+10:30) is followed by 02:30 (+11)
        ("Australia/Lord_Howe", "2026-09-28", hours("02:15"), "2026-10-03 15:30"),
        # Lord Howe, 5 April: 01:45 comes twice, half an hour apart
        ("Australia/Lord_Howe", "2026-03-30", hours("01:45"), "2026-04-04 14:45"),
        # Santiago, 7 September: the day begins at 01:00 (-3)
        ("America/Santiago", "2025-09-01", hours("00:00"), "2025-09-07 04:00"),
        # New York, 8 March, no 02:00 to 03:00: when quiet would have ended
        (
            "America/New_York",
            "2026-03-02",
            hours("01:00", "22:00", "02:30"),
            "2026-03-08 07:00",
        ),
        # … and where quiet begins
        (
            "America/New_York",
            "2026-03-02",
            hours("02:30", "03:00", "05:00"),
            "2026-03-08 09:00",
        ),
        # … and the only hour that is not quiet: the day before
        (
            "America/New_York",
            "2026-03-02",
            hours("02:15", "03:00", "02:00"),
            "2026-03-07 07:15",
        ),
        # Nuuk, Saturday 29 March: no 23:00 to midnight, so the hour before (-2)
        (
            "America/Nuuk",
            "2025-03-24",
            hours("23:30") | {"check_in_day": SATURDAY},
            "2025-03-30 00:00",
        ),
        # Apia had no 30 December 2011, a Friday: on Thursday (-10)
        (
            "Pacific/Apia",
            "2011-12-26",
            hours("15:00") | {"check_in_day": FRIDAY},
            "2011-12-30 01:00",
        ),
        # … and on Saturday (+14) it was the same hour in UTC, a day later
        (
            "Pacific/Apia",
            "2011-12-26",
            hours("15:00") | {"check_in_day": SATURDAY},
            "2011-12-31 01:00",
        ),
        # Kwajalein had no 21 August 1993, a Saturday: on Friday (-12)
        (
            "Pacific/Kwajalein",
            "1993-08-16",
            hours("15:00") | {"check_in_day": SATURDAY},
            "1993-08-21 03:00",
        ),
    ],
)
def test_it_goes_once_when_the_clocks_change(zone, week, changes, due_at):
    person = calendar(zone, **ALL_WEEK | changes)
    assert check_in_due_at(date.fromisoformat(week), person) == utc(due_at)


@pytest.mark.parametrize(
    ("changes", "asked_at", "remind_at"),
    [
        # Friday: Monday is one, Tuesday two
        ({}, "2026-07-10 14:00", "2026-07-14 14:00"),
        # Wednesday: in the same week
        ({"check_in_day": 3}, "2026-07-08 14:00", "2026-07-10 14:00"),
        # Thursday: over the weekend
        ({"check_in_day": 4}, "2026-07-09 14:00", "2026-07-13 14:00"),
        # Easter Monday in between
        ({"days_off": {EASTER_MONDAY}}, "2026-04-03 14:00", "2026-04-08 14:00"),
        # the clocks changed in between
        ({}, "2026-03-27 15:00", "2026-03-31 14:00"),
        # asked early because quiet begins: by the same rule again
        (
            hours("21:00", "20:00", "07:00"),
            "2026-07-10 18:00",
            "2026-07-14 18:00",
        ),
        # away until Wednesday: on Thursday, a day before it is asked again
        (
            {"days_off": days(date(2026, 7, 13), date(2026, 7, 14))},
            "2026-07-10 14:00",
            "2026-07-16 14:00",
        ),
        # back on Thursday: Friday's nudge asks again, and one letter is enough
        (
            {"days_off": days(date(2026, 7, 13), date(2026, 7, 15))},
            "2026-07-10 14:00",
            None,
        ),
        # away all next week, and by then the link is dead
        (
            {"days_off": days(date(2026, 7, 13), date(2026, 7, 17))},
            "2026-07-10 14:00",
            None,
        ),
        # away all next week, but asked early enough in this one
        (
            {"check_in_day": 2, "days_off": days(date(2026, 7, 13), date(2026, 7, 19))},
            "2026-07-07 14:00",
            "2026-07-09 14:00",
        ),
    ],
)
def test_the_reminder_follows_after_two_working_days(changes, asked_at, remind_at):
    due_at = reminder_due_at(utc(asked_at), calendar(**changes))
    assert due_at == (remind_at and utc(remind_at))


def test_a_date_that_never_was_is_no_working_day():
    """From Thursday in Apia: Friday was left out, so Saturday and Sunday."""
    apia = calendar("Pacific/Apia", weekdays=EVERY_DAY)
    thursday = utc("2011-12-30 01:00")
    assert reminder_due_at(thursday, apia) == utc("2012-01-01 01:00")
    assert snoozed_until(thursday, apia) == utc("2011-12-31 01:00")


@pytest.mark.parametrize(
    ("changes", "now", "until"),
    [
        ({}, "2026-07-08 09:00", "2026-07-09 14:00"),
        ({}, "2026-07-08 18:00", "2026-07-09 14:00"),
        ({}, "2026-07-10 14:05", "2026-07-13 14:00"),  # over the weekend
        ({"days_off": {EASTER_MONDAY}}, "2026-04-03 14:05", "2026-04-07 14:00"),
        ({"days_off": days(date(2026, 7, 1), date(2026, 8, 1))}, "2026-07-08", None),
    ],
)
def test_snoozed_it_comes_back_on_the_next_working_day(changes, now, until):
    assert snoozed_until(utc(now), calendar(**changes)) == (until and utc(until))


@pytest.mark.parametrize(
    ("changes", "at", "why_not", "chance"),
    [
        ({}, "2026-07-10 14:00", None, "2026-07-10 14:00"),
        ({}, "2026-07-10 18:59:59", None, "2026-07-10 18:59:59"),
        # 20:00 in London is quiet; so to Monday 07:00
        ({}, "2026-07-10 19:00", NotNow.QUIET_HOURS, "2026-07-13 06:00"),
        ({}, "2026-07-10 05:59", NotNow.QUIET_HOURS, "2026-07-10 06:00"),
        ({}, "2026-07-08 22:00", NotNow.QUIET_HOURS, "2026-07-09 06:00"),
        ({}, "2026-07-11 12:00", NotNow.NOT_A_WORKING_WEEKDAY, "2026-07-13 06:00"),
        # a Saturday is a Saturday, quiet or not
        ({}, "2026-07-11 22:00", NotNow.NOT_A_WORKING_WEEKDAY, "2026-07-13 06:00"),
        (
            {"days_off": {GOOD_FRIDAY, EASTER_MONDAY}},
            "2026-04-03 14:00",
            NotNow.DAY_OFF,
            "2026-04-07 06:00",
        ),
        (
            hours("15:00"),
            "2026-07-11 12:00",
            NotNow.NOT_A_WORKING_WEEKDAY,
            "2026-07-12 23:00",
        ),
        # away for longer than anybody looks ahead
        (
            {"days_off": days(date(2026, 7, 1), date(2026, 8, 1))},
            "2026-07-10 14:00",
            NotNow.DAY_OFF,
            None,
        ),
        # London, 25 October, quiet to 01:45, which comes twice: at 00:45 and 01:45 UTC
        (
            ALL_WEEK | hours("15:00", "01:00", "01:45"),
            "2026-10-25 00:30",
            NotNow.QUIET_HOURS,
            "2026-10-25 00:45",
        ),
        (
            ALL_WEEK | hours("15:00", "01:00", "01:45"),
            "2026-10-25 01:30",
            NotNow.QUIET_HOURS,
            "2026-10-25 01:45",
        ),
    ],
)
def test_what_is_behind_waits_for_the_first_chance(changes, at, why_not, chance):
    person = calendar(**changes)
    assert why_not_now(utc(at), person) == why_not
    assert first_chance(utc(at), person) == (chance and utc(chance))


def test_kiritimati_is_a_week_ahead_of_honolulu_for_a_day():
    at = utc("2026-07-05 10:00")  # midnight on Monday, and Sunday just begun
    there, here = calendar("Pacific/Kiritimati"), calendar("Pacific/Honolulu")
    assert local_week(at, there) == JULY_6
    assert local_week(at, here) == JULY_6 - WEEK
    assert local_week(at - SECOND, there) == JULY_6 - WEEK


@pytest.mark.parametrize(
    ("kind", "zone", "due_at", "last_moment"),
    [
        # 48 hours
        (Kind.CHECK_IN_DUE, "Europe/London", "2026-07-07 14:00", "2026-07-09 14:00"),
        (Kind.CHECK_IN_DUE, "Europe/London", "2026-07-10 14:00", "2026-07-12 14:00"),
        # the end of the local week comes first
        (Kind.CHECK_IN_DUE, "Europe/London", "2026-07-11 14:00", "2026-07-12 22:59:59"),
        (
            Kind.CHECK_IN_DUE,
            "Pacific/Kiritimati",
            "2026-07-11 01:00",
            "2026-07-12 09:59:59",
        ),
        (
            Kind.CHECK_IN_DUE,
            "Pacific/Honolulu",
            "2026-07-12 01:00",
            "2026-07-13 09:59:59",
        ),
        # put off into the next week by tries that failed: it stays of its week
        (Kind.CHECK_IN_DUE, "Europe/London", "2026-07-13 02:00", "2026-07-12 22:59:59"),
        # a reminder: its own 48 hours, in its own week
        (Kind.REMINDER, "Europe/London", "2026-07-08 14:00", "2026-07-10 14:00"),
        (Kind.REMINDER, "Europe/London", "2026-07-11 14:00", "2026-07-12 22:59:59"),
        (Kind.REMINDER, "Europe/London", "2026-07-14 14:00", "2026-07-16 14:00"),
        (Kind.REMINDER, "Europe/London", "2026-07-18 14:00", "2026-07-19 22:59:59"),
        (
            Kind.REMINDER,
            "Pacific/Kiritimati",
            "2026-07-18 01:00",
            "2026-07-19 09:59:59",
        ),
        # moved from Kiritimati to Honolulu, where its week had not begun
        (Kind.REMINDER, "Pacific/Honolulu", "2026-07-05 12:00", "2026-07-07 12:00"),
        # snoozed past the life of its link
        (Kind.REMINDER, "Europe/London", "2026-07-20 14:00", "2026-07-19 22:59:59"),
    ],
)
def test_nothing_goes_later_than_its_own_local_week_or_48_hours(
    kind, zone, due_at, last_moment
):
    facts = {"calendar": calendar(zone), "kind": kind}
    too_late = partial(is_too_late, JULY_6, utc(due_at), **facts)
    assert not too_late(at=utc(last_moment))
    assert too_late(at=utc(last_moment) + SECOND)


def test_who_says_no_kind_means_a_check_in_nudge():
    monday = utc("2026-07-13 10:00")
    assert is_too_late(JULY_6, monday, at=monday, calendar=calendar())


ASKED_AT, REMIND_AT = utc("2026-07-10 14:00"), utc("2026-07-14 14:00")
CHECK_IN = Owed(Kind.CHECK_IN_DUE, JULY_6, ASKED_AT)
REMINDER = Owed(Kind.REMINDER, JULY_6, REMIND_AT)
NEXT_CHECK_IN = Owed(Kind.CHECK_IN_DUE, JULY_6 + WEEK, ASKED_AT + WEEK)
NEXT_REMINDER = Owed(Kind.REMINDER, JULY_6 + WEEK, REMIND_AT + WEEK)
ASKED = {JULY_6: ASKED_AT}


@pytest.mark.parametrize(
    ("now", "facts", "rows"),
    [
        # from the local Monday's first second to the Sunday's last
        (
            "2026-07-05 22:59:59",
            {},
            [Owed(Kind.CHECK_IN_DUE, JULY_6 - WEEK, ASKED_AT - WEEK)],
        ),
        ("2026-07-05 23:00", {}, [CHECK_IN]),
        ("2026-07-12 22:59:59", {}, [CHECK_IN]),
        # the reminder, once it is known when they were asked
        ("2026-07-10 14:05", {"asked": ASKED}, [CHECK_IN, REMINDER]),
        ("2026-07-14 14:00", {"asked": ASKED}, [NEXT_CHECK_IN, REMINDER]),
        # late, and for the deliverer to skip
        ("2026-07-19 12:00", {"asked": ASKED}, [NEXT_CHECK_IN, REMINDER]),
        # over
        (
            "2026-07-20 12:00",
            {"asked": ASKED},
            [Owed(Kind.CHECK_IN_DUE, JULY_6 + 2 * WEEK, ASKED_AT + 2 * WEEK)],
        ),
        # whoever has checked in is asked for nothing, last week's included
        ("2026-07-06 12:00", {"checked_in": {JULY_6}}, []),
        ("2026-07-10 14:05", {"asked": ASKED, "checked_in": {JULY_6}}, []),
        ("2026-07-13 12:00", {"asked": ASKED, "checked_in": {JULY_6}}, [NEXT_CHECK_IN]),
        ("2026-07-13 12:00", {"asked": ASKED, "checked_in": {JULY_6 + WEEK}}, []),
        # a plan that began after the hour, or at it
        ("2026-07-10 15:00", {"since": ASKED_AT + SECOND}, []),
        ("2026-07-10 15:00", {"since": ASKED_AT}, [CHECK_IN]),
    ],
)
def test_a_person_is_owed_this_weeks_nudge_and_one_reminder(now, facts, rows):
    facts = {"asked": {}, "checked_in": set()} | facts
    assert owed(utc(now), calendar(), **facts) == rows


def test_nothing_is_owed_in_a_week_away():
    away = calendar(days_off=days(JULY_6, date(2026, 7, 10)))
    assert owed(utc("2026-07-08 12:00"), away, asked={}, checked_in=set()) == []


def test_no_reminder_is_owed_where_there_is_no_day_for_it():
    away = calendar(days_off=days(date(2026, 7, 13), date(2026, 7, 17)))
    now = utc("2026-07-10 15:00")
    assert owed(now, away, asked=ASKED, checked_in=set()) == [CHECK_IN]


@pytest.mark.parametrize(
    ("now", "facts", "rows"),
    [
        ("2026-07-06 12:00", {}, [CHECK_IN]),
        # to the second, both ends included
        ("2026-07-10 14:00", {}, [CHECK_IN, REMINDER, NEXT_CHECK_IN]),
        ("2026-07-10 14:00:01", {"asked": ASKED}, [REMINDER, NEXT_CHECK_IN]),
        # never asked, so not reminded
        ("2026-07-10 14:00:01", {}, [NEXT_CHECK_IN]),
        ("2026-07-14 13:59:59", {"asked": ASKED}, [REMINDER, NEXT_CHECK_IN]),
        ("2026-07-14 14:00:01", {"asked": ASKED}, [NEXT_CHECK_IN, NEXT_REMINDER]),
        # "send it now": the hour they are asked at is not the calendar's
        (
            "2026-07-09 09:00",
            {"asked": {JULY_6: utc("2026-07-09 09:01")}},
            [
                Owed(Kind.CHECK_IN_DUE, JULY_6, utc("2026-07-09 09:01")),
                Owed(Kind.REMINDER, JULY_6, utc("2026-07-13 14:00")),
            ],
        ),
        # … and so before the reminder of the week before
        (
            "2026-07-13 09:00",
            {"asked": ASKED | {JULY_6 + WEEK: utc("2026-07-13 09:01")}},
            [
                Owed(Kind.CHECK_IN_DUE, JULY_6 + WEEK, utc("2026-07-13 09:01")),
                REMINDER,
                Owed(Kind.REMINDER, JULY_6 + WEEK, utc("2026-07-15 14:00")),
            ],
        ),
        # checked in already
        ("2026-07-06 12:00", {"checked_in": {JULY_6}}, []),
        ("2026-07-10 15:00", {"asked": ASKED, "checked_in": {JULY_6}}, [NEXT_CHECK_IN]),
        # further ahead
        ("2026-07-11 12:00", {"days": 12}, [NEXT_CHECK_IN, NEXT_REMINDER]),
    ],
)
def test_what_is_coming_is_told_in_order(now, facts, rows):
    facts = {"asked": {}, "checked_in": set()} | facts
    assert coming(utc(now), calendar(), **facts) == rows


def test_nothing_is_coming_for_somebody_away_for_long():
    away = calendar(days_off=days(date(2026, 7, 1), date(2026, 8, 1)))
    assert coming(utc("2026-07-08 12:00"), away, asked={}, checked_in=set()) == []


# Every zone × ten years. The hour and quiet hours, and the hour it comes to.
SCHEDULES = [
    (hours("15:00", "20:00", "07:00"), time(15)),
    (hours("00:00"), time(0)),
    (hours("23:30", "22:00", "06:00"), time(21)),
    (hours("02:15"), time(2, 15)),
    (hours("01:30", "23:00", "02:30"), time(2, 30)),
    (hours("00:30", "00:00", "01:00"), time(1)),
    (hours("23:45"), time(23, 45)),
    (hours("01:30", "02:00", "03:30"), time(1, 30)),
    (hours("03:00", "12:00", "02:30"), time(3)),
]
WORKING = [frozenset(range(1, 6)), EVERY_DAY]


def is_quiet(hour, schedule):
    """As on a clock face: how far past the beginning, against how long it lasts."""
    begins, ends, now = (
        at.hour * 60 + at.minute
        for at in (schedule["quiet_from"], schedule["quiet_to"], hour)
    )
    return (now - begins) % 1440 < (ends - begins) % 1440


def clocks() -> list[ZoneInfo]:
    """A zone for every set of rules: two names in five are only another's alias."""
    tzdata = resources.files("tzdata")
    names = tzdata.joinpath("zones").read_text().split()
    rules = {tzdata.joinpath("zoneinfo", name).read_bytes(): name for name in names}
    return [ZoneInfo(name) for name in rules.values()]


@pytest.mark.parametrize(
    "first_week",
    [
        date(2008, 12, 29),  # week 1 of 2009, and through 2018: Apia, and week 53 twice
        date(2026, 12, 28),  # the ten years to come, from week 53 of 2026
    ],
)
def test_everywhere_each_local_week_has_exactly_one_nudge(first_week):
    """With another day and hour each week; on all days where the clocks change.

    By weeks from Monday, Sunday and Saturday in turn.
    """
    zones = clocks()
    assert len(zones) > 300
    weeks = [first_week + n * WEEK for n in range(523)]
    midnights = [datetime.combine(week, time.min, UTC) for week in weeks]
    changed_somewhere = 0
    for of_zone, zone in enumerate(zones):
        for of_week, week in enumerate(weeks):
            around = midnights[of_week] - DAY, midnights[of_week] + 8 * DAY
            before, after = (at.astimezone(zone).utcoffset() for at in around)
            clocks_change = before != after
            changed_somewhere += clocks_change
            turn = of_zone + of_week
            for check_in_day in EVERY_DAY if clocks_change else [turn % 7 + 1]:
                schedule, hour = SCHEDULES[(turn + check_in_day) % len(SCHEDULES)]
                weekdays = WORKING[turn % 2]
                work_week = WorkWeek(weekdays, FIRST_DAYS[turn % 3])
                person = Calendar(
                    zone=zone,
                    check_in_day=check_in_day,
                    work_week=work_week,
                    days_off=(),
                    **schedule,
                )
                local = check_in_due_at(week, person).astimezone(zone)

                day = local.date()
                where = (zone.key, week, check_in_day, schedule, local)
                assert work_week.monday_of(day) == week, where
                assert day.isoweekday() in weekdays, where
                assert not is_quiet(local.time(), schedule), where
                if not clocks_change:
                    asked_on = work_week.day_of(week, check_in_day)
                    worked = work_week.working_days_of(week)
                    on = max((d for d in worked if d <= asked_on), default=worked[0])
                    assert (day, local.time()) == (on, hour), where
    assert changed_somewhere > 1_000


# Any calendar at all, against a walk through the week in steps of five minutes.
STEP = timedelta(minutes=5)
unhurried = settings(deadline=None)  # a walk is slow on a busy machine
fives = st.integers(0, 11).map(lambda n: n * 5)
hours_of_day = st.builds(time, st.integers(0, 23), fives)
mondays = st.integers(0, 1_250).map(lambda n: date(2012, 1, 2) + n * WEEK)
zones = st.sampled_from(sorted(available_timezones()))
clock_changes = st.sampled_from(
    [
        ("Pacific/Apia", date(2011, 12, 26)),
        ("Australia/Lord_Howe", date(2026, 9, 28)),
        ("Australia/Lord_Howe", date(2026, 3, 30)),
        ("Europe/London", date(2026, 3, 23)),
        ("Europe/London", date(2026, 10, 19)),
        ("America/Santiago", date(2025, 9, 1)),
        ("America/Nuuk", date(2025, 3, 24)),
        ("Asia/Pyongyang", date(2018, 4, 30)),  # half an hour, on a Friday night
        ("America/Caracas", date(2016, 4, 25)),
    ]
)
places = st.one_of(st.tuples(zones, mondays), clock_changes)


@st.composite
def people(draw):
    zone, week = draw(places)
    off = draw(st.sets(st.integers(-3, 16), max_size=12))
    weekdays = draw(st.frozensets(st.integers(1, 7)))
    work_week = WorkWeek(weekdays, draw(st.sampled_from(FIRST_DAYS)))
    if ahead := draw(st.integers(0, 14)):  # another first day from a week to come
        becomes = draw(st.sampled_from(FIRST_DAYS))
        work_week = work_week.beginning_on(becomes, after=week + (ahead - 7) * DAY)
    person = Calendar(
        zone=ZoneInfo(zone),
        check_in_day=draw(st.integers(1, 7)),
        check_in_at=draw(hours_of_day),
        quiet_from=draw(hours_of_day),
        quiet_to=draw(hours_of_day),
        work_week=work_week,
        days_off={week + n * DAY for n in off},
    )
    return person, week


def allowed(person, first, last):
    """Every step from one local day to another at which a letter may go."""
    schedule = {"quiet_from": person.quiet_from, "quiet_to": person.quiet_to}
    at = datetime.combine(first - DAY, time.min, UTC)
    steps = []
    while at.date() <= last + DAY:
        local = at.astimezone(person.zone)
        if (
            first <= local.date() <= last
            and local.isoweekday() in person.work_week.weekdays
            and local.date() not in person.days_off
            and not is_quiet(local.time(), schedule)
        ):
            steps.append(local)
        at += STEP
    return steps


@unhurried
@given(people())
def test_whatever_the_calendar_it_is_the_nearest_moment_that_is_allowed(facts):
    person, week = facts
    days = person.work_week.days_of(week)
    steps = allowed(person, days.starts_on, days.ends_on)
    due_at = check_in_due_at(week, person)
    if not steps:
        assert due_at is None
        return

    days_with_one = {step.date() for step in steps}
    asked_on = person.work_week.day_of(week, person.check_in_day)
    earlier = [day for day in days_with_one if day <= asked_on]
    nearest = max(earlier) if earlier else min(days_with_one)
    that_day = [step for step in steps if step.date() == nearest]
    from_the_hour_on = [step for step in that_day if step.time() >= person.check_in_at]

    assert due_at.tzinfo is UTC
    assert due_at in [step.astimezone(UTC) for step in that_day]
    if from_the_hour_on:
        assert due_at == from_the_hour_on[0].astimezone(UTC)


@unhurried
@given(people())
def test_a_reminder_is_on_the_second_working_day_and_before_the_next_nudge(facts):
    person, week = facts
    asked_at = check_in_due_at(week, person)
    remind_at = asked_at and reminder_due_at(asked_at, person)
    if remind_at is None:
        return
    local = remind_at.astimezone(person.zone)
    asked_on = asked_at.astimezone(person.zone).date()
    steps = allowed(person, asked_on + DAY, local.date())

    assert len({step.date() for step in steps}) == 2
    assert local in steps
    asked_again_at = check_in_due_at(week + WEEK, person)
    assert asked_again_at is None or remind_at < asked_again_at
    assert not is_too_late(
        week, remind_at, at=remind_at, calendar=person, kind=Kind.REMINDER
    )


@unhurried
@given(people(), st.integers(0, 7 * 288))
def test_the_first_chance_has_none_before_it(facts, steps):
    person, week = facts
    at = datetime.combine(week, time.min, UTC) + steps * STEP
    chance = first_chance(at, person)
    today = at.astimezone(person.zone).date()
    some = [step for step in allowed(person, today, today + 14 * DAY) if step >= at]
    if chance is None:
        assert some == []
        return
    assert why_not_now(chance, person) is None
    assert chance in [step.astimezone(UTC) for step in some]
    before = [step for step in some if step.astimezone(UTC) < chance]
    # Only inside an hour that comes twice: quiet the first time, it waits for its end.
    assert {step.fold for step in before} <= {1}


@unhurried
@given(people(), st.lists(st.integers(0, 21 * 24), min_size=1, max_size=30))
def test_whenever_it_is_decided_the_rows_are_the_same(facts, runs):
    """Three weeks with a beat now and then: first come, first kept, as in the table."""
    person, week = facts
    begins = datetime.combine(week, time.min, UTC)
    table, asked = {}, {}
    for hour in sorted(runs) + runs[::-1]:  # and by a beat whose clock runs backwards
        now = begins + hour * HOUR
        for row in owed(now, person, asked=asked, checked_in=()):
            assert table.setdefault((row.kind, row.week), row) == row
            if row.kind == Kind.CHECK_IN_DUE:
                asked[row.week] = row.due_at

    decided_in = {local_week(begins + hour * HOUR, person) for hour in runs}
    rows = {week: check_in_due_at(week, person) for week in decided_in}
    assert asked == {week: due_at for week, due_at in rows.items() if due_at}

"""A zone's own name, a city or a spreadsheet's word, where it can be one zone only."""

from datetime import date
from zoneinfo import available_timezones

import pytest

from reps.domain.files.spelling import plain
from reps.domain.files.time_zones import time_zone_of
from reps.domain.files.zone_words import SEVERAL_PLACES, ZONE_WORDS

TODAY = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("america/argentina/buenos_aires", "America/Argentina/Buenos_Aires"),
        ("UTC", "UTC"),
        ("(GMT+01:00) Central European Standard Time (Europe/Berlin)", "Europe/Berlin"),
        # A city, with or without what stands beside it.
        ("Berlin", "Europe/Berlin"),
        ("NEW YORK", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Wien", "Europe/Vienna"),
        ("Berlin, Germany", "Europe/Berlin"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),  # of two names, today's
        # As Rails, Windows, and people in a hurry call it.
        ("Eastern Time (US & Canada)", "America/New_York"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(GMT\N{MINUS SIGN}08:00) Pacific Time", "America/Los_Angeles"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("CET", "CET"),
        ("MEZ", "CET"),
        ("EST", "America/New_York"),  # not the tz database's, without summer time
        ("東京", "Asia/Tokyo"),
        # Several, whose clocks show the same.
        ("(GMT+01:00) Amsterdam, Berlin, Bern, Rome, Vienna", "Europe/Amsterdam"),
        ("Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
    ],
)
def test_it_is_known_by_its_name_its_city_or_a_usual_word(text, zone):
    assert time_zone_of(text, TODAY) == zone


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mars",
        "CST",  # Chicago's, Shanghai's or Havana's
        "MST",  # Denver's, or that of Phoenix
        "IST",
        "UTC+1",  # Berlin's in winter, Lagos' all year
        "+01:00",
        "(UTC+01:00)",
        "London, Berlin",
        "Victoria",  # British Columbia's, or Australia's
        "West",
        "localtime",
    ],
)
def test_what_may_be_several_zones_or_none_is_none(text):
    assert time_zone_of(text, TODAY) is None


def test_every_zone_is_known_by_its_own_name_in_any_case():
    ours = available_timezones() - {"Factory", "localtime", "MST", "EST"}
    assert {time_zone_of(zone, TODAY) for zone in ours} == ours
    slashed = {zone for zone in ours if "/" in zone}
    assert {time_zone_of(zone.upper(), TODAY) for zone in slashed} == slashed


def test_each_word_means_one_zone_which_there_is():
    words = [plain(word) for one in ZONE_WORDS.values() for word in one.split(" | ")]
    assert len(words) == len(set(words))
    assert ZONE_WORDS.keys() <= available_timezones()
    assert not SEVERAL_PLACES & set(words)

"""Which time zone a cell means: by its own name, a city's, or a spreadsheet's word.

Only what can be one zone is one. An offset, such as UTC+1, is none: it does not say
when its clocks change. Several cities are one zone if their clocks agree all year.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from reps.domain.files.spelling import plain
from reps.domain.files.zone_words import SEVERAL_PLACES, ZONE_WORDS

NO_ZONES = {"Factory", "localtime", "MST"}  # Denver's, and Phoenix' all year
NO_REGIONS = {"Etc", "US", "Canada", "Brazil"}  # beside which no city stands
NAME = re.compile(r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+)+")  # such as Europe/Berlin
OFFSET = re.compile(
    r"\(\s*(?:GMT|UTC)?\s*(?:[+-]?\s*[0-9]{1,2}(?::?[0-9]{2})?)?\s*\)", re.IGNORECASE
)


@lru_cache(maxsize=1024)
def time_zone_of(text: str, today: date) -> str | None:
    """Its name in the tz database; None where no zone, or more than one, is meant.

    Clocks are compared over the year that begins today.
    """
    names = _names()
    for name in NAME.findall(text):
        if known := names.get(name.casefold()):
            return known
    text = OFFSET.sub(" ", text.replace("\N{MINUS SIGN}", "-"))
    if known := _words().get(plain(text)) or names.get(text.strip().casefold()):
        return known
    parts = [plain(part) for part in re.split(r"[,;]", text)]
    found = [zone for part in parts for zone in _zones_called(part)]
    return _one_of(found, today)


def _zones_called(key: str) -> tuple[str, ...]:
    """Those of which this is the word, or the city."""
    if word := _words().get(key):
        return (word,)
    return _cities().get(key, ())


def _one_of(zones: Iterable[str], today: date) -> str | None:
    """The first of them, as long as the clocks of all show the same."""
    zones = list(zones)
    clocks = {_clock(zone, today.year, today.month) for zone in zones}
    return zones[0] if len(clocks) == 1 else None


@cache
def _clock(zone: str, year: int, month: int) -> tuple[object, ...]:
    """How far from UTC it is, at two moments of each of the next twelve months."""
    months = range(year * 12 + month - 1, year * 12 + month + 11)
    moments = (
        datetime(each // 12, each % 12 + 1, day, 12, tzinfo=UTC)
        for each in months
        for day in (1, 15)
    )
    return tuple(moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in moments)


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones() - NO_ZONES}


@cache
def _words() -> dict[str, str]:
    return {
        plain(word): zone
        for zone, words in ZONE_WORDS.items()
        for word in words.split(" | ")
    }


@cache
def _cities() -> dict[str, tuple[str, ...]]:
    """By the last part of their names; the longer name first, for it is today's."""
    cities: dict[str, list[str]] = defaultdict(list)
    for name in sorted(available_timezones(), key=lambda name: (-len(name), name)):
        region, _slash, city = name.partition("/")
        called = plain(city.rpartition("/")[2])
        if called and region not in NO_REGIONS and called not in SEVERAL_PLACES:
            cities[called].append(name)
    return {city: tuple(names) for city, names in cities.items()}

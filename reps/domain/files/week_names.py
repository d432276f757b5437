"""A week as people number it: 2026-W14, KW 14/2026, Week 14 of 2026, 202614.

A year and a W before the number is how ISO writes the week that begins on a Monday. Any
other number is counted as weeks are where the organization is: by ISO where they begin
on a Monday, else from the week that holds the first of January.
"""

import re
from dataclasses import dataclass
from datetime import date

from reps.domain.files.spelling import words
from reps.domain.quarter import ONE_WEEK
from reps.domain.work_week import MONDAY, WorkWeek

_WORD = "week|weeks|wk|w|kw|cw|woche|kalenderwoche|semana|sem|sm|semaine|s"
ISO = re.compile(r"(?P<year>20[0-9]{2}) ?w ?(?P<number>[0-9]{1,2})(?: [1-7])?")
TOGETHER = re.compile(r"(?P<year>20[0-9]{2})(?P<number>[0-9]{2})")
YEAR = r"(?:(?:of|de|del|du|y|year|jahr|ano) )*(?P<year>20[0-9]{2})年?"
NUMBER = rf"(?:(?:{_WORD}) ?(?:no|nr)? ?|第 ?)?(?P<number>[0-9]{{1,2}})(?: ?週目?)?"
NAMES = [
    re.compile(rf"{NUMBER}(?: {YEAR})?"),
    re.compile(rf"{YEAR} ?{NUMBER}"),
    re.compile(rf"(?P<number>[0-9]{{1,2}}) (?:{_WORD})(?: {YEAR})?"),
]
# What people write before the first day of a week.
BEFORE_A_DAY = re.compile(
    r"^\s*(?:w/?[ce]\b|(?:week|woche|semana|semaine)\s+"
    r"(?:of|starting|beginning|commencing|from|vom|ab|del?|du)\b)[\s:.]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NamedWeek:
    """The how many-th of a year; `is_iso` where it is written as ISO does."""

    year: int | None
    number: int
    is_iso: bool = False

    def monday(self, weeks: WorkWeek) -> date | None:
        """By which the week is known here; None where the year has no such week."""
        if self.year is None:
            return None
        first = date(self.year, 1, 1)
        try:
            by_iso = date.fromisocalendar(self.year, self.number, MONDAY)
        except ValueError:
            by_iso = None
        if self.is_iso or weeks.first_day_of(weeks.monday_of(first)) == MONDAY:
            return by_iso
        monday = weeks.monday_of(first) + (self.number - 1) * ONE_WEEK
        begins_on = weeks.begins_on(monday)
        in_it = self.number == 1 or begins_on.year == self.year
        return monday if self.number and in_it else None


def named_week(text: str) -> NamedWeek | None:
    """The week that a text numbers; None where it says anything else besides."""
    spelled = " ".join(words(text))
    if found := ISO.fullmatch(spelled):
        return NamedWeek(int(found["year"]), int(found["number"]), is_iso=True)
    if found := TOGETHER.fullmatch(spelled):
        return NamedWeek(int(found["year"]), int(found["number"]))
    for name in NAMES:
        if found := name.fullmatch(spelled):
            year = found["year"]
            return NamedWeek(int(year) if year else None, int(found["number"]))
    return None

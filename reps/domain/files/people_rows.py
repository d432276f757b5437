"""People out of a file's rows, once it is settled what its columns mean.

What a row says of one person stands here; where that puts them among the others, and
who is whose manager, all rows say together (`team_tree`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reps.domain.files.cell import Cell, as_text
from reps.domain.files.days import NoDay, NotADay, Order, read_day
from reps.domain.files.fields import LABEL, Fact, Kind, field_of
from reps.domain.files.grid import Complaint, Row
from reps.domain.files.outcomes import flag_of
from reps.domain.files.time_zones import time_zone_of
from reps.domain.files.values import AN_EMAIL, Owner

OF_A_TEAM = {Fact.TEAM, Fact.TEAM_ABOVE, Fact.MANAGER, Fact.MANAGER_EMAIL}
FIRST_YEAR = 2000  # of the days that a form takes (`reps.forms.figures`)
# What HTML takes for an address: https://html.spec.whatwg.org/#valid-e-mail-address,
# here with a point in its domain.
LABEL_OF_DOMAIN = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
ADDRESS = re.compile(
    rf"[a-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*"
    rf"@(?:{LABEL_OF_DOMAIN}\.)+[a-z][a-z0-9-]*[a-z0-9]"
)


class NoPerson(StrEnum):
    """What a row lacks, or says otherwise than another, to be a person with a place."""

    EMPTY = "empty"  # `value`: what is
    TOO_LONG = "too_long"
    NOT_AN_EMAIL = "not_an_email"
    CANNOT_BE_USED = "cannot_be_used"  # an address, and no more is said of it
    NO_SUCH_ZONE = "no_such_zone"
    NOT_YES_OR_NO = "not_yes_or_no"
    LEFT_BEFORE_JOINED = "left_before_joined"
    TWICE = "person_twice"  # `value`: the row they are in already
    NAMESAKE = "namesake"  # `value`: the row of the same name
    MANAGER_UNCLEAR = "manager_unclear"  # `value`: a name that several have
    TEAM_UNCLEAR = "team_unclear"  # `value`: a manager of several teams
    TWO_ABOVE = "two_above"  # `value`: the team above by the other rows
    IN_A_LOOP = "in_a_loop"  # `value`: the team that would be above itself


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody, and where they stand; "" and None for what the row does not say.

    `sells` is None where only the whole of the file tells it. Without a name it is the
    row of a team alone: who runs it, and what is above it.
    """

    who: Owner
    team: str
    above: str
    manager: Owner
    time_zone: str
    joined_on: date | None
    left_on: date | None
    sells: bool | None
    row: int


@dataclass(frozen=True, slots=True)
class PeopleMatching:
    """What is settled of a file of people: `columns` are places from 0."""

    columns: Mapping[Fact, int]
    orders: Mapping[Fact, Order]
    today: date

    def column(self, fact: Fact) -> int:
        """From 1, as complaints count them; 0 where the file has none."""
        return self.columns.get(fact, -1) + 1


def read_people(
    rows: Iterable[Row], matching: PeopleMatching, complaints: list[Complaint]
) -> Iterator[PersonRow]:
    """The people; what is wrong with a row is noted, and the next is read."""
    reader = _Reader(matching, complaints)
    for row in rows:
        before = len(complaints)
        person = reader.person(row)
        if len(complaints) == before:
            yield person


class _Reader:
    def __init__(self, matching: PeopleMatching, complaints: list[Complaint]) -> None:
        self.matching = matching
        self.complaints = complaints

    def person(self, row: Row) -> PersonRow:
        joined_on, left_on = (
            self._day(row, Fact.JOINED_ON),
            self._day(row, Fact.LEFT_ON),
        )
        if joined_on and joined_on.year < FIRST_YEAR:
            joined_on = None  # as good as always, and no form takes such a day
        if left_on and left_on.year < FIRST_YEAR:
            self._complain(row, Fact.LEFT_ON, NoDay.FAR_OFF, str(left_on))
        elif joined_on and left_on and left_on < joined_on:
            value = f"{left_on}, {joined_on}"
            self._complain(row, Fact.LEFT_ON, NoPerson.LEFT_BEFORE_JOINED, value)
        return PersonRow(
            who=self._who(row),
            team=self._text(row, Fact.TEAM),
            above=self._text(row, Fact.TEAM_ABOVE),
            manager=self._named(row, Fact.MANAGER, Fact.MANAGER_EMAIL),
            time_zone=self._time_zone(row),
            joined_on=joined_on,
            left_on=left_on,
            sells=self._sells(row),
            row=row.number,
        )

    def _who(self, row: Row) -> Owner:
        if Fact.NAME in self.matching.columns:
            who = self._named(row, Fact.NAME, Fact.EMAIL)
            if not who.name and not self._is_of_a_team(row):
                self._complain(row, Fact.NAME, NoPerson.EMPTY, Fact.NAME)
            return who
        halves = (self._text(row, Fact.FIRST_NAME), self._text(row, Fact.LAST_NAME))
        name = " ".join(filter(None, halves))
        if not name and not self._is_of_a_team(row):
            self._complain(row, Fact.LAST_NAME, NoPerson.EMPTY, Fact.NAME)
        elif len(name) > LABEL:
            self._complain(row, Fact.LAST_NAME, NoPerson.TOO_LONG, str(len(name)))
        return Owner(name, self._email(row, Fact.EMAIL))

    def _is_of_a_team(self, row: Row) -> bool:
        """Whether it names a team, and says nothing of anybody in it."""
        says = {fact for fact in self.matching.columns if self._cell(row, fact) != ""}
        return Fact.TEAM in says and says <= OF_A_TEAM

    def _named(self, row: Row, name_fact: Fact, email_fact: Fact) -> Owner:
        """By a name and an address, which may stand beside the name."""
        name, email = self._text(row, name_fact), self._email(row, email_fact)
        if beside := AN_EMAIL.search(name):
            email = email or self._address(row, name_fact, name)
            name = name.replace(beside[0], "").strip(" <>()[],;")
        return Owner(name, email)

    def _email(self, row: Row, fact: Fact) -> str:
        text = self._text(row, fact)
        return self._address(row, fact, text) if text else ""

    def _address(self, row: Row, fact: Fact, text: str) -> str:
        """In small letters, without the name or the "mailto:" it may have beside it."""
        found = AN_EMAIL.findall(text.lower().removeprefix("mailto:"))
        if len(found) == 1 and ADDRESS.fullmatch(found[0]):
            return str(found[0])
        self._complain(row, fact, NoPerson.NOT_AN_EMAIL, text)
        return ""

    def _time_zone(self, row: Row) -> str:
        text = self._text(row, Fact.TIME_ZONE)
        zone = time_zone_of(text, self.matching.today) if text else ""
        if zone is None:
            self._complain(row, Fact.TIME_ZONE, NoPerson.NO_SUCH_ZONE, text)
        return zone or ""

    def _sells(self, row: Row) -> bool | None:
        text = self._text(row, Fact.SELLS)
        flag = flag_of(text) if text else None
        if text and flag is None:
            self._complain(row, Fact.SELLS, NoPerson.NOT_YES_OR_NO, text)
        return flag

    def _day(self, row: Row, fact: Fact) -> date | None:
        cell = self._cell(row, fact)
        if cell == "":
            return None
        order = self.matching.orders.get(fact, Order.YEAR_FIRST)
        try:
            return read_day(cell, order, today=self.matching.today, bare=True)
        except NotADay as error:
            self._complain(row, fact, error.why, error.value)
            return None

    def _text(self, row: Row, fact: Fact) -> str:
        text = " ".join(as_text(self._cell(row, fact)).split())
        field = field_of(Kind.PEOPLE, fact)
        if field and field.longest and len(text) > field.longest:
            self._complain(row, fact, NoPerson.TOO_LONG, str(len(text)))
        return text

    def _cell(self, row: Row, fact: Fact) -> Cell:
        place = self.matching.columns.get(fact)
        return "" if place is None else row.cells[place]

    def _complain(self, row: Row, fact: Fact, why: StrEnum, value: str = "") -> None:
        column = self.matching.column(fact)
        self.complaints.append(Complaint(row.number, column, why, value))

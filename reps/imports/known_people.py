"""What a file changes about people who are here already, and what stays.

It fills in what is empty. Where people here have put something else, that stays and is
listed beside the file's, which can be taken instead. In which team somebody sells is
changed as of a day, and never by itself but for one case: a file that says they joined
on a later day than they did, which is that of another team.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reps.domain.files.fields import Fact
from reps.domain.files.people_rows import NoPerson, PeopleMatching, PersonRow
from reps.domain.files.stands import Objection
from reps.domain.files.values import name_keys
from reps.forms.imports.fact_words import FACTS
from reps.imports.answers import Answers
from reps.imports.file_kind import Kept, Scope
from reps.imports.who_is_who import Somebody
from reps.models import Membership, Quarter, Rep

USERS = {Fact.NAME: "name", Fact.EMAIL: "email", Fact.TIME_ZONE: "time_zone"}
REPS = {Fact.NAME: "name", Fact.JOINED_ON: "joined_on", Fact.LEFT_ON: "left_on"}
NEEDS_USER = {Fact.EMAIL, Fact.TIME_ZONE}  # whoever has one of them is a user
ERASABLE = (Fact.TIME_ZONE, Fact.JOINED_ON, Fact.LEFT_ON)


@dataclass(slots=True)
class Change:
    """What becomes of somebody: facts, and the day since which they are elsewhere."""

    facts: dict[Fact, Any] = field(default_factory=dict)
    since: date | None = None
    kept: list[Kept] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.facts) or self.since is not None

    def forget_selling(self):
        """Of somebody who does not sell, by the file or here."""
        self.facts.pop(Fact.JOINED_ON, None)
        self.facts.pop(Fact.LEFT_ON, None)

    def of(self, names: Mapping[Fact, str]) -> dict[str, Any]:
        """Those of these that change, by the names of our fields."""
        return {
            names[fact]: value for fact, value in self.facts.items() if fact in names
        }


class KnownPeople:
    """Weighs what a file says of people against what is here."""

    def __init__(self, scope: Scope, answers: Answers, matching: PeopleMatching):
        self.answers = answers
        self.columns = matching.columns
        self.today = scope.today
        members = Membership.objects.filter(organization=scope.organization)
        self.begun = set(members.values_list("rep", "starts_on"))
        over = Quarter.objects.filter(
            organization=scope.organization, ends_on__lt=scope.today
        )
        closed = [one for one in over.with_closing() if one.is_closed(scope.at)]
        self.closed_to = max((one.ends_on for one in closed), default=None)

    def takes(self, key: str) -> bool:
        return self.answers.take_all or key in self.answers.take

    def change_of(self, row: PersonRow, person: Somebody, email: str) -> Change:
        """Without what the teams say. `email` is the file's."""
        change = Change()
        theirs = {
            Fact.NAME: row.who.name,
            Fact.EMAIL: email,
            Fact.TIME_ZONE: row.time_zone,
            Fact.JOINED_ON: row.joined_on,
            Fact.LEFT_ON: row.left_on,
        }
        ours = _facts_of(person)
        for fact, said in theirs.items():
            if not said:
                is_erased = self.answers.erase and fact in ERASABLE
                if is_erased and fact in self.columns and ours[fact]:
                    change.facts[fact] = "" if fact == Fact.TIME_ZONE else None
            elif not ours[fact]:
                change.facts[fact] = said
            elif not self._agrees(fact, ours[fact], said, person.rep):
                self._weigh(change, fact, said, row.row, person)
        return change

    def objection_to(self, row: PersonRow, person: Somebody, change: Change):
        """Nobody leaves before they join, by what is here and the file together."""
        days = _facts_of(person) | change.facts
        joined_on, left_on = days[Fact.JOINED_ON], days[Fact.LEFT_ON]
        if joined_on and left_on and left_on < joined_on:
            value = f"{left_on}, {joined_on}"
            why = NoPerson.LEFT_BEFORE_JOINED
            return Objection(row.row, Fact.LEFT_ON, why, value)
        return None

    def move(self, change: Change, row: PersonRow, person: Somebody, team: str):
        """To the team of this name, which is not theirs."""
        rep = person.rep
        if self._joined_it(rep, row.joined_on):
            change.since = row.joined_on
            joined = _key(Fact.JOINED_ON, person)
            change.kept = [one for one in change.kept if one.key != joined]
            return
        since = min(row.joined_on or self.today, self.today)
        facts = {"team": team, "day": date_format(since, "j F Y")}
        theirs = _("%(team)s, since %(day)s") % facts
        key, fact = _key(Fact.TEAM, person), str(FACTS[Fact.TEAM])
        change.kept.append(Kept(key, row.row, rep.name, fact, rep.team.name, theirs))
        if self.takes(key):
            change.since = since

    def _joined_it(self, rep: Rep, day: date | None) -> bool:
        """Whether a day tells that they came into the team on it, and not to us."""
        if day is None or rep.joined_on is None or day > self.today:
            return False
        if self.closed_to and day <= self.closed_to:
            return False
        since = [start for whose, start in self.begun if whose == rep.pk and start]
        return day > max([rep.joined_on, *since])

    def _agrees(self, fact: Fact, ours: Any, theirs: Any, rep: Rep | None) -> bool:
        if fact == Fact.NAME:
            return bool(name_keys(ours) & name_keys(theirs)) or ours == theirs
        if fact == Fact.JOINED_ON and rep and (rep.pk, theirs) in self.begun:
            return True  # the day on which they came into another team
        return bool(ours == theirs)

    def _weigh(self, change: Change, fact: Fact, said, row: int, person: Somebody):
        key = _key(fact, person)
        ours = _words(_facts_of(person)[fact])
        words = str(FACTS[fact])
        change.kept.append(Kept(key, row, person.name, words, ours, _words(said)))
        if self.takes(key):
            change.facts[fact] = said


def _key(fact: Fact, person: Somebody) -> str:
    return f"{fact}:{person.key}"


def _facts_of(person: Somebody) -> dict[Fact, Any]:
    rep = person.rep
    return {
        Fact.NAME: person.name,
        Fact.EMAIL: person.email,
        Fact.TIME_ZONE: person.user.time_zone if person.user else "",
        Fact.JOINED_ON: rep.joined_on if rep else None,
        Fact.LEFT_ON: rep.left_on if rep else None,
    }


def _words(value: Any) -> str:
    return date_format(value, "j F Y") if isinstance(value, date) else str(value)

"""People of a file put where they belong: users, reps and their days.

Nobody is invited by it, and nobody whom it adds may sign in who has left already.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reps.domain.files.people_rows import PersonRow
from reps.domain.files.values import name_keys
from reps.imports.file_kind import Scope, Verdict
from reps.imports.known_people import NEEDS_USER, REPS, USERS, Change
from reps.imports.who_is_who import Somebody
from reps.models import Quota, Rep, Segment, Team, User


@dataclass(slots=True, eq=False)
class Placing:
    """Somebody, what changes about them, and the team in which they sell by the file.

    `place` is its spelling, "" for whoever the file puts in none.
    """

    row: PersonRow
    person: Somebody
    change: Change
    place: str = ""
    was_new: bool = field(init=False)
    begins: bool = field(init=False)  # to sell here
    signs_in: bool = field(init=False, default=False)  # as a rep, from now on

    def __post_init__(self):
        self.was_new = self.person.is_new
        self.begins = bool(self.place) and self.person.rep is None

    @property
    def verdict(self) -> Verdict:
        if self.was_new:
            return Verdict.NEW
        is_changed = self.change or self.begins or self.signs_in
        return Verdict.CHANGED if is_changed else Verdict.SAME


def join_halves(people: Iterable[Somebody], ours: Iterable[Somebody]):
    """Have whoever signs in be the rep of their name, as whom nobody does yet.

    Such a rep came with a file of deals, before their address did.
    """
    free: dict[str, set[Rep]] = defaultdict(set)
    for one in ours:
        if one.rep and not one.user:
            for name in name_keys(one.name):
                free[name].add(one.rep)
    people = list(people)
    taken = {one.rep for one in people}
    for one in people:
        reps = {rep for name in name_keys(one.name) for rep in free[name]} - taken
        if one.user and not one.rep and len(reps) == 1:
            one.rep = reps.pop()
            taken.add(one.rep)


class PeoplePlacing:
    """Writes it down. `users` and `reps` are those that it has made."""

    def __init__(self, scope: Scope):
        self.scope = scope
        self.users: list[User] = []
        self.reps: list[Rep] = []

    def give_users(
        self,
        placings: Sequence[Placing],
        managers: Iterable[Somebody],
        emails: Mapping[str, str],
    ):
        """Somebody new is a person of the organization; so is a rep who needs to be."""
        lacking: dict[str, User] = {}
        people = {one.key: one for one in managers}
        for one in placings:
            if one.was_new or one.change.facts.keys() & NEEDS_USER:
                people[one.person.key] = one.person
        for key, person in people.items():
            if person.user is None:
                person.user = lacking[key] = User(
                    organization=self.scope.organization,
                    name=person.name,
                    email=emails.get(key),
                )
                person.user.set_unusable_password()
        for one in placings:
            if one.person.key in lacking:
                _set(one.person.user, one.change.of(USERS))
                left_on = one.row.left_on
                if one.was_new and left_on and left_on < self.scope.today:
                    one.person.user.is_active = False
        self.users = User.objects.bulk_create(list(lacking.values()))
        with_row = {one.person.key for one in placings}
        for key, person in people.items():
            if person.rep and person.rep.user_id is None and key not in with_row:
                person.rep.user = person.user
                person.rep.save(update_fields=["user"])

    def add_reps(self, placings: Iterable[Placing], teams: Mapping[str, Team]):
        """Those who begin to sell here: in their team from its beginning."""
        new = [one for one in placings if one.begins]
        segment = None
        if new:
            segment = Segment.objects.default_of(self.scope.organization)
        for one in new:
            one.person.rep = Rep(
                organization=self.scope.organization,
                user=one.person.user,
                name=one.person.user.name,
                team=teams[one.place],
                segment=segment,
                joined_on=one.row.joined_on,
                left_on=one.row.left_on,
            )
        self.reps = Rep.objects.bulk_create([one.person.rep for one in new])

    def keep(self, one: Placing, teams: Mapping[str, Team]):
        """What changes about somebody who was here."""
        user, rep = one.person.user, one.person.rep
        facts = one.change.of(USERS)
        if user and facts and not one.was_new:
            _set(user, facts)
            user.save(update_fields=list(facts))
            user.forget_old_addresses()
        if rep is None or one.begins:
            return
        facts = one.change.of(REPS)
        if user and rep.user_id is None:
            facts["user"], one.signs_in = user, True
        if facts:
            _set(rep, facts)
            rep.save(update_fields=list(facts))
        if facts.get("left_on"):
            self._end_quotas(rep)
        if one.change.since:
            rep.change_team(
                teams[one.place],
                since=one.change.since,
                by=self.scope.by,
                at=self.scope.at,
                why=self.scope.reason or _("A file of people says so."),
            )

    def _end_quotas(self, rep: Rep):
        day = date_format(rep.left_on, "j F Y")
        why = _("Their last day was %(day)s.") % {"day": day}
        by, at = self.scope.by, self.scope.at
        Quota.objects.end(rep, after=rep.left_on, by=by, at=at, why=why)


def _set(row: User | Rep, facts: Mapping[str, Any]):
    for name, value in facts.items():
        setattr(row, name, value)

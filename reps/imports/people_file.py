"""A file of people on its way in: who they are, their teams, and then what changes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from reps.domain.files.fields import LABEL, Fact
from reps.domain.files.grid import Complaint
from reps.domain.files.people_rows import (
    NoPerson,
    PeopleMatching,
    PersonRow,
    read_people,
)
from reps.domain.files.spelling import one_spelling
from reps.domain.files.stands import USUAL, Objection, Stand, TeamTree
from reps.domain.files.team_tree import team_tree
from reps.imports import people_told
from reps.imports.answers import Answers
from reps.imports.column_questions import order_of
from reps.imports.file_kind import NAMED, BroughtIn, Progress, Scope, Verdict
from reps.imports.known_people import Change, KnownPeople
from reps.imports.look_at_file import FileLook
from reps.imports.place_people import PeoplePlacing, Placing, join_halves
from reps.imports.place_teams import Teams
from reps.imports.who_is_who import (
    NOBODY,
    Somebody,
    address_of,
    everybody,
    people_of,
)
from reps.models import Rep, Team, User

DAYS = (Fact.JOINED_ON, Fact.LEFT_ON)
PLACES = {Fact.TEAM, Fact.MANAGER, Fact.MANAGER_EMAIL}


def matching_of(look: FileLook, answers: Answers, scope: Scope) -> PeopleMatching:
    orders = {
        fact: order_of(look, answers, place)
        for fact, place in look.columns.items()
        if fact in DAYS
    }
    return PeopleMatching(look.columns, orders, scope.today)


def good_rows(
    look: FileLook, answers: Answers, scope: Scope, complaints: list[Complaint]
) -> list[PersonRow]:
    """What can be read, but for addresses that belong to somebody elsewhere."""
    matching = matching_of(look, answers, scope)
    rows = list(read_people(look.rows(complaints), matching, complaints))
    addresses = {
        email for row in rows for email in (row.who.email, row.manager.email) if email
    }
    elsewhere = User.objects.exclude(organization=scope.organization)
    emails = elsewhere.alias(small=Lower("email")).filter(small__in=addresses)
    taken = {email.lower() for email in emails.values_list("email", flat=True)}
    good = []
    for row in rows:
        bad = [
            Complaint(row.row, matching.column(fact), NoPerson.CANNOT_BE_USED, email)
            for fact, email in (
                (Fact.EMAIL, row.who.email),
                (Fact.MANAGER_EMAIL, row.manager.email),
            )
            if email in taken
        ]
        complaints += bad
        if not bad:
            good.append(row)
    return good


class PeopleFile:
    """One file on its way in. What is wrong with a row takes it off `rows`."""

    def __init__(self, look: FileLook, answers: Answers, scope: Scope):
        self.scope = scope
        self.came = BroughtIn(columns=people_told.columns())
        self.matching = matching_of(look, answers, scope)
        self.rows = good_rows(look, answers, scope, self.came.complaints)
        self.ours = people_of(scope.organization)
        self.known = KnownPeople(scope, answers, self.matching)
        self.teams = Teams(scope.organization, self.ours)
        self.writer = PeoplePlacing(scope)
        self.who = everybody(self.rows, self.ours, answers)
        self._object(self.who.objections)
        said = self.who.rows
        self.left_out = [row for row in self.rows if said.get(row.row) == NOBODY]
        self.rows = [row for row in self.rows if said.get(row.row) != NOBODY]

    def bring_in(self, progress: Progress[Placing]) -> BroughtIn:
        join_halves([self._person(row) for row in self.people], self.ours)
        changes = self._changes()
        tree = self._tree()
        placings = [
            Placing(
                row, self._person(row), changes[row.row], tree.places.get(row.row, "")
            )
            for row in self._one_each()
        ]
        self._weigh_places(placings, tree)
        made = self._write(placings)
        for one in progress(placings):
            self.writer.keep(one, self.teams.ours)
        self._tell(placings, tree, made)
        return self.came

    @property
    def people(self) -> list[PersonRow]:
        """The rows of somebody; the others are of a team."""
        return [row for row in self.rows if row.who.name]

    def _person(self, row: PersonRow) -> Somebody:
        return self.who.people[self.who.rows[row.row]]

    def _one_each(self) -> list[PersonRow]:
        """Of a person's rows the one that may say they sell."""
        rows: dict[str, PersonRow] = {}
        for row in sorted(self.people, key=lambda row: (row.sells is False, row.row)):
            rows.setdefault(self.who.rows[row.row], row)
        return sorted(rows.values(), key=lambda row: row.row)

    def _object(self, objections: Iterable[Objection]):
        bad = set()
        for one in objections:
            fact = one.fact
            if fact == Fact.NAME and fact not in self.matching.columns:
                fact = Fact.LAST_NAME
            column = self.matching.column(fact)
            self.came.complaints.append(Complaint(one.row, column, one.why, one.value))
            bad.add(one.row)
        self.rows = [row for row in self.rows if row.row not in bad]

    def _changes(self) -> dict[int, Change]:
        """What each row changes about somebody, apart from their team."""
        changes, objections = {}, []
        for row in self.people:
            person = self._person(row)
            email = self.who.emails.get(person.key, "")
            change = self.known.change_of(row, person, email)
            changes[row.row] = change
            if objection := self.known.objection_to(row, person, change):
                objections.append(objection)
        self._object(objections)
        return changes

    def _tree(self) -> TeamTree:
        stands = [
            Stand(
                row.row,
                self.who.rows.get(row.row, ""),
                row.team,
                row.above,
                self.who.managers.get(row.manager, ""),
                row.sells,
            )
            for row in self.rows
        ]
        tree, objections = team_tree(
            stands,
            self.teams.facts,
            self._team_of,
            names_places=bool(PLACES & self.matching.columns.keys()),
        )
        managers = {stand.row: stand.manager for stand in stands}
        self._object(
            replace(one, value=self.who.people[managers[one.row]].name)
            if one.why == NoPerson.TEAM_UNCLEAR
            else one
            for one in objections
        )
        return tree

    def _team_of(self, manager: str) -> str:
        name = self.who.people[manager].name
        return (_("Team %(manager)s") % {"manager": name})[:LABEL]

    def _weigh_places(self, placings: Iterable[Placing], tree: TeamTree):
        """Who is elsewhere than the file says, and what stays of that and the rest."""
        first_rows: dict[str, int] = {}
        for row in self.rows:
            named = (row.team, row.above)
            for spelling in {*map(one_spelling, named), tree.places.get(row.row, "")}:
                first_rows.setdefault(spelling, row.row)
        people = self.who.people
        self.teams.plan(tree, people, first_rows, self.known.takes, self.came)
        for one in placings:
            rep = one.person.rep
            if rep is None and not one.place:
                one.change.forget_selling()
            elif rep and one.place not in {"", USUAL, one_spelling(rep.team.name)}:
                name = tree.teams[one.place].name
                self.known.move(one.change, one.row, one.person, name)
            for kept in one.change.kept:
                self.came.keep_ours(kept)

    def _write(self, placings: Sequence[Placing]) -> list[Team]:
        """Users first, for they run teams, and teams, for reps are in them."""
        managers = [self.who.people[key] for key in self.teams.managers.values()]
        self.writer.give_users(placings, managers, self.who.emails)
        users = {one.key: one.user for one in managers if one.user}
        made = self.teams.keep(users)
        self.writer.add_reps(placings, self.teams.ours)
        self.came.made = {
            "user": [user.pk for user in self.writer.users],
            "rep": [rep.pk for rep in self.writer.reps],
            "team": [team.pk for team in made],
        }
        return made

    def _tell(self, placings: Sequence[Placing], tree: TeamTree, made: Sequence[Team]):
        came, teams = self.came, self.teams.ours.values()
        of_teams = [
            (row.row, self.teams.verdict(spelling), self.teams.ours[spelling])
            for row in self.rows
            if not row.who.name and (spelling := one_spelling(row.team))
        ]
        verdicts = Counter(verdict for _row, verdict, _team in of_teams)
        verdicts.update(one.verdict for one in placings)
        came.added = verdicts[Verdict.NEW]
        came.changed = verdicts[Verdict.CHANGED]
        came.same = len(self.rows) - came.added - came.changed
        for row in self.left_out:
            came.leave_out(row.row, row.who.name, _("left out, as you said"))
        came.shown = people_told.shown(placings, self.left_out, of_teams, teams)
        came.said = list(self._said(placings, tree, made))
        spoken_of = {one.person.rep for one in placings}
        absent = [
            one.name
            for one in self.ours
            if one.rep and one.rep not in spoken_of and self._sells(one.rep)
        ]
        came.absent_count, came.absent = len(absent), absent[:NAMED]

    def _sells(self, rep: Rep) -> bool:
        return rep.left_on is None or rep.left_on >= self.scope.today

    def _said(
        self, placings: Sequence[Placing], tree: TeamTree, made: Sequence[Team]
    ) -> Iterable[str]:
        """What comes along with the rows."""
        with_row = {one.person.user for one in placings}
        not_selling = {
            row.row: row.who.name for row in self.people if not self._person(row).rep
        }
        new = [one.person.user for one in placings if one.was_new]
        left = [
            one.person.name
            for one in placings
            if Fact.LEFT_ON in one.change.facts
            and one.person.user
            and address_of(one.person.user)
            and one.person.user.is_active
            and one.person.rep
            and not self._sells(one.person.rep)
        ]
        yield from people_told.teams_added(made)
        yield from people_told.teams_changed(self.teams.changed())
        yield from people_told.offices(tree.offices)
        yield from people_told.managers_added(
            [user.name for user in self.writer.users if user not in with_row]
        )
        yield from people_told.only_managers(
            [not_selling[row] for row in tree.only_run if row in not_selling]
        )
        yield from people_told.may_be_invited(
            sum(bool(user.email) and user.is_active for user in new)
        )
        yield from people_told.left_and_may_sign_in(left)

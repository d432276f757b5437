"""Who the people of a file are: its rows and their managers, matched to ours.

By e-mail, and then by name in whatever order, case and accents. A manager may be
somebody of the file, wherever their own row stands.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from reps.domain.files.fields import Fact
from reps.domain.files.people_rows import NoPerson, PersonRow
from reps.domain.files.questions import REP, Asks, WordMatch
from reps.domain.files.stands import Objection
from reps.domain.files.values import How, Match, Owner, Person, match_owners, name_keys
from reps.imports.answers import Answers
from reps.models import Organization, Rep, User

USER, NEW, NOBODY = "user:", "new", ""  # "new", or before an id or word, in an answer


@dataclass(slots=True, eq=False)
class Somebody:
    """A person of ours by whatever we have of them; of somebody new neither."""

    key: str
    name: str
    email: str = ""
    rep: Rep | None = None
    user: User | None = None

    @property
    def is_new(self) -> bool:
        return self.rep is None and self.user is None


@dataclass(slots=True)
class Everybody:
    """Those a file speaks of, by key, with the addresses that it gives them.

    `rows` are keys by the rows' numbers, "" where one is left out; `managers` are by
    what stands in the file. `matches` are what a person had to say, or has to.
    """

    people: dict[str, Somebody] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)
    managers: dict[Owner, str] = field(default_factory=dict)
    matches: list[WordMatch] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)


def people_of(tenant: Organization) -> list[Somebody]:
    """Everybody here: those who sell or sold, and those who only sign in."""
    reps = tenant.reps.select_related("user").order_by("name", "pk")
    people = [
        Somebody(f"{REP}{rep.pk}", rep.name, address_of(rep.user), rep, rep.user)
        for rep in reps
    ]
    others = tenant.people.filter(rep=None).order_by("name", "pk")
    return people + [
        Somebody(f"{USER}{user.pk}", user.name, address_of(user), user=user)
        for user in others
    ]


def address_of(user: User | None) -> str:
    return (user.email or "").lower() if user else ""


def person_choices(people: Iterable[Somebody]) -> list[tuple[str, str]]:
    """Ours, somebody new, and nobody."""
    return [
        *((one.key, word_of(Owner(one.name, one.email))) for one in people),
        (NEW, _("Somebody new")),
        (NOBODY, _("Leave these rows out")),
    ]


def word_of(owner: Owner) -> str:
    """What a person is asked about: with the address, for two may have one name."""
    return f"{owner.name} ({owner.email})" if owner.email else owner.name


def everybody(
    rows: Sequence[PersonRow], ours: Sequence[Somebody], answers: Answers
) -> Everybody:
    """Who they all are, as far as it is told: whoever has to be asked about is new."""
    found = Everybody()
    people = _told_apart([row for row in rows if row.who.name], found)
    of_teams = [row for row in rows if not row.who.name]
    matching = _Matching(found, ours, answers)
    matching.match_rows(people)
    matching.match_managers([*people, *of_teams])
    return found


def _told_apart(rows: Sequence[PersonRow], found: Everybody) -> list[PersonRow]:
    """One row each; and further ones that say no more than which teams they run."""
    by_email: dict[str, PersonRow] = {}
    by_name: dict[str, list[PersonRow]] = defaultdict(list)
    for row in rows:
        for name in name_keys(row.who.name):
            by_name[name].append(row)
    good = []
    for row in rows:
        objection, column = None, Fact.NAME
        if row.who.email:
            if row.sells is not False:
                first = by_email.setdefault(row.who.email, row)
                if first is not row:
                    objection, column = (NoPerson.TWICE, str(first.row)), Fact.EMAIL
        elif namesakes := _namesakes(row, by_name):
            objection = NoPerson.NAMESAKE, str(min(one.row for one in namesakes))
        if objection:
            found.objections.append(Objection(row.row, column, *objection))
        else:
            good.append(row)
    return good


def _namesakes(
    row: PersonRow, by_name: Mapping[str, Sequence[PersonRow]]
) -> list[PersonRow]:
    """Other rows of this name that no address tells apart from it."""
    others = [
        other
        for name in name_keys(row.who.name)
        for other in by_name[name]
        if other is not row
    ]
    told_apart = [other for other in others if other.who.email]
    if told_apart or row.sells is False:
        return told_apart
    return [other for other in others if other.sells is not False]


class _Matching:
    def __init__(
        self, found: Everybody, ours: Sequence[Somebody], answers: Answers
    ) -> None:
        self.found = found
        self.ours = {one.key: one for one in ours}
        self.persons = [
            Person(place, one.name, one.email) for place, one in enumerate(ours)
        ]
        self.keys = [one.key for one in ours]
        self.answers = answers
        self.by_email: dict[str, str] = {}
        self.by_name: dict[str, set[str]] = defaultdict(set)
        self.with_email: set[str] = set()

    def match_rows(self, rows: Sequence[PersonRow]) -> None:
        said = self._said(Counter(row.who for row in rows), apart=True)
        taken: dict[str, PersonRow] = {}
        for row in rows:
            key = self._key(row.who, said[row.who])
            if self._is_taken(key, row, taken):
                continue
            self.found.rows[row.row] = key
            if key:
                self._speak_of(row.who, key)

    def _is_taken(self, key: str, row: PersonRow, taken: dict[str, PersonRow]) -> bool:
        """Whether it is another one's row who is the same one of ours."""
        first = taken.setdefault(key, row)
        told_same = row.who.email and row.who.email == first.who.email
        if not key or told_same or first.who == row.who:
            return False
        objection = Objection(row.row, Fact.NAME, NoPerson.TWICE, str(first.row))
        self.found.objections.append(objection)
        return True

    def match_managers(self, rows: Sequence[PersonRow]) -> None:
        """Those with an address first: whoever is only named may be one of them."""
        named: dict[Owner, list[PersonRow]] = defaultdict(list)
        for row in rows:
            if row.manager.name or row.manager.email:
                named[row.manager].append(row)
        owners = sorted(named, key=lambda one: (one.name, one.email))
        for has_email in (True, False):
            strangers: Counter[Owner] = Counter()
            for owner in owners:
                if bool(owner.email) != has_email:
                    continue
                keys = self._of_the_file(owner)
                if len(keys) > 1:
                    self.found.managers[owner] = NOBODY
                    self._object_to(owner, named[owner])
                elif keys:
                    self._manage(owner, keys.pop())
                else:
                    strangers[owner] = len(named[owner])
            for owner, said in self._said(strangers).items():
                self._manage(owner, self._key(owner, said))

    def _object_to(self, owner: Owner, rows: Iterable[PersonRow]) -> None:
        self.found.objections += [
            Objection(row.row, Fact.MANAGER, NoPerson.MANAGER_UNCLEAR, owner.name)
            for row in rows
        ]

    def _manage(self, owner: Owner, key: str) -> None:
        self.found.managers[owner] = key
        if key:
            self._speak_of(owner, key)

    def _of_the_file(self, owner: Owner) -> set[str]:
        """Whoever in the file this is, by address or else by name."""
        if owner.email in self.by_email:
            return {self.by_email[owner.email]}
        keys = {key for name in name_keys(owner.name) for key in self.by_name[name]}
        if owner.email:
            keys -= self.with_email
        return keys

    def _said(
        self, owners: Mapping[Owner, int], *, apart: bool = False
    ) -> dict[Owner, str]:
        """The key of each that is one of ours, or "new", or "" for nobody.

        `apart`: no two of these are the same person, whatever they are called. So
        whoever is one of them by their address is none of the others.
        """
        matches = match_owners(owners, self.persons)
        sure = Counter(match.ours[0] for match in matches if match.is_settled)
        by_address = {match.ours[0] for match in matches if match.how == How.BY_EMAIL}
        said = {}
        for match in matches:
            taken = by_address if apart and match.how != How.BY_EMAIL else ()
            fits = tuple(self.keys[one] for one in match.ours if one not in taken)
            is_told = not apart or match.how == How.BY_EMAIL
            settled = match.is_settled and (is_told or sure[match.ours[0]] == 1)
            said[match.theirs] = self._answer(match, fits, settled=settled or not fits)
        return said

    def _answer(
        self, match: Match[Owner, int], fits: tuple[str, ...], *, settled: bool
    ) -> str:
        if settled:
            return fits[0] if fits else NEW
        word = word_of(match.theirs)
        answer = self.answers.owners.get(word)
        if answer not in {*self.ours, NEW, NOBODY}:
            answer = None
        self.found.matches.append(
            WordMatch(Asks.OWNER, word, match.rows, fits, False, answer)
        )
        return NEW if answer is None else answer

    def _key(self, owner: Owner, said: str) -> str:
        if said != NEW:
            return said
        name = " ".join(sorted(name_keys(owner.name)))
        return f"{NEW}:{owner.email or name or owner.name}"

    def _speak_of(self, owner: Owner, key: str) -> None:
        person = self.found.people.get(key)
        if person is None:
            person = self.ours.get(key) or Somebody(key, owner.name or owner.email)
            self.found.people[key] = person
        if owner.email:
            self.found.emails.setdefault(key, owner.email)
        if person.is_new and not person.email:
            person.email = owner.email
        if person.is_new and person.name == person.email and owner.name:
            person.name = owner.name
        for email in {owner.email, person.email} - {""}:
            self.by_email[email] = key
            self.with_email.add(key)
        for name in name_keys(owner.name):
            self.by_name[name].add(key)

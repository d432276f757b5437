"""Whose the rows of a file are: its owners matched to our reps, and who is new."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from reps.domain.csv_table import key
from reps.domain.files.questions import REP, TEAM, Asked, Asks, WordMatch
from reps.domain.files.values import AN_EMAIL, Match, Owner, Person, match_owners
from reps.imports.answers import Answers
from reps.imports.file_kind import Scope
from reps.imports.look_at_file import FileLook
from reps.models import Organization, Rep, Segment, Team


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody a file knows and we do not. No team: the only one, or one for them."""

    name: str
    email: str = ""
    team: int | None = None


@dataclass(slots=True)
class Sellers:
    """Under which key each owner is known here: "" for whoever is left out.

    A rep's key is `rep:7`, since two may have one name. So may newcomers, whose keys
    are those of `newcomers`.
    """

    keys: dict[Owner, str] = field(default_factory=dict)
    newcomers: dict[str, Newcomer] = field(default_factory=dict)


def word_of(owner: Owner) -> str:
    """What a person is asked about: their name there, and else their e-mail."""
    return owner.name or owner.email


def owner_matches(
    look: FileLook,
    answers: Answers,
    reps: Sequence[Rep],
    teams: Collection[int] | None = None,
) -> list[tuple[Owner, WordMatch]]:
    """Each owner of the file, and who of these that is. A row of nobody's is none.

    Whoever is new may come to one of the `teams`, or to any where none are given. Two
    of one name in the file are asked about by their addresses.
    """
    people = [Person(rep.pk, rep.name, address_of(rep)) for rep in reps]
    known = _Known(people, teams)
    namesakes = _namesakes(look.owners)
    matches = []
    for match in match_owners(look.owners, people):
        owner = match.theirs
        word = owner.email if owner in namesakes else word_of(owner)
        if word:
            said = answers.owners.get(word)
            matches.append((owner, _word_match(word, said, match, known)))
    return matches


def owner_matches_for(
    look: FileLook, answers: Answers, scope: Scope, reps: Sequence[Rep]
) -> list[tuple[Owner, WordMatch]]:
    """The same; whoever is new may come to the teams of whom it is read for."""
    teams = scope.teams
    if teams is None:
        teams = set(scope.organization.teams.values_list("pk", flat=True))
    return owner_matches(look, answers, reps, teams)


def _namesakes(owners: Iterable[Owner]) -> set[Owner]:
    """Those of one name who have different addresses."""
    by_name = defaultdict(set)
    for owner in owners:
        if owner.name and owner.email:
            by_name[key(owner.name)].add(owner)
    return {
        owner
        for several in by_name.values()
        if len({key(owner.email) for owner in several}) > 1
        for owner in several
    }


class _Known:
    """Who is here, and the teams for somebody new, as an answer may name them."""

    def __init__(self, people: Iterable[Person], teams: Collection[int] | None):
        self.teams = teams
        self.everybody = tuple(f"{REP}{person.id}" for person in people)
        self.by_word = defaultdict(list)
        for person in people:
            for word in {key(person.name), key(person.email)} - {""}:
                self.by_word[word].append(f"{REP}{person.id}")

    def has(self, number: str) -> bool:
        """Whether this is the number of somebody here, or of such a team."""
        if number.startswith(REP):
            return number in self.everybody
        team = number.removeprefix(TEAM)
        return team.isdecimal() and (self.teams is None or int(team) in self.teams)


def _word_match(
    word: str, said: str | None, match: Match[Owner, int], known: _Known
) -> WordMatch:
    fits = tuple(f"{REP}{one}" for one in match.ours)
    if said and said.startswith(TEAM) and match.is_settled:
        said = None  # they were new when that was said, and are known by now
    if said and said.startswith((REP, TEAM)):
        if not known.has(said):  # not here any more: it is asked once more
            said, fits = None, fits or known.everybody
    elif said:
        meant = known.by_word.get(key(said), [])
        if len(meant) > 1:  # and so it is, with what tells them apart
            said, fits = None, tuple(meant)
        elif meant:
            said = meant[0]
    return WordMatch(Asks.OWNER, word, match.rows, fits, match.is_settled, said)


def sellers_of(
    matches: Iterable[tuple[Owner, WordMatch]], asked: list[Asked], reps: Sequence[Rep]
) -> Sellers:
    """Who sells each row. Whoever nobody knows is new; who may be two of ours is asked.

    An answer that is nobody's name here is the name of somebody new.
    """
    told = {f"{REP}{rep.pk}": _with_address(rep) for rep in reps}
    sellers = Sellers()
    for owner, match in matches:
        answer = match.answer
        if answer is None and match.fits:
            fits = tuple(told[one] for one in match.fits)
            asked.append(Asked(Asks.OWNER, match.theirs, fits, match.rows))
        elif answer == "" or answer in told:
            sellers.keys[owner] = answer
        else:
            newcomer = _newcomer(owner, answer or "")
            sellers.keys[owner] = _key_of(newcomer, sellers.newcomers)
    return sellers


def leave_out_strangers(
    sellers: Sellers, reps: Iterable[Rep], teams: Collection[int]
) -> set[str]:
    """Leave out whoever sells in none of these teams; answers with their words there.

    Of somebody new it is the team that was said.
    """
    own = {f"{REP}{rep.pk}" for rep in reps if rep.team_id in teams}
    own |= {name for name, one in sellers.newcomers.items() if one.team in teams}
    strangers = [one for one, known in sellers.keys.items() if known not in {"", *own}]
    sellers.keys |= dict.fromkeys(strangers, "")
    return set(map(word_of, strangers))


def _key_of(newcomer: Newcomer, newcomers: dict[str, Newcomer]) -> str:
    """By name; and by address where two of one name have two of them."""
    name = key(newcomer.name)
    known = newcomers.setdefault(name, newcomer)
    if newcomer.email and known.email and newcomer.email != known.email:
        name = f"{name} {newcomer.email}"
        newcomers.setdefault(name, newcomer)
    return name


def _newcomer(owner: Owner, answer: str) -> Newcomer:
    found = AN_EMAIL.search(f"{owner.email} {owner.name}")
    email = found[0].lower() if found else ""
    if answer.startswith(TEAM):
        return Newcomer(word_of(owner), email, int(answer.removeprefix(TEAM)))
    return Newcomer(answer or word_of(owner), email)


def add_reps(tenant: Organization, newcomers: Mapping[str, Newcomer]) -> dict[str, Rep]:
    """Reps without a login by their keys, in the team that was said.

    Where none was: in the only one there is, or in one of their own until somebody says
    which.
    """
    if not newcomers:
        return {}
    segment = Segment.objects.default_of(tenant)
    teams = {team.pk: team for team in tenant.teams.all()}
    usual = None
    if any(one.team not in teams for one in newcomers.values()):
        usual = usual_team(tenant, list(teams.values()))
    added = Rep.objects.bulk_create(
        Rep(
            organization=tenant,
            name=newcomer.name,
            team=teams.get(newcomer.team) or usual,
            segment=segment,
        )
        for newcomer in newcomers.values()
    )
    return dict(zip(newcomers, added, strict=True))


def reps_of(tenant: Organization) -> list[Rep]:
    """Everybody who sells or sold here, with whatever address they have."""
    return list(tenant.reps.select_related("user").order_by("name", "pk"))


def owner_choices(scope: Scope) -> list[tuple[str, str]]:
    """Our reps, somebody new in a team, and nobody: as far as this person may say."""
    reps = reps_of(scope.organization)
    teams = scope.organization.teams.order_by("name")
    if scope.teams is not None:
        reps = [rep for rep in reps if rep.team_id in scope.teams]
        teams = teams.filter(pk__in=scope.teams)
    words = gettext("New rep in %(team)s")
    return [
        *((f"{REP}{rep.pk}", _with_address(rep)) for rep in reps),
        *((f"{TEAM}{team.pk}", words % {"team": team.name}) for team in teams),
        ("", gettext("Leave these rows out")),
    ]


def usual_team(tenant: Organization, teams: Sequence[Team]) -> Team:
    """Where newcomers sell of whom no team is said."""
    if len(teams) == 1:
        return teams[0]
    name = gettext("New from a file")
    team, _made = Team.objects.get_or_create(organization=tenant, name=name)
    return team


def address_of(rep: Rep) -> str:
    return (rep.user and rep.user.email) or ""


def _with_address(rep: Rep) -> str:
    return f"{rep.name} ({address_of(rep)})".replace(" ()", "")

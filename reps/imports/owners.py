"""Whose the rows of a file are: its owners matched to our reps, and who is new."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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

    A rep's key is `rep:7`, since two may have one name; a newcomer's is the name.
    """

    keys: dict[Owner, str] = field(default_factory=dict)
    newcomers: dict[str, Newcomer] = field(default_factory=dict)


def word_of(owner: Owner) -> str:
    """What a person is asked about: their name there, and else their e-mail."""
    return owner.name or owner.email


def owner_matches(
    look: FileLook, answers: Answers, reps: Sequence[Rep]
) -> list[tuple[Owner, WordMatch]]:
    """Each owner of the file, and who of these that is. A row of nobody's is none."""
    people = [Person(rep.pk, rep.name, address_of(rep)) for rep in reps]
    known = _answers_known(people)
    return [
        (match.theirs, _word_match(match, answers, known))
        for match in match_owners(look.owners, people)
        if word_of(match.theirs)
    ]


def _answers_known(people: Iterable[Person]) -> dict[str, list[str]]:
    """The reps that a name or an address in an answer may mean."""
    known = defaultdict(list)
    for person in people:
        for word in {key(person.name), key(person.email)} - {""}:
            known[word].append(f"{REP}{person.id}")
    return known


def _word_match(
    match: Match[Owner, int], answers: Answers, known: Mapping[str, list[str]]
) -> WordMatch:
    owner, fits = match.theirs, tuple(f"{REP}{one}" for one in match.ours)
    said = answers.owners.get(word_of(owner))
    if said and said.startswith(TEAM) and match.is_settled:
        said = None  # they were new when that was said, and are known by now
    if said and not said.startswith((REP, TEAM)):
        meant = known.get(key(said), [])
        if len(meant) > 1:  # it is asked once more, with what tells them apart
            said, fits = None, tuple(meant)
        elif meant:
            said = meant[0]
    return WordMatch(
        Asks.OWNER, word_of(owner), match.rows, fits, match.is_settled, said
    )


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
            name = key(newcomer.name)
            sellers.keys[owner] = sellers.newcomers.setdefault(name, newcomer).name
    return sellers


def _newcomer(owner: Owner, answer: str) -> Newcomer:
    found = AN_EMAIL.search(f"{owner.email} {owner.name}")
    email = found[0].lower() if found else ""
    if answer.startswith(TEAM):
        return Newcomer(word_of(owner), email, int(answer.removeprefix(TEAM)))
    return Newcomer(answer or word_of(owner), email)


def add_reps(tenant: Organization, newcomers: Iterable[Newcomer]) -> list[Rep]:
    """Reps without a login, in the team that was said.

    Where none was: in the only one there is, or in one of their own until somebody says
    which.
    """
    newcomers = list(newcomers)
    if not newcomers:
        return []
    segment = Segment.objects.default_of(tenant)
    teams = {team.pk: team for team in tenant.teams.all()}
    usual = None
    if any(one.team not in teams for one in newcomers):
        usual = _usual_team(tenant, list(teams.values()))
    return Rep.objects.bulk_create(
        Rep(
            organization=tenant,
            name=newcomer.name,
            team=teams.get(newcomer.team) or usual,
            segment=segment,
        )
        for newcomer in newcomers
    )


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


def _usual_team(tenant: Organization, teams: Sequence[Team]) -> Team:
    if len(teams) == 1:
        return teams[0]
    name = gettext("New from a file")
    team, _made = Team.objects.get_or_create(organization=tenant, name=name)
    return team


def address_of(rep: Rep) -> str:
    return (rep.user and rep.user.email) or ""


def _with_address(rep: Rep) -> str:
    return f"{rep.name} ({address_of(rep)})".replace(" ()", "")

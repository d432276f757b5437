"""Files of people, brought in as a worker does, and what stands here afterwards."""

from reps.domain.files.fields import Kind
from reps.imports.answers import answers_from
from reps.imports.column_questions import column_questions
from reps.imports.file_kind import BroughtIn, Scope
from reps.imports.look_at_file import FileLook, look_at_file
from reps.imports.people_kind import PeopleKind
from reps.models import Rep, Team, User
from tests.factories.reps import NOON


def look_at(lines, answers, today) -> FileLook:
    written = "\n".join(lines).encode()
    return look_at_file(
        lambda: iter([written]), answers, kinds=[Kind.PEOPLE], today=today
    )


def bring_people(organization, *lines, by=None, at=NOON, **said) -> BroughtIn:
    """Where nothing is left to be asked."""
    answers, scope = answers_from(said), Scope(organization, at, by=by)
    look = look_at(lines, answers, scope.today)
    assert column_questions(look, answers, organization.currency) == []
    assert all(
        match.answer is not None for match in PeopleKind().matches(look, answers, scope)
    )
    return PeopleKind().bring_in(look, answers, scope, iter)


HEADER = (
    "Name,Email,Team,Team above,Manager,Manager email,Sells,Time zone,Joined on,Left on"
)


def exported(organization) -> list[str]:
    """Rows as a download of the people has them, below `HEADER`.

    One for each person; and one without a name for each team in which nobody sells.
    """
    reps = Rep.objects.filter(organization=organization).select_related("user")
    users = User.objects.filter(organization=organization, rep=None)
    idle = Team.objects.filter(organization=organization, reps=None)
    rows = [
        [rep.name, *_login(rep.user), *_team(rep.team), "yes", *_days(rep)]
        for rep in reps
    ]
    rows += [[user.name, *_login(user), "", "", "", "", "no", "", ""] for user in users]
    for row in rows:  # the zone stands further right than the address
        row.insert(7, row.pop(2))
    rows += [["", "", *_team(team), "", "", "", ""] for team in idle]
    return [",".join(row) for row in rows]


def _login(user) -> list[str]:
    return [(user and user.email) or "", (user and user.time_zone) or ""]


def _team(team) -> list[str]:
    above, manager = team.above, team.manager
    return [
        team.name,
        above.name if above else "",
        manager.name if manager else "",
        (manager and manager.email) or "",
    ]


def _days(rep) -> list[str]:
    return [str(day or "") for day in (rep.joined_on, rep.left_on)]


def everybody_in(organization) -> dict:
    """All there is to say of its people and teams, by names and addresses.

    Whether somebody without an address has a row as a user or not is all the same.
    """
    reps = Rep.objects.filter(organization=organization).select_related("user")
    users = User.objects.filter(organization=organization)
    teams = Team.objects.filter(organization=organization)
    people = [(user.name, user.email or "", user.time_zone) for user in users]
    people += [(rep.name, "", "") for rep in reps if rep.user is None]
    return {
        "people": sorted(people),
        "reps": sorted(
            (rep.name, _login(rep.user)[0], rep.team.name, *_days(rep)) for rep in reps
        ),
        "teams": sorted(
            (
                team.name,
                (team.manager and (team.manager.email or team.manager.name)) or "",
                team.above.name if team.above else "",
            )
            for team in teams
        ),
    }

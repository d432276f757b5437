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


def everybody_in(organization) -> dict:
    """All there is to say of its people and teams, by names and addresses."""
    return {
        "people": sorted(
            (user.name, user.email or "", user.time_zone)
            for user in User.objects.filter(organization=organization)
        ),
        "reps": sorted(
            (
                rep.name,
                (rep.user and rep.user.email) or "",
                rep.team.name,
                str(rep.joined_on or ""),
                str(rep.left_on or ""),
            )
            for rep in Rep.objects.filter(organization=organization)
        ),
        "teams": sorted(
            (
                team.name,
                (team.manager and (team.manager.email or team.manager.name)) or "",
                team.above.name if team.above else "",
            )
            for team in Team.objects.filter(organization=organization)
        ),
    }

"""The people and their teams, to take along: an import reads them again."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from reps.domain.name_order import name_order
from reps.models import Team
from reps.views.list_file import ListFile, list_file
from reps.views.people.people_list import PersonRow, group_people
from reps.views.set_up_rows import admins_organization

# As an import knows them again.
COLUMNS = [
    gettext_lazy("Name"),
    gettext_lazy("Email"),
    gettext_lazy("Team"),
    gettext_lazy("Team above"),
    gettext_lazy("Manager"),
    gettext_lazy("Manager email"),
    gettext_lazy("Time zone"),
    gettext_lazy("Joined on"),
    gettext_lazy("Left on"),
]


@require_safe
def people_file(request):
    """Everybody in the order of the page; who sells, with their team.

    A team in which nobody sells has a row without a name. Without a time zone it is the
    organization's.
    """
    user = request.user
    admins_organization(user)
    groups = group_people(user, user.local_date(timezone.now()))
    people = [row for group in groups for row in group.rows]
    listed = Team.objects.editable_by(user).select_related("above", "manager")
    teams = {team.pk: team for team in listed}
    lines = [_person(row, teams) for row in people]
    sold_in = {row.rep.team_id for row in people if row.rep}
    others = (team for team in teams.values() if team.pk not in sold_in)
    lines += [
        [None, None, *_team(team), None, None, None]
        for team in sorted(others, key=lambda team: name_order(team.name))
    ]
    return list_file(request, ListFile(_("people"), COLUMNS, lines, len(lines)))


def _person(row: PersonRow, teams: dict[int, Team]):
    rep = row.rep
    return [
        row.name,
        row.email,
        *_team(teams[rep.team_id] if rep else None),
        row.person.time_zone if row.person else None,
        rep and rep.joined_on,
        rep and rep.left_on,
    ]


def _team(team: Team | None):
    if team is None:
        return [None] * 4
    manager = team.manager
    return [
        team.name,
        team.above and team.above.name,
        manager and manager.name,
        manager and manager.email,
    ]

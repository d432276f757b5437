"""The people of an export: reps, their managers, and the teams between them.

Who is here already stays in the team where they are: an import adds people, it does not
move them. Nobody gets an address, so nobody it adds can sign in or be written to yet.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reps.domain.crm_export import Seller
from reps.domain.csv_table import key
from reps.models import Rep, Segment, Team, User


@dataclass(frozen=True, slots=True)
class People:
    """Reps by the key of their name, and how many rows it took to have them all."""

    reps: dict[str, Rep]
    reps_added: int
    teams_added: int


def reps_by_name(organization) -> tuple[dict[str, Rep], set[str]]:
    """The reps there are by the key of their name, and the keys two of them share."""
    reps = list(organization.reps.order_by("-pk"))
    counts = Counter(key(rep.name) for rep in reps)
    shared = {name for name, count in counts.items() if count > 1}
    return {key(rep.name): rep for rep in reps}, shared


def import_people(organization, sellers: Mapping[str, Seller]) -> People:
    """Add who is missing: one team per manager, below a team per regional office."""
    reps, _shared = reps_by_name(organization)
    newcomers = {name: who for name, who in sellers.items() if name not in reps}
    tree = _Tree(organization)
    segment = Segment.objects.default_of(organization)
    added = Rep.objects.bulk_create(
        Rep(
            organization=organization,
            name=who.name,
            team=tree.team_of(who),
            segment=segment,
        )
        for who in newcomers.values()
    )
    reps |= dict(zip(newcomers, added, strict=True))
    return People(reps, reps_added=len(added), teams_added=tree.added)


class _Tree:
    """The organization's teams and managers, growing where an export needs more."""

    def __init__(self, organization):
        self.organization = organization
        people = organization.people.order_by("-pk")
        self.people = {key(person.name): person for person in people}
        self.teams = {key(team.name): team for team in organization.teams.all()}
        self.added = 0

    def team_of(self, seller: Seller) -> Team:
        """The manager's team below that office, whatever it is called by now."""
        above = self._team(seller.office) if seller.office else None
        manager = self._manager(seller.manager)
        for team in self.teams.values():
            if (team.manager_id, team.above_id) == (manager.pk, above and above.pk):
                return team
        return self._team(
            _("Team %(manager)s") % {"manager": manager.name},
            manager=manager,
            above=above,
        )

    def _manager(self, name: str) -> User:
        if key(name) not in self.people:
            self.people[key(name)] = User.objects.create_user(
                None, name=name, organization=self.organization
            )
        return self.people[key(name)]

    def _team(self, name: str, **facts) -> Team:
        if key(name) not in self.teams:
            team = Team.objects.create(
                organization=self.organization, name=name, **facts
            )
            self.teams[key(name)] = team
            self.added += 1
        return self.teams[key(name)]

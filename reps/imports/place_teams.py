"""The teams that a file speaks of, made where they are missing.

Who runs a team and what is above it is filled in where nobody has said it here.
"""

from collections.abc import Callable, Iterable, Mapping

from reps.domain.files.fields import Fact
from reps.domain.files.spelling import one_spelling
from reps.domain.files.stands import USUAL, TeamFacts, TeamTree
from reps.forms.imports.fact_words import FACTS
from reps.imports.file_kind import BroughtIn, Kept, Verdict
from reps.imports.owners import usual_team
from reps.imports.who_is_who import Somebody
from reps.models import Organization, Team, User

NEITHER = TeamFacts("")


class Teams:
    """Ours and those to come, by the spelling of their names.

    `managers` and `aboves` are what is to be filled in or changed: the key of a person,
    the spelling of a team.
    """

    def __init__(self, tenant: Organization, people: Iterable[Somebody]):
        self.tenant = tenant
        teams = tenant.teams.select_related("manager", "above").order_by("name", "pk")
        self.ours = {one_spelling(team.name): team for team in teams}
        keys = {one.user.pk: one.key for one in people if one.user}
        self.facts = {
            spelling: TeamFacts(
                team.name,
                keys.get(team.manager_id, ""),
                one_spelling(team.above.name) if team.above else "",
            )
            for spelling, team in self.ours.items()
        }
        self.managers: dict[str, str] = {}
        self.aboves: dict[str, str] = {}

    def plan(
        self,
        tree: TeamTree,
        people: Mapping[str, Somebody],
        rows: Mapping[str, int],
        takes: Callable[[str], bool],
        came: BroughtIn,
    ):
        """What becomes of them; what stays is listed with one of the `rows` of it."""
        self.tree = tree
        for spelling, wanted in sorted(tree.teams.items()):
            ours, row = self.facts.get(spelling, NEITHER), rows.get(spelling, 0)
            if wanted.manager not in {"", ours.manager}:
                manager = self.ours[spelling].manager if ours.manager else None
                names = (str(manager), people[wanted.manager].name)
                if manager is None or self._is_taken(
                    spelling, Fact.MANAGER, row, names, takes, came
                ):
                    self.managers[spelling] = wanted.manager
            if wanted.above not in {"", ours.above}:
                names = (self._name(ours.above), self._name(wanted.above))
                if not ours.above or self._is_taken(
                    spelling, Fact.TEAM_ABOVE, row, names, takes, came
                ):
                    self._put_below(spelling, wanted.above)

    def _is_taken(self, spelling, fact: Fact, row: int, names, takes, came) -> bool:
        """Whether the file's is, of what people here have said otherwise."""
        team = self.ours[spelling]
        key = f"{fact}:team:{team.pk}"
        came.keep_ours(Kept(key, row, team.name, str(FACTS[fact]), *names))
        return takes(key)

    def _put_below(self, spelling: str, above: str):
        """Unless it would be above itself then, by what was taken before."""
        higher = above
        while higher and higher != spelling:
            higher = self.aboves.get(higher) or self._known_above(higher)
        if not higher:
            self.aboves[spelling] = above

    def _known_above(self, spelling: str) -> str:
        return self.facts.get(spelling, NEITHER).above

    def _name(self, spelling: str) -> str:
        known = self.facts.get(spelling) or self.tree.teams.get(spelling, NEITHER)
        return known.name

    def keep(self, users: Mapping[str, User]) -> list[Team]:
        """Make and change them; answers with the new. `users` are managers by key."""
        added = {
            spelling: Team(organization=self.tenant, name=facts.name)
            for spelling, facts in self.tree.teams.items()
            if spelling not in self.ours
        }
        teams = self.ours | added
        for spelling, key in self.managers.items():
            teams[spelling].manager = users[key]
        made = Team.objects.bulk_create(list(added.values()))
        for spelling, above in self.aboves.items():
            teams[spelling].above = teams[above]
        differing = self.aboves.keys() | (self.managers.keys() - added.keys())
        Team.objects.bulk_update(
            [teams[spelling] for spelling in sorted(differing)], ["manager", "above"]
        )
        if USUAL in self.tree.places.values():
            usual = usual_team(self.tenant, list(self.ours.values()))
            if usual not in self.ours.values():
                made.append(usual)
            teams[USUAL] = usual
        self.ours = teams
        return made

    def verdict(self, spelling: str) -> Verdict:
        """Of a row that is of a team alone."""
        if spelling not in self.facts:
            return Verdict.NEW
        is_changed = spelling in self.managers.keys() | self.aboves.keys()
        return Verdict.CHANGED if is_changed else Verdict.SAME

    def changed(self) -> list[str]:
        """The names of those that were here and have another manager or team above."""
        changed = (self.managers.keys() | self.aboves.keys()) & self.facts.keys()
        return [self.facts[spelling].name for spelling in sorted(changed)]

"""Teams out of what all rows of a file say together: who sells where, who runs what.

People and their managers are keys here, teams the spelling of their names. Nothing
hangs on the order of the rows.

- A team is run by the manager of its rows. Whoever runs a team does not sell, unless
  their row says so; and if they stand in their own team, their manager is no manager of
  it, but of the team above.
- A team of several managers is an office: each of them has a team below it.
- Without a team somebody is in the one their manager runs, which is made where there is
  none. So a file that says no more than who reports to whom makes a whole tree.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from reps.domain.files.fields import Fact
from reps.domain.files.people_rows import NoPerson
from reps.domain.files.spelling import one_spelling
from reps.domain.files.stands import USUAL, Objection, Stand, TeamFacts, TeamTree


def team_tree(
    stands: Iterable[Stand],
    ours: Mapping[str, TeamFacts],
    called: Callable[[str], str],
    *,
    names_places: bool = True,
) -> tuple[TeamTree, list[Objection]]:
    """The teams, and what cannot be: nothing that such a row says counts then.

    `called` is the name of a manager's team that has none. `names_places`: whether the
    file has a column of teams or managers at all.
    """
    stands = sorted(stands, key=lambda stand: stand.row)
    objections: list[Objection] = []
    while True:
        builder = _Builder(stands, ours, called, names_places)
        tree = builder.tree()
        if not builder.objections:
            return tree, objections
        objections += builder.objections
        bad = {objection.row for objection in builder.objections}
        stands = [stand for stand in stands if stand.row not in bad]


class _Builder:
    def __init__(
        self,
        stands: Sequence[Stand],
        ours: Mapping[str, TeamFacts],
        called: Callable[[str], str],
        names_places: bool,
    ) -> None:
        self.stands = stands
        self.by_row = {stand.row: stand for stand in stands}
        self.ours = ours
        self.called = called
        self.names_places = names_places
        self.objections: list[Objection] = []
        self.made = TeamTree()
        self.ours_run: dict[str, list[str]] = defaultdict(list)
        for spelling, team in ours.items():
            if team.manager:
                self.ours_run[team.manager].append(spelling)
        self.leaders = {one.manager for one in stands if one.manager != one.person}
        self.leaders |= self.ours_run.keys()
        self.runs: dict[str, list[str]] = defaultdict(list)
        self.heads: dict[tuple[str, str], str] = {}  # by a team's name, and a manager

    def tree(self) -> TeamTree:
        self._name_teams()
        self._name_heads()
        self._say_aboves()
        self._place()
        self._look_up()
        return self.made

    def _name_teams(self) -> None:
        """As they are named here, or else in most rows."""
        names = Counter(
            name for one in self.stands for name in (one.team, one.above) if name
        )
        for name in sorted(names, key=lambda name: (-names[name], name)):
            spelling = one_spelling(name)
            known = self.ours.get(spelling)
            facts = TeamFacts(known.name if known else name)
            self.made.teams.setdefault(spelling, facts)

    # Who runs what.

    def _name_heads(self) -> None:
        led: dict[str, set[str]] = defaultdict(set)
        for stand in self.stands:
            if stand.team and stand.manager not in {"", stand.person}:
                led[one_spelling(stand.team)].add(stand.manager)
        managers: dict[str, set[str]] = defaultdict(set)
        for stand in self.stands:
            team = one_spelling(stand.team)
            in_own = stand.person in led[team] and stand.manager != stand.person
            if stand.team and stand.manager and not in_own:
                managers[team].add(stand.manager)
        for team in sorted(managers):
            if len(managers[team]) > 1:
                self.made.offices.append(self.made.teams[team].name)
            for manager in sorted(managers[team]):
                head = self._head(team, manager, alone=len(managers[team]) == 1)
                self.heads[team, manager] = head
                if head not in self.runs[manager]:
                    self.runs[manager].append(head)

    def _head(self, team: str, manager: str, *, alone: bool) -> str:
        """The team that this manager runs under that name, or below it, or beside."""
        known = self.ours.get(team)
        running = self.ours_run.get(manager, ())
        if team in running:
            return team
        # Not below a team that somebody else runs here: they would read all of it.
        is_others = known is not None and known.manager != ""
        above = known.above if known and is_others and not alone else team
        below = [one for one in running if above and self.ours[one].above == above]
        if len(below) == 1:
            return self._speak_of(below[0])
        if alone:
            self.made.teams[team].manager = manager
            return team
        return self._make(manager, above)

    def _make(self, manager: str, above: str = "") -> str:
        """A team of this manager's own."""
        name = self.called(manager)
        spelling, number = one_spelling(name), 1
        while self._is_taken(spelling, manager):
            number += 1
            spelling = one_spelling(f"{name} {number}")
        if number > 1:
            name = f"{name} {number}"
        team = self.made.teams.setdefault(spelling, TeamFacts(name))
        team.manager = manager
        team.above = team.above or above
        return spelling

    def _is_taken(self, spelling: str, manager: str) -> bool:
        known = (self.ours.get(spelling), self.made.teams.get(spelling))
        return any(team and team.manager not in {"", manager} for team in known)

    def _speak_of(self, spelling: str) -> str:
        """A team that the file means, though it may not name it."""
        if ours := self.ours.get(spelling):
            team = self.made.teams.setdefault(spelling, TeamFacts(ours.name))
            team.manager = team.manager or ours.manager
        return spelling

    def _only_team_of(self, manager: str) -> str | None:
        """The one they run, which is made if need be; None where there are several."""
        running = self.runs.get(manager) or self.ours_run.get(manager) or []
        if len(running) > 1:
            return None
        if running:
            return self._speak_of(running[0])
        self.runs[manager].append(self._make(manager))
        return self.runs[manager][0]

    # What is above what.

    def _say_aboves(self) -> None:
        """What most rows say; nothing where as many say otherwise."""
        said: dict[str, Counter[str]] = defaultdict(Counter)
        for stand in self.stands:
            if stand.team and stand.above:
                said[one_spelling(stand.team)][one_spelling(stand.above)] += 1
        for team, aboves in said.items():
            (above, most), *others = aboves.most_common(2)
            if others and others[0][1] == most:
                above = ""
            elif not self.made.teams[team].above:
                self.made.teams[team].above = above
            self._object_to_others(team, above)
        looping = {team for team in said if self._is_in_a_loop(team)}
        for stand in self.stands:
            if stand.above and one_spelling(stand.team) in looping:
                self._object(stand, NoPerson.IN_A_LOOP, stand.team)

    def _object_to_others(self, team: str, above: str) -> None:
        for stand in self.stands:
            is_of_it = stand.above and one_spelling(stand.team) == team
            if is_of_it and one_spelling(stand.above) != above:
                name = self.made.teams[above].name if above else ""
                self._object(stand, NoPerson.TWO_ABOVE, name)

    def _above(self, team: str) -> str:
        """As it is here, or else as the file has it."""
        ours, made = self.ours.get(team), self.made.teams.get(team)
        return (ours.above if ours else "") or (made.above if made else "")

    def _is_in_a_loop(self, team: str) -> bool:
        seen, above = {team}, self._above(team)
        while above and above not in seen:
            seen.add(above)
            above = self._above(above)
        return above == team

    # Where everybody stands.

    def _place(self) -> None:
        for stand in self.stands:
            sells = self._sells(stand)
            if not sells:
                if stand.person and stand.team and stand.sells is None:
                    self.made.only_run.append(stand.row)
            elif place := self._place_of(stand):
                self.made.places[stand.row] = place

    def _sells(self, stand: Stand) -> bool:
        if not stand.person:
            return False
        if stand.sells is not None:
            return stand.sells
        is_said = stand.team or stand.manager or not self.names_places
        return bool(is_said) and stand.person not in self.leaders

    def _place_of(self, stand: Stand) -> str:
        team = one_spelling(stand.team)
        if team:
            own = self.heads.get((team, stand.person), team)
            return self.heads.get((team, stand.manager), own)
        if stand.manager:
            place = self._only_team_of(stand.manager)
            if place is None:
                self._object(stand, NoPerson.TEAM_UNCLEAR, fact=Fact.MANAGER)
            return place or ""
        if self.names_places:
            self._object(stand, NoPerson.EMPTY, Fact.TEAM, fact=Fact.TEAM)
            return ""
        return USUAL

    def _look_up(self) -> None:
        """Whom those report to who run a team: to whoever runs the team above it."""
        above: dict[str, set[str]] = defaultdict(set)
        runs: dict[str, set[str]] = defaultdict(set)
        seen: set[tuple[int, str]] = set()
        while reporting := self._reporting() - seen:
            seen |= reporting
            for row, team in sorted(reporting):
                stand = self.by_row[row]
                named = one_spelling(stand.team)
                if higher := self._above(team):
                    runs[higher].add(stand.manager)
                elif named and named != team:
                    above[team].add(self.heads.get((named, stand.manager), named))
                elif (own := self._only_team_of(stand.manager)) is not None:
                    above[team].add(own)
        for team in sorted(above):
            if len(above[team]) == 1:
                self._put_below(team, *above[team])
        for team in sorted(runs):
            if len(runs[team]) == 1:
                self._have_run(team, *runs[team])

    def _reporting(self) -> set[tuple[int, str]]:
        """The rows of those who run a team and do not sell, each with such a team."""
        return {
            (stand.row, team)
            for stand in self.stands
            if stand.manager not in {"", stand.person} and not self._sells(stand)
            for team in self.runs.get(stand.person) or self.ours_run[stand.person]
        }

    def _put_below(self, team: str, above: str) -> None:
        """Unless it would be above itself then."""
        facts = self.made.teams[self._speak_of(team)]
        facts.above = above
        if self._is_in_a_loop(team):
            facts.above = ""

    def _have_run(self, team: str, manager: str) -> None:
        """By whom it is, where nobody says otherwise."""
        facts = self.made.teams[self._speak_of(team)]
        facts.manager = facts.manager or manager

    def _object(
        self,
        stand: Stand,
        why: StrEnum,
        value: str = "",
        *,
        fact: Fact = Fact.TEAM_ABOVE,
    ) -> None:
        self.objections.append(Objection(stand.row, fact, why, value))

"""Everybody of an organization, by team: those who sign in, and reps who do not yet."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reps.domain.name_order import name_order
from reps.models import Rep, User


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`person` is None for a rep nobody signs in as, `rep` for who does not sell."""

    person: User | None
    rep: Rep | None
    runs: list[str]  # the names of their teams

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.rep.name

    @property
    def email(self) -> str | None:
        return self.person.email if self.person else None

    @property
    def may_not_sign_in(self) -> bool:
        return self.person is not None and not self.person.is_active

    @property
    def has_signed_in(self) -> bool:
        return self.person is not None and self.person.last_login is not None

    @property
    def invited_at(self) -> datetime | None:
        return self.person.invited_at if self.person else None

    @property
    def can_be_invited(self) -> bool:
        return bool(self.email) and self.person.is_active and not self.has_signed_in

    def has_left(self, today: date) -> bool:
        """Their last day of selling is over, or they neither sell nor may come in."""
        if self.rep:
            return self.rep.left_on is not None and self.rep.left_on < today
        return self.may_not_sign_in


@dataclass(slots=True)
class PeopleGroup:
    """A team, or those who are in none. `is_past` are those who have left."""

    name: str
    note: str = ""
    is_past: bool = False
    is_team: bool = False
    rows: list[PersonRow] = field(default_factory=list)


def group_people(user, today: date) -> list[PeopleGroup]:
    """Teams by name, then those who do not sell, then those who have left."""
    people = (
        User.objects.editable_by(user)
        .select_related("rep__team", "rep__segment")
        .prefetch_related("teams")
    )
    rows = [
        PersonRow(
            person=person,
            rep=getattr(person, "rep", None),
            runs=sorted((team.name for team in person.teams.all()), key=name_order),
        )
        for person in people
    ]
    unclaimed = Rep.objects.editable_by(user).filter(user=None)
    unclaimed = unclaimed.select_related("team", "segment")
    rows += [PersonRow(person=None, rep=rep, runs=[]) for rep in unclaimed]
    rows.sort(key=lambda row: name_order(row.name))

    teams: dict[int, PeopleGroup] = {}
    others = PeopleGroup(
        _("Not selling"), note=_("They run teams, or are admins or HR partners.")
    )
    left = PeopleGroup(_("Left"), note=_("Their history stays."), is_past=True)
    for row in rows:
        if row.has_left(today):
            left.rows.append(row)
        elif row.rep:
            team = row.rep.team
            teams.setdefault(team.pk, PeopleGroup(team.name, is_team=True)).rows.append(
                row
            )
        else:
            others.rows.append(row)
    for group in teams.values():
        count = len(group.rows)
        words = ngettext("%(count)d rep", "%(count)d reps", count)
        group.note = words % {"count": count}
    in_order = sorted(teams.values(), key=lambda group: name_order(group.name))
    return [group for group in [*in_order, others, left] if group.rows]

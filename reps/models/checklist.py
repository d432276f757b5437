"""What an organization has to start with, and what is still to be brought in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from reps.models.activity import ActivityEntry, ActivityKind
from reps.models.compiled_query import compiled_once
from reps.models.deal import Deal
from reps.models.organization import Organization
from reps.models.quarter import Quarter
from reps.models.quota import Quota
from reps.models.rep import Rep
from reps.models.stage import Stage
from reps.models.team import Team


@dataclass(frozen=True, slots=True)
class WhatIsThere:
    """As far as this person brings it in: the manager of a team its deals and its
    activity, an admin everything, of everybody.
    """

    runs_a_team: bool  # so that there is a board to look at
    manages_sellers: bool  # or is to: a team that has none yet, and none below it
    works_for: int | None  # a rep whose deals and weeks they type in; oneself first
    has_deals: bool
    has_activity: bool
    quarter_id: int | None = None  # the one that holds today
    quarter_name: str | None = None
    ends_on: date | None = None
    has_quarters: bool = True  # whether or not one holds today
    stage_names: Sequence[str] = ()  # left to right
    has_opportunities: bool = True  # deals are opportunities from some stage on
    kind_names: Sequence[str] = ()  # what people log, the leading one first
    has_leading: bool = True
    has_team: bool = True  # that somebody runs
    selling: int = 0  # people, today
    with_quota: int = 0  # of them, in this quarter


def what_is_there(user, today: date) -> WhatIsThere:
    """One query, which counts nothing but people."""
    if not user.is_admin:
        return WhatIsThere(**_in_own_teams.first(user, today))
    return WhatIsThere(**_in_the_organization.first(user, today))


def _organization(user, today):
    worked = Rep.objects.workable_by(user).selling_on(today)
    sells = Q(reps__isnull=False) | Q(below__isnull=True)
    oneself_first = Case(When(user=user, then=0), default=1)
    return Organization.objects.filter(pk=user.organization_id).annotate(
        runs_a_team=Exists(Team.objects.run_by(user)),
        manages_sellers=Exists(Team.objects.filter(sells, manager=user)),
        works_for=Subquery(worked.order_by(oneself_first, "name").values("pk")[:1]),
    )


@compiled_once
def _in_own_teams(user, today):
    own = Rep.objects.managed_by(user)
    return (
        _organization(user, today)
        .annotate(
            has_deals=Exists(Deal.objects.filter(owner__in=own)),
            has_activity=Exists(ActivityEntry.objects.filter(rep__in=own)),
        )
        .values(
            "runs_a_team",
            "manages_sellers",
            "works_for",
            "has_deals",
            "has_activity",
        )
    )


@compiled_once
def _in_the_organization(user, today):
    here = {"organization": OuterRef("pk")}
    stages = Stage.objects.filter(**here)
    kinds = ActivityKind.objects.filter(**here).counted()
    owing = Quota.objects.filter(quarter=OuterRef("now"), **here).owing()
    now = Q(quarters__starts_on__lte=today, quarters__ends_on__gte=today)
    found = _organization(user, today).annotate(
        now=FilteredRelation("quarters", condition=now),
    )
    found = found.annotate(
        has_deals=Exists(Deal.objects.filter(**here)),
        has_activity=Exists(ActivityEntry.objects.filter(**here)),
        quarter_id=F("now"),
        quarter_name=F("now__name"),
        ends_on=F("now__ends_on"),
        has_quarters=Exists(Quarter.objects.filter(**here)),
        stage_names=ArraySubquery(stages.in_order().values("name")),
        has_opportunities=Exists(stages.filter(is_opportunity=True)),
        kind_names=ArraySubquery(kinds.values("name")),
        has_leading=Exists(kinds.filter(is_leading=True)),
        has_team=Exists(Team.objects.filter(manager__isnull=False, **here)),
        selling=_number(Rep.objects.filter(**here).selling_on(today)),
        with_quota=_number(owing.filter(rep__in=Rep.objects.selling_on(today))),
    )
    return found.values(*WhatIsThere.__dataclass_fields__)


def _number(rows):
    counted = rows.order_by().values("organization").values(count=Count("pk"))
    return Coalesce(Subquery(counted), 0)

"""An organization of the size a row asks for, made up and the same every time."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from reps.domain.quarter import ONE_WEEK, monday_of
from reps.domain.transitions import Place
from reps.found_organization import found_organization
from reps.models import (
    ActivityEntry,
    ActivityKind,
    Deal,
    Quarter,
    Quota,
    Rep,
    Stage,
    Team,
    User,
)

WEEKS = 13
DEALS_EACH = 60


def team_of(size: int, *, today: date, at: datetime) -> User:
    """A team with quotas, deals and thirteen weeks of activity; answers its manager."""
    chance = Random(size)
    organization = found_organization(f"A team of {size}", today=today)
    manager = User.objects.create_user(
        f"manager{size}@bench.example", name="Manager", organization=organization
    )
    team = Team.objects.create(organization=organization, name="Team", manager=manager)
    reps = Rep.objects.bulk_create(
        Rep(organization=organization, team=team, name=f"Person Number {n:03}")
        for n in range(size)
    )
    quarter = Quarter.objects.filter(organization=organization).containing(today)
    Quota.objects.bulk_create(
        Quota(
            organization=organization,
            rep=rep,
            quarter=quarter,
            starts_on=quarter.starts_on,
            amount=Decimal(200_000),
        )
        for rep in reps
    )
    stages = list(Stage.objects.filter(organization=organization).in_order())
    for rep in reps:
        _deals(rep, stages, today, at, chance)
    _weeks(reps, manager, today, at, chance)
    return manager


def _deals(rep, stages, today, at, chance):
    arrivals = []
    for number in range(DEALS_EACH):
        outcome = chance.choice(["open", "won", "lost", "lost"])
        opened = today - timedelta(days=chance.randrange(20, 380))
        closed = opened + timedelta(days=chance.randrange(5, 20))
        deal = Deal(
            organization=rep.organization,
            owner=rep,
            account=f"Account {number}",
            amount=Decimal(chance.randrange(5, 40)) * 1000,
            opened_on=opened,
            source="bench",
            source_key=f"{rep.pk}-{number}",
        )
        place = Place(chance.choice(stages).pk, outcome)
        arrivals.append((deal, place, opened if outcome == "open" else closed))
    Deal.objects.bring_in(
        arrivals, stages=[stage.pk for stage in stages], source="bench", at=at
    )


def _weeks(reps, manager, today, at, chance):
    kinds = list(ActivityKind.objects.filter(organization=manager.organization))
    ActivityEntry.objects.bulk_create(
        ActivityEntry(
            organization=manager.organization,
            rep=rep,
            kind=kind,
            week=monday_of(today) - back * ONE_WEEK,
            change=chance.randrange(1, 6),
            key=UUID(int=chance.getrandbits(128), version=4),
            logged_by=manager,
            logged_at=at,
        )
        for rep in reps
        for kind in kinds
        for back in range(WEEKS)
    )

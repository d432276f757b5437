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


def team_of(size: int, *, today: date, at: datetime, open_deals: int = 0) -> User:
    """A team with quotas, deals and thirteen weeks of activity; answers its manager.

    With `open_deals` there are so many of them on the board besides.
    """
    chance = Random(size)
    name = f"A team of {size} with {open_deals} open deals"
    organization = found_organization(name, today=today)
    manager = User.objects.create_user(
        f"manager{size}-{open_deals}@bench.example",
        name="Manager",
        organization=organization,
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
    _board(reps, stages, open_deals, today, at, chance)
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


def _board(reps, stages, count, today, at, chance):
    arrivals = []
    for number in range(count):
        opened = today - timedelta(days=chance.randrange(1, 60))
        deal = Deal(
            organization=reps[0].organization,
            owner=chance.choice(reps),
            account=f"Open Account {number}",
            amount=Decimal(chance.randrange(5, 40)) * 1000,
            opened_on=opened,
            source="bench",
            source_key=f"open-{number}",
        )
        arrivals.append((deal, Place(chance.choice(stages).pk, "open"), opened))
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

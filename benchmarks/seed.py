"""Organizations of the size a row asks for, made up and the same every time."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.db import connections, transaction

from plans.models import Plan, Proposal
from reps.create_organization import add_quarters, create_organization
from reps.domain.quarter import ONE_DAY, ONE_WEEK, quarter_of
from reps.domain.transitions import Place
from reps.domain.work_week import monday_on_or_before
from reps.models import (
    ActivityEntry,
    ActivityKind,
    Deal,
    Organization,
    Quarter,
    Quota,
    Rep,
    Segment,
    Stage,
    StageMove,
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
    organization = create_organization(name, today=today, checklist_closed_at=at)
    manager = User.objects.create_user(
        f"manager{size}-{open_deals}@bench.example",
        name="Manager",
        organization=organization,
    )
    team = Team.objects.create(organization=organization, name="Team", manager=manager)
    facts = {"organization": organization, "team": team}
    facts["segment"] = Segment.objects.default_of(organization)
    reps = Rep.objects.bulk_create(
        Rep(name=f"Person Number {n:03}", **facts) for n in range(size)
    )
    quarter = Quarter.objects.filter(organization=organization).containing(today)
    Quota.objects.bulk_create(
        Quota(
            organization=organization,
            rep=rep,
            quarter=quarter,
            amount=Decimal(200_000),
        )
        for rep in reps
    )
    stages = list(Stage.objects.filter(organization=organization).in_order())
    for rep in reps:
        _deals(rep, stages, today, at, chance)
    _board(reps, stages, open_deals, today, at, chance)
    log_weeks(reps, manager, at)
    return manager


def five_teams(closed: int, *, today: date, at: datetime) -> User:
    """Five teams of seven that closed so many deals in three years; a manager's user.

    The size of a team stays, and so does the last quarter's work: what grows is what
    lies behind them.
    """
    chance = Random(closed)
    organization = create_organization(
        f"{closed} closed deals", today=today, checklist_closed_at=at
    )
    quarter = quarter_of(today)
    spans = [quarter := quarter_of(quarter.starts_on - ONE_DAY) for _ in range(12)]
    add_quarters(organization, spans)
    managers = [people_of(organization, 7)[0].team.manager for _ in range(5)]
    reps = list(Rep.objects.filter(organization=organization))
    stages = list(Stage.objects.filter(organization=organization).in_order())
    order = [stage.pk for stage in stages]
    first, days = spans[-1].starts_on, (today - spans[-1].starts_on).days - 60
    for start in range(0, closed, 5_000):
        deals, moves = [], []
        for _ in range(min(5_000, closed - start)):
            deal = Deal(
                organization=organization,
                owner=chance.choice(reps),
                account="Account",
                amount=Decimal(chance.randrange(50, 400)) * 100,
                opened_on=first + timedelta(days=chance.randrange(days)),
            )
            day, outcome = deal.opened_on, chance.choice(["won", "lost", "lost"])
            path = [(0, "open"), (1, "open"), (2, "open"), (2, outcome)]
            for number, (stage, outcome) in enumerate(path, start=1):
                facts = {
                    "on": day,
                    "at": at,
                    "number": number,
                    "reason": "for the bench",
                }
                place = Place(order[stage], outcome)
                moves.append(deal.moved(place, stages=order, by=managers[0], **facts))
                day += timedelta(days=chance.randrange(1, 20))
            deals.append(deal)
        with transaction.atomic():
            Deal.objects.bulk_create(deals)
            StageMove.objects.bulk_create(moves)
            connections["default"].cursor().execute("DISCARD PLANS")
    _board(reps, stages, 10 * len(reps), today, at, chance)
    log_weeks(reps, managers[0], at)
    return managers[0]


def restless(name: str, *, today: date, **facts) -> Organization:
    """One that works every day and at any hour: a letter may go whenever this runs."""
    every_day = {"working_days": [1, 2, 3, 4, 5, 6, 7]}
    no_rest = {"quiet_from": time(0), "quiet_to": time(0)}
    return create_organization(name, today=today, **every_day | no_rest | facts)


def people_of(organization: Organization, count: int, *, zones=("",)) -> list[Rep]:
    """So many reps more who sign in, in a team of their own; the zones in turn."""
    name = f"{organization.name} {User.objects.count()}"
    manager = User.objects.create_user(
        f"{name}@bench.example".replace(" ", "-"), name=name, organization=organization
    )
    team = Team.objects.create(organization=organization, name=name, manager=manager)
    people = User.objects.bulk_create(
        User(
            organization=organization,
            email=f"person{team.pk}-{n}@bench.example",
            name=f"Person Number {n:03}",
            time_zone=zones[n % len(zones)],
            password="!",
        )
        for n in range(count)
    )
    facts = {"organization": organization, "team": team}
    facts["segment"] = Segment.objects.default_of(organization)
    return Rep.objects.bulk_create(
        Rep(user=person, name=person.name, **facts) for person in people
    )


def sign_plans(reps: list[Rep], by: User, at: datetime) -> None:
    """Theirs for this quarter: so many of the leading activity a week."""
    of = {"organization": by.organization}
    quarter = Quarter.objects.filter(**of).containing(at.date())
    leading = ActivityKind.objects.get(**of, is_leading=True)
    facts = {"quarter": quarter, "started_by": by, "started_at": at}
    plans = Plan.objects.bulk_create(
        Plan(**of, **facts, rep=rep, status=Plan.Status.ACTIVE) for rep in reps
    )
    agreed = {str(leading.pk): {"name": leading.name, "weekly": 4}}
    Proposal.objects.bulk_create(
        Proposal(**of, plan=plan, number=1, revision=1, content={"metrics": agreed})
        for plan in plans
    )


def analyze() -> None:
    """As autovacuum would have, by the time there are so many: a plan needs it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def forget_everybody() -> None:
    """Empty every table of an organization's."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {Organization._meta.db_table} CASCADE")


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
    Deal.objects.import_all(
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
    Deal.objects.import_all(
        arrivals, stages=[stage.pk for stage in stages], source="bench", at=at
    )


def log_weeks(reps: list[Rep], by: User, at: datetime) -> None:
    """Thirteen weeks of everything that is counted, the last of them this week."""
    chance = Random(len(reps))
    kinds = list(ActivityKind.objects.filter(organization=by.organization))
    ActivityEntry.objects.bulk_create(
        ActivityEntry(
            organization=by.organization,
            rep=rep,
            kind=kind,
            week=monday_on_or_before(at.date()) - back * ONE_WEEK,
            change=chance.randrange(1, 6),
            key=UUID(int=chance.getrandbits(128), version=4),
            logged_by=by,
            logged_at=at,
        )
        for rep in reps
        for kind in kinds
        for back in range(WEEKS)
    )

"""The demo's quarter: Erin's team of eight in week 6, made by the models' own verbs.

Theo is the rep of the story: he landed at 20 % of quota last quarter, and this quarter
has 13 weeks of which the sixth has begun, whatever day it is. Two years of closed deals
come in as an import would bring them; what happened on Theo's board this quarter was
moved over it stage by stage. The quarters before are closed, and one win of the last
was put right since. What people made of it is in `demo_response`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain, cycle
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from plans.domain.arithmetic import days_counted, effective_weeks
from recovery.demo_hours import DemoHours
from recovery.demo_response import respond
from reps.create_organization import add_starting_activities, add_starting_stages
from reps.domain.funnel import SalesCycle, share_closed_within
from reps.domain.quarter import ONE_WEEK, Span, quarter_name, quarter_of
from reps.domain.transitions import Place
from reps.domain.work_week import monday_on_or_before
from reps.models import (
    ActivityEntry,
    ClosedAttainment,
    Deal,
    Organization,
    Quarter,
    Quota,
    Rep,
    Segment,
    Team,
    User,
)

ORGANIZATION = "Harbor Point Software"
ERIN, THEO = "erin@demo.example", "theo@demo.example"
CALLUM = "callum@demo.example"
LEADER, ADMIN = "lena@demo.example", "admin@demo.example"
WEEKS = 13
QUARTERS_BEFORE = 4
SOURCE = "earlier CRM"
DAY = timedelta(days=1)
ZERO = Decimal(0)

# From opened to won, in days: half of the wins take no more than three weeks.
CYCLES = [9, 12, 14, 16, 18, 20, 21, 23, 26, 30, 37, 75]
EFFECTIVE_WEEKS = Decimal("4.6")  # left to Theo in week 6
ACCOUNTS_A = ["Amber", "Birch", "Cobalt", "Dover", "Elm", "Falcon", "Granite", "Hazel"]
ACCOUNTS_B = ["Dental", "Estates", "Foods", "Homes", "Logistics", "Realty", "Studios"]


@dataclass(frozen=True, slots=True)
class Seller:
    """A rep of the demo. Money in thousands; counts over the last four quarters."""

    name: str
    quota: int
    booked: tuple[float, ...]  # the deals won this quarter
    won: int
    closed: int
    held: int  # demos
    pipeline: int
    weeks: tuple[int, ...]  # demos of this quarter, this week the last
    average: float = 19

    @property
    def quotas(self) -> list[float]:
        """Of the four finished quarters and this one: it was raised this year.

        Theo's was raised a quarter early, after three good ones.
        """
        if self is THEOS:
            return [180, 180, 180, 200, 200]
        return [*[round(self.quota * 0.8)] * QUARTERS_BEFORE, self.quota]


THEOS = Seller(
    name="Theo Lindqvist",
    quota=200,
    booked=(21.5, 16.5),
    won=34,
    closed=113,
    held=183,
    pipeline=0,  # his open deals are moved over the board one by one
    weeks=(1, 1, 2, 2, 3, 2),
)
OTHERS = [
    Seller("Callum Reyes", 180, (17, 14), 21, 86, 144, 209, (3, 2, 2, 1, 2, 1), 24),
    Seller(
        "Grace Mbeki",
        220,
        (31, 24, 20, 23, 20),
        40,
        128,
        214,
        428,
        (4, 5, 5, 4, 3, 2),
        21,
    ),
    Seller("Sofia Marchetti", 160, (28, 24), 27, 104, 174, 227, (3, 3, 4, 3, 4, 2), 18),
    Seller(
        "Jonah Adeyemi", 200, (26, 24, 21), 29, 109, 182, 387, (2, 3, 3, 3, 4, 2), 19
    ),
    Seller("Ben Aronson", 190, (25, 23, 21), 30, 111, 186, 411, (3, 3, 2, 3, 3, 2), 18),
    Seller(
        "Priya Raman", 210, (29, 25, 22, 20), 36, 117, 196, 445, (3, 4, 3, 3, 4, 3), 20
    ),
    Seller(
        "Hana Sato", 200, (24, 22, 20, 18), 33, 118, 198, 418, (4, 3, 4, 4, 3, 4), 19
    ),
]

SELLERS = [THEOS, *OTHERS]

# Theo's board: account, amount in thousands, stage from 1, days in it, criteria met,
# and the day it is expected to close, in days from this Monday: all within the quarter.
BOARD = [
    ("Oakline Property", 18.5, 1, 5, 1, 39),
    ("Brightwater Dental", 14, 1, 3, 1, 46),
    ("Mercer & Vale", 12, 1, 9, 0, 46),
    ("Fenwick Logistics", 21, 2, 6, 2, 32),
    ("Harlan Foods", 16.5, 2, 8, 2, 36),
    ("Tidewell Clinics", 9.5, 2, 4, 1, 38),
    ("Alder Homes", 19, 3, 5, 2, 25),
    ("Sable Studios", 11.5, 3, 7, 3, 29),
    ("Pinecrest Realty", 24, 3, 9, 2, 31),
    ("Larkspur Group", 87, 4, 20, 1, 25),
    ("Quill & Co", 17, 4, 6, 2, 18),
    ("Redfern Estates", 15.5, 5, 4, 2, 11),
]
# What comes next with each, and on which day, from this Monday; with one nothing yet.
NEXT_STEPS = {
    "Oakline Property": (4, "intro to finance lead"),
    "Brightwater Dental": (7, "needs call"),
    "Fenwick Logistics": (3, "site walk-through"),
    "Harlan Foods": (4, "demo with ops team"),
    "Tidewell Clinics": (8, "confirm budget"),
    "Alder Homes": (7, "pricing walk-through"),
    "Sable Studios": (9, "reference call"),
    "Pinecrest Realty": (4, "call with owner"),
    "Larkspur Group": (9, "budget meeting"),
    "Quill & Co": (3, "redlines back"),
    "Redfern Estates": (4, "signature"),
}


def is_there() -> bool:
    """Whether this database has the demo's organization already."""
    return Organization.objects.filter(name=ORGANIZATION).exists()


@transaction.atomic
def fill(*, at: datetime, time_zone: str = "UTC") -> None:
    """Make the demo's organization; its quarter began on the Monday five weeks ago."""
    today = at.astimezone(ZoneInfo(time_zone)).date()
    organization = Organization.objects.create(
        name=ORGANIZATION,
        time_zone=time_zone,
        holiday_calendar="US",
        starting_average_deal=15_000,
        starting_cycle_days=30,
        checklist_closed_at=at,
    )
    hours = DemoHours.of(organization, at)
    noted_at = hours.worked_by(at)
    stages = add_starting_stages(organization)
    kinds = add_starting_activities(organization)
    begun_at = _begun_at(hours)
    quarters = _quarters(organization, today, begun_at)
    team = _people(organization)
    chance = Random(20)  # the same demo every time
    stretch = _stretch(organization, quarters, today)
    for seller in SELLERS:
        rep = _rep(organization, team, seller)
        _quotas(rep, quarters, seller, begun_at)
        noted = begun_at, noted_at
        _history(rep, seller, stages, quarters, today, noted, chance, stretch)
        _activity(rep, seller, kinds, quarters, today, noted_at, chance)
    theo = Rep.objects.get(organization=organization, user__email=THEO)
    for card in BOARD:
        _walk(theo, *card, stages=stages, hours=hours)
    _close(quarters[QUARTERS_BEFORE - 1], team.manager, hours)
    respond(organization, hours)


def _begun_at(hours) -> datetime:
    """When the quarters, the quotas and the earlier deals came in: on the third day of
    this quarter, long enough ago that those before it are closed.
    """
    first = monday_on_or_before(hours.today) - 5 * ONE_WEEK
    return hours.worked_by(hours.now - (hours.today - first) + 2 * DAY)


def _quarters(organization, today, made_at) -> list[Quarter]:
    return Quarter.objects.bulk_create(
        Quarter(
            organization=organization,
            name=name,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            made_at=made_at,
        )
        for name, span in quarters_around(today)
    )


def quarters_around(today: date) -> list[tuple[str, Span]]:
    """Four finished, this one and the next, thirteen weeks each, the oldest first.

    They are named in turn, counted from this one's name: thirteen weeks are a day less
    than a quarter of a year, and in time two would be named by the same one.
    """
    length = WEEKS * ONE_WEEK
    begins = monday_on_or_before(today) - 5 * ONE_WEEK
    this = quarter_of(begins + length / 2)  # of the calendar
    middle = this.starts_on + this.days // 2 * DAY
    named = []
    for number in range(-QUARTERS_BEFORE, 2):
        first, day = begins + number * length, middle + number * length
        name = quarter_name(Span(day, day))
        named.append((name, Span(first, first + length - DAY)))
    return named


def _people(organization) -> Team:
    """Erin runs the team, Lena runs Erin's and keeps an eye on the whole."""

    def person(name, email, **facts):
        return User.objects.create_user(
            email, name=name, organization=organization, **facts
        )

    lena = person("Lena Okafor", LEADER)
    person("Ada Brandt", ADMIN, is_admin=True)
    erin = person("Erin Castellano", ERIN)
    sales = Team.objects.create(organization=organization, name="Sales", manager=lena)
    return Team.objects.create(
        organization=organization, name="Mid-market", manager=erin, above=sales
    )


def _rep(organization, team, seller) -> Rep:
    email = f"{seller.name.split()[0].lower()}@demo.example"
    user = User.objects.create_user(email, name=seller.name, organization=organization)
    return Rep.objects.create(
        organization=organization,
        team=team,
        segment=Segment.objects.default_of(organization),
        user=user,
        name=seller.name,
    )


def _quotas(rep, quarters, seller, at):
    quotas = (
        Quota(
            organization=rep.organization,
            rep=rep,
            quarter=quarter,
            amount=_thousands(amount),
        )
        for quarter, amount in zip(quarters, seller.quotas, strict=False)
    )
    Quota.objects.set_quotas(rep.organization, quotas, at=at)


def _thousands(amount: float) -> Decimal:
    return Decimal(str(amount)) * 1000


# --- Deals -------------------------------------------------------------------------


def _wins(seller, quarters, today, stretch: float):
    """(opened, closed, thousands) of each deal won in the window, the oldest first."""
    before, now = quarters[:QUARTERS_BEFORE], quarters[QUARTERS_BEFORE]
    wins = []
    for quarter, amounts in zip(before, _earlier_wins(seller), strict=True):
        days = _days_within(quarter.starts_on, quarter.ends_on, len(amounts))
        wins += zip(days, amounts, strict=True)
    days = _days_within(now.starts_on, today, len(seller.booked))
    wins += zip(days, seller.booked, strict=True)
    return [
        (max(day - round(taken * stretch) * DAY, before[0].starts_on), day, amount)
        for (day, amount), taken in zip(wins, cycle(CYCLES), strict=False)
    ]


def _stretch(organization, quarters, today) -> float:
    """How much to stretch the closing times so that 4.6 effective weeks are left.

    The story's sum is worked with 4.6, on whichever weekday the demo is made.
    """
    quarter = quarters[QUARTERS_BEFORE].span
    days = days_counted(
        today,
        quarter,
        weekdays=organization.working_days,
        holidays=organization.holidays_between(today, quarter.ends_on),
        away=(),
    )

    def weeks(stretch: float) -> Decimal:
        cycles = [
            [(closed - opened).days for opened, closed, _ in wins]
            for wins in (_wins(s, quarters, today, stretch) for s in SELLERS)
        ]
        own, team = SalesCycle.of(cycles[0]), SalesCycle.of(chain(*cycles))
        return effective_weeks(
            days,
            ends_on=quarter.ends_on,
            share_closed_within=lambda left: (
                share_closed_within(left, own, team, usual_days=1).value
            ),
            days_in_week=len(organization.working_days),
        )

    return min(
        (percent / 100 for percent in range(60, 160)),
        key=lambda stretch: abs(weeks(stretch) - EFFECTIVE_WEEKS),
    )


def _history(rep, seller, stages, quarters, today, noted, chance, stretch):
    """Closed deals of the window and, but for Theo, what is open: imported.

    `noted` is when: those closed before this quarter as it began, the others by now.
    """
    accounts = _accounts(chance)
    before, now = quarters[:QUARTERS_BEFORE], quarters[QUARTERS_BEFORE]
    # As many opened before the window as are open now, so that in the window as many
    # opportunities began as ended.
    open_now = _open_amounts(seller, chance) if seller.pipeline else []
    carried = len(open_now) or len(BOARD)
    lost = seller.closed - seller.won
    lost_now = 3
    losses = [
        *_days_within(
            before[0].starts_on + 4 * DAY, before[0].starts_on + 38 * DAY, carried
        ),
        *_days_over(before, lost - carried - lost_now, chance, after=60),
        *_days_within(now.starts_on, today, lost_now),
    ]
    cycles = cycle(CYCLES)
    window_from = before[0].starts_on
    arrivals = []
    for opened, day, amount in _wins(seller, quarters, today, stretch):
        arrivals.append((Deal.Outcome.WON, opened, day, amount, stages[-1]))
    for number, day in enumerate(losses):
        opened = max(day - (next(cycles) + 14) * DAY, window_from)
        if number < carried:
            opened = window_from - (3 + number) * DAY
        amount = seller.average * (0.6 + chance.random())
        stage = stages[chance.choice([0, 0, 1, 1, 2, 2, 3, 4])]
        arrivals.append((Deal.Outcome.LOST, opened, day, amount, stage))
    for number, amount in enumerate(open_now):
        stage = stages[(0, 1, 0, 2, 1, 3, 0, 2, 4)[number % 9]]
        opened = today - (4 + 5 * stage.order + number % 7) * DAY
        arrivals.append((Deal.Outcome.OPEN, opened, None, amount, stage))
    earlier, later = [], []
    for number, (outcome, opened, closed, amount, stage) in enumerate(arrivals):
        deal = Deal(
            organization=rep.organization,
            owner=rep,
            account=next(accounts),
            amount=_rounded(amount),
            opened_on=opened,
            source=SOURCE,
            source_key=f"{rep.pk}-{number}",
        )
        is_earlier = closed is not None and closed < now.starts_on
        deals = earlier if is_earlier else later
        deals.append((deal, Place(stage.pk, outcome), closed or opened))
    came = {"stages": [stage.pk for stage in stages], "source": SOURCE}
    for deals, at in zip((earlier, later), noted, strict=True):
        Deal.objects.import_all(deals, at=at, **came)


def _close(quarter, manager, hours):
    """Close what is over, and put one of the last quarter's wins right a week ago."""
    Quarter.objects.close_due(hours.now)
    wins = Deal.objects.filter(owner__user__email=CALLUM).won_between(
        quarter.starts_on, quarter.ends_on
    )
    deal = wins.order_by("closed_on", "pk").last()
    deal.correct(
        {"amount": deal.amount + 2_500},
        by=manager,
        at=hours.worked_by(hours.now - ONE_WEEK),
        why="The signed order has one licence more than the CRM had.",
    )
    ClosedAttainment.objects.keep_missing(hours.now)


def _rounded(amount: float) -> Decimal:
    """To 500, as people price."""
    return Decimal(round(amount * 2)) * 500


def _accounts(chance) -> Iterator[str]:
    while True:
        yield f"{chance.choice(ACCOUNTS_A)} {chance.choice(ACCOUNTS_B)}"


def _earlier_wins(seller) -> list[list[float]]:
    """Amounts won in each of the four finished quarters, the oldest first."""
    if seller is THEOS:
        good = [12.5, 14, 15.5, 17, 18, 19.5, 20.5, 22, 24.5, 26]  # a usual quarter
        return [good, good, [*good[:-1], 25.5], [23, 17]]  # and then two deals
    shapes = cycle([0.7, 1.2, 0.9, 1.4, 0.8, 1.0])
    count = seller.won - len(seller.booked)
    amounts = [round(seller.average * next(shapes) * 2) / 2 for _ in range(count)]
    return [amounts[quarter::QUARTERS_BEFORE] for quarter in range(QUARTERS_BEFORE)]


def _open_amounts(seller, chance) -> list[float]:
    """Open deals that come to the pipeline, each about as large as usual."""
    count = max(round(seller.pipeline / seller.average), 1)
    amounts = [
        round(seller.average * (0.6 + 0.8 * chance.random()) * 2) / 2
        for _ in range(count - 1)
    ]
    return [*amounts, max(seller.pipeline - sum(amounts), 5)]


def _days_over(quarters, count, chance, after=0) -> list[date]:
    """Closing days spread over the finished quarters; Theo's last had only two wins."""
    first = quarters[0].starts_on + after * DAY
    length = (quarters[-1].ends_on - first).days
    return [
        first + (number * length // max(count, 1) + chance.randrange(3)) * DAY
        for number in range(count)
    ]


def _days_within(first: date, last: date, count: int) -> list[date]:
    length = (last - first).days
    return [first + (length * (2 * n + 1) // (2 * count)) * DAY for n in range(count)]


def _walk(rep, account, amount, stage_number, days_here, met, closes, *, stages, hours):
    """One of Theo's open deals, moved over the board step by step."""
    usual = [stage.usual_days for stage in stages[: stage_number - 1]]
    today = hours.today
    opened = today - (days_here + sum(usual)) * DAY

    def said_on(day):
        return {"by": rep.user, "at": hours.worked_by(hours.now - (today - day))}

    monday = monday_on_or_before(today)
    next_step = {}
    if account in NEXT_STEPS:
        days, words = NEXT_STEPS[account]
        next_step = {"next_step": words, "next_step_on": monday + days * DAY}
    deal = Deal.objects.open_deal(
        owner=rep,
        account=account,
        amount=_thousands(amount),
        expected_close_on=monday + closes * DAY,
        **next_step,
        stage=stages[0],
        on=opened,
        **said_on(opened),
    )
    day = opened
    for here, there, days in zip(stages, stages[1:stage_number], usual, strict=False):
        day += days * DAY
        for criterion in here.exit_criteria.all():
            deal.meet(criterion, **said_on(day))
        deal.move_to(there, on=day, **said_on(day))
    here = stages[stage_number - 1]
    for criterion in here.exit_criteria.asked()[:met]:
        deal.meet(criterion, **said_on(today))


# --- The week ----------------------------------------------------------------------


def _activity(rep, seller, kinds, quarters, today, at, chance):
    """Demos as the seller's figures say, and about what usually goes with them."""
    this_week = monday_on_or_before(today)
    so_far = sum(seller.weeks)
    earlier = QUARTERS_BEFORE * WEEKS
    demos = (
        _eased(seller.held - so_far, earlier)
        if seller is THEOS
        else _even(seller.held - so_far, earlier, chance)
    )
    weeks = [*demos, *seller.weeks]
    first = this_week - (len(weeks) - 1) * ONE_WEEK
    per_demo = [1, 17, 2, 1, 6]
    entries = []
    for number, held in enumerate(weeks):
        week = first + number * ONE_WEEK
        share = 0.6 if week == this_week else 1
        for kind, many in zip(kinds, per_demo, strict=True):
            count = held
            if not kind.is_leading:
                count = round((many * 2 + chance.randrange(many + 1)) * share)
            if count:
                entries.append(
                    ActivityEntry(
                        organization=rep.organization,
                        rep=rep,
                        kind=kind,
                        week=week,
                        change=count,
                        key=UUID(int=chance.getrandbits(128), version=4),
                        logged_by=rep.user,
                        logged_at=at,
                    )
                )
    ActivityEntry.objects.bulk_create(entries)


def _even(total: int, weeks: int, chance) -> list[int]:
    """So many over so many weeks, a little up and down, exactly the total."""
    counts = [total * (n + 1) // weeks - total * n // weeks for n in range(weeks)]
    for number in range(0, weeks - 1, 2):
        shift = min(chance.randrange(2), counts[number])
        counts[number] -= shift
        counts[number + 1] += shift
    return counts


def _eased(total: int, weeks: int) -> list[int]:
    """Four a week and more, and then comfortable: the last quarter has hardly two."""
    last = [3, 3, 2, 2, 2, 2, 1, 1, 2, 1, 1, 1, 1]
    before = total - sum(last)
    length = weeks - len(last)
    return [
        *(before * (n + 1) // length - before * n // length for n in range(length)),
        *last,
    ]

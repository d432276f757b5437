"""Whatever happens, in any order: every sum is what plain Python makes of the ledgers.

Random acts, each by the verb the app has for it; what is refused changes nothing. Then
`Ledgers` reads the rows one by one and adds them up by hand, and whatever the app says
of a person, a team and a quarter has to be the same to the cent. What a quarter was
closed with never changes.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.models import Handover
from reps.domain.crm_export import DealRow
from reps.domain.transitions import NotYet, Outcome
from reps.imports.place_deals import place_deals
from reps.models import (
    Cancellation,
    ClosedAttainment,
    Deal,
    DealFacts,
    Quarter,
    QuarterClosing,
    Quota,
    QuotaRevision,
    Rep,
    StageMove,
    Team,
    TeamChange,
)
from reps.models.attainment import attainment_of
from reps.models.closed_attainment import AsClosed, as_closed_by_rep
from reps.models.past_quarters import past_quarters
from reps.models.quarter_closing import QuarterIsClosed
from reps.models.team_credit import team_credit, with_passing
from reps.models.track_record import track_records
from tests.factories.reps import (
    OrganizationFactory,
    QuarterFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

WON, LOST, OPEN = Outcome.WON, Outcome.LOST, Outcome.OPEN
BEGINNING = datetime(2026, 3, 16, 19, tzinfo=UTC)  # the tenth week of Q1
QUARTER = timedelta(days=91)
A_DAY = timedelta(days=1)
WHY = "So it was said."
NOTHING = AsClosed(Decimal(0), Decimal(0))


class Ledgers:
    """What the ledgers say, or said before an instant, by hand: rows and nothing else.

    `won`, `cancelled` and `owed` are lines (rep, team, day, amount), to be added up.
    """

    def __init__(self, office, before: datetime | None = None):
        self.office, self.before = office, before
        self.changes = self._rows(TeamChange)
        self.began_in = dict(Rep.objects.values_list("pk", "team"))
        for change in TeamChange.objects.order_by("-pk"):
            self.began_in[change.rep_id] = change.from_team_id
        facts = {row.deal_id: row for row in self._rows(DealFacts, "number")}
        moves = {row.deal_id: row for row in self._rows(StageMove, "number")}
        won = (facts[deal] for deal, move in moves.items() if move.outcome == WON)
        self.won = [self._line(row, row.closed_on, row.amount) for row in won]
        self.cancelled = [
            self._line(facts[row.deal_id], row.cancelled_on, row.amount)
            for row in self._rows(Cancellation)
        ]
        self.owed = list(self._owed())

    def _rows(self, ledger, order="pk"):
        rows = ledger.objects.filter(organization=self.office).order_by(order)
        return [
            row for row in rows if self.before is None or row.recorded_at < self.before
        ]

    def _line(self, deal, day, amount):
        """Of the team that has the win, on whatever day it counts."""
        team = deal.closed_on and self.team_of(deal.owner_id, deal.closed_on)
        return deal.owner_id, team, day, amount

    def team_of(self, rep, day):
        """Each change holds from its day on, whatever was said of it before."""
        changes = (row for row in self.changes if row.rep_id == rep)
        to = [row.to_team_id for row in changes if row.since <= day]
        return to[-1] if to else self.began_in[rep]

    def _owed(self):
        """A day owes what was said of it last, from the first day on that owes."""
        quotas = Quota.objects.select_related("quarter").in_bulk()
        revisions = defaultdict(list)
        for row in self._rows(QuotaRevision, "number"):
            revisions[row.quota_id].append(row)
        for pk, rows in revisions.items():
            rep, day = quotas[pk].rep_id, quotas[pk].quarter.starts_on
            while day <= quotas[pk].quarter.ends_on:
                held = [row for row in rows if (row.holds_from or day) <= day]
                if held and (held[-1].starts_on or day) <= day:
                    share = held[-1].amount * held[-1].ramp / QUARTER.days
                    yield rep, self.team_of(rep, day), day, share
                day += A_DAY

    def booked_by(self, quarter, **whose):
        return total(self.won, quarter, **whose) - total(
            self.cancelled, quarter, **whose
        )

    def owed_by(self, quarter, **whose):
        return total(self.owed, quarter, **whose)


def total(lines, quarter, *, rep=None, team=None):
    return sum(
        amount
        for whose, where, day, amount in lines
        if quarter.starts_on <= day <= quarter.ends_on
        if rep in {None, whose} and team in {None, where}
    )


class Draw(NamedTuple):
    """Chance: what each act makes of it, it makes of small numbers."""

    act: Callable
    hours: int  # since the act before
    one: int
    other: int
    amount: int
    back: int  # days before today


class World:
    """An office in Los Angeles, one of whose people lives where it is tomorrow."""

    def __init__(self):
        self.at = BEGINNING
        self.office = OrganizationFactory(time_zone="America/Los_Angeles")
        of = {"organization": self.office}
        self.admin = UserFactory(is_admin=True, **of)
        sales = TeamFactory(name="Sales", **of)
        west, east = (TeamFactory(name=name, above=sales, **of) for name in ("W", "E"))
        self.teams = [sales, west, east]
        far = UserFactory(name="Ana", time_zone="Pacific/Kiritimati", **of)
        self.reps = [RepFactory(team=west, name="Ana", user=far)] + [
            RepFactory(team=team, name=name)
            for name, team in (("Bo", west), ("Cy", east), ("Di", sales))
        ]
        self.stages = [StageFactory(order=order, **of) for order in (1, 2)]
        self.quarters = [
            QuarterFactory(
                name=f"Q{number + 1} 2026",
                starts_on=date(2026, 1, 5) + number * QUARTER,
                ends_on=date(2026, 1, 4) + (number + 1) * QUARTER,
                made_at=datetime(2026, 1, 2, tzinfo=UTC),
                **of,
            )
            for number in range(3)
        ]
        quotas = [
            Quota(organization=self.office, rep=rep, quarter=quarter, amount=18_200)
            for rep in self.reps
            for quarter in self.quarters
        ]
        Quota.objects.set_quotas(self.office, quotas, at=self.at)
        self.kept = {}  # of what a quarter was closed with, each row as first seen

    @property
    def today(self) -> date:
        return self.at.astimezone(self.office.zone).date()

    def rep(self, draw):
        return Rep.objects.get(pk=self.reps[draw.one % 4].pk)

    def deal(self, draw, *outcomes):
        """One of those, if there is any."""
        deals = list(Deal.objects.filter(outcome__in=outcomes).order_by("pk"))
        return deals[draw.one % len(deals)] if deals else None

    def said(self, draw, rep):
        """By whoever may: themselves, or the manager who may put right more."""
        by = rep.team.manager if draw.other % 2 else rep.user
        return {"by": by, "at": self.at}

    def act(self, draw):
        """Do it as one request does: all of it, or nothing where it is refused."""
        self.at += timedelta(hours=draw.hours)
        try:
            with transaction.atomic():
                draw.act(self, draw)
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        except (NotYet, QuarterIsClosed, IntegrityError):
            pass


def money(draw, times):
    """So many, and some cents."""
    return Decimal(f"{draw.amount * times}.{draw.back:02}")


def wait(world, draw):
    """Nothing but time goes by."""


def open_deal(world, draw):
    owner = world.rep(draw)
    Deal.objects.open_deal(
        owner=owner,
        stage=world.stages[draw.other % 2],
        amount=money(draw, 1_000),
        on=owner.local_date(world.at) - draw.back * A_DAY,
        reason=WHY,
        **world.said(draw, owner),
    )


def put(world, draw, deal, stage, outcome, **how):
    deal.move_to(
        stage,
        outcome,
        on=deal.todays_date(world.at) - draw.back * A_DAY,
        reason=WHY,
        **world.said(draw, deal.owner),
        **how,
    )


def move(world, draw):
    if deal := world.deal(draw, OPEN):
        put(world, draw, deal, world.stages[draw.other % 2], OPEN)


def win(world, draw):
    if deal := world.deal(draw, OPEN):
        put(world, draw, deal, deal.stage, WON)


def lose(world, draw):
    if deal := world.deal(draw, OPEN):
        put(world, draw, deal, deal.stage, LOST)


def reopen(world, draw):
    if deal := world.deal(draw, WON, LOST):
        put(world, draw, deal, deal.stage, OPEN)


def take_win_back(world, draw):
    if deal := world.deal(draw, WON):
        put(world, draw, deal, deal.stage, OPEN, taking_back=True)


def correct(world, draw):
    if deal := world.deal(draw, OPEN, WON, LOST):
        changes = [
            {"amount": money(draw, 1_500)},
            {"owner": world.reps[draw.amount % 4]},
            {"closed_on": world.today - draw.back * A_DAY},
        ]
        said = world.said(draw, deal.owner)
        deal.correct(changes[draw.other % 3], why=WHY, **said)


def cancel(world, draw):
    if deal := world.deal(draw, WON):
        day = max(world.today - draw.back * A_DAY, deal.closed_on)
        said = world.said(draw, deal.owner)
        deal.cancel(money(draw, 250), on=day, words=WHY, **said)


def take_cancellation_back(world, draw):
    if rows := Cancellation.objects.still_so().order_by("pk"):
        row = rows[draw.one % len(rows)]
        row.take_back(words=WHY, **world.said(draw, row.deal.owner))


def change_team(world, draw):
    said = {"by": world.admin, "at": world.at, "why": WHY}
    since = world.today - draw.back * A_DAY
    world.rep(draw).change_team(world.teams[draw.other % 3], since=since, **said)


def hand_over(world, draw):
    rep = world.rep(draw)
    kind = list(Handover.Kind)[draw.other % 3]
    first = world.today + draw.amount % 3 * A_DAY
    if rep.left_on is None:
        Handover.objects.write_down(
            rep,
            kind=kind,
            from_on=first,
            until=first if kind == Handover.Kind.AWAY else None,
            to_team=world.teams[draw.back % 3] if kind == Handover.Kind.MOVES else None,
            deals={
                deal.pk: world.reps[(draw.one + 1) % 4]
                for deal in Deal.objects.filter(owner=rep).still_open()
            },
            by=rep.team.manager,
            at=world.at,
        )


def set_quota(world, draw):
    rep, quarter = world.rep(draw), world.quarters[draw.other % 3]
    later = [None, quarter.starts_on + draw.back * A_DAY]
    quota = Quota(
        organization=world.office,
        rep=rep,
        quarter=quarter,
        amount=draw.amount % 5 * 9_100,  # 100 a day, or some times that, or nothing
        ramp=Decimal("0.5") if draw.amount > 5 else 1,
        starts_on=later[draw.amount % 2],
    )
    if rep.left_on is None:
        said = {"by": world.admin, "at": world.at, "why": WHY}
        holds_from = later[draw.back % 2]
        Quota.objects.set_quotas(world.office, [quota], holds_from=holds_from, **said)


def bring_in(world, draw):
    """A row of an export: one of three deals, again and again."""
    closed_on = world.today - draw.back * A_DAY
    outcome = list(Outcome)[draw.other % 3]
    row = DealRow(
        number=str(draw.amount % 3),
        seller=str(draw.one % 4),
        account="",
        product="",
        stage=world.stages[draw.other % 2].name,
        outcome=outcome,
        amount=money(draw, 2_000),
        amount_is_estimate=outcome != WON,
        opened_on=None,
        closed_on=closed_on if outcome != OPEN else None,
    )
    owners = {str(number): rep.pk for number, rep in enumerate(world.reps)}
    reason = WHY if draw.amount > 6 else ""
    place_deals(world.office, [row], owners=owners, at=world.at, reason=reason)


def reopen_quarter(world, draw):
    quarter = world.quarters[draw.one % 3]
    quarter.reopen(by=world.admin, why=WHY, at=world.at)


def close_quarter(world, draw):
    world.quarters[draw.one % 3].close(by=world.admin, at=world.at)


def let_tasks_run(world, draw):
    """What the clock has brought: handovers, closings, what they were closed with."""
    for handover in Handover.objects.waiting().filter(from_on__lte=world.today):
        handover.carry_out(at=world.at)
    Quarter.objects.close_due(world.at)
    ClosedAttainment.objects.keep_missing(world.at)
    for row in ClosedAttainment.objects.values():
        assert world.kept.setdefault(row["id"], row) == row


def check(world):
    """Every sum of the app beside what the ledgers come to."""
    ledgers = Ledgers(world.office)
    reps = list(Rep.objects.select_related("team", "organization").order_by("pk"))
    begun = [one for one in world.quarters if one.starts_on <= world.today]
    closed = check_as_closed(world)
    check_attainment(world, ledgers, reps, closed)
    for quarter in begun:
        check_quarter(world, ledgers, quarter, begun, reps)


def check_attainment(world, ledgers, reps, closed):
    """Of each person, today; and beside it what each quarter was last closed with."""
    found = {(row.rep, row.quarter): row for row in attainment_of(world.office)}
    as_closed = as_closed_by_rep(world.office)
    booked = {(row.rep, row.quarter): row.booked for row in Quota.objects.with_booked()}
    for rep in reps:
        past = past_quarters(rep, world.quarters[::-1], limit=3)
        past = {record.quarter: record for record in past}
        for quarter in world.quarters:
            by_hand = ledgers.booked_by(quarter, rep=rep.pk)
            owed = ledgers.owed_by(quarter, rep=rep.pk)
            row = found.get((rep, quarter))
            assert (row.booked if row else 0) == by_hand
            assert ((row and row.quota) or 0) == owed
            assert booked.get((rep, quarter), by_hand) == by_hand
            assert (past[quarter].booked, past[quarter].owed) == (by_hand, owed)
            known = closed.get((rep.pk, quarter.pk), NOTHING)
            assert as_closed.get((rep.pk, quarter.pk), NOTHING) == known
            assert (past[quarter].closed or NOTHING) == known


def check_quarter(world, ledgers, quarter, begun, reps):
    """As the board of whoever runs all teams has it, on its last day so far."""
    today = min(world.today, quarter.ends_on)
    days = quarter.starts_on, quarter.ends_on
    teams = list(with_passing(Team.objects.order_by("pk"), *days))
    records = track_records(
        Rep.objects.selling_on(today).select_related("team"),
        quarter=quarter,
        quarters=begun,
        leading=None,
        today=today,
        work_week=world.office.work_week,
        teams=[team.pk for team in teams],
    )
    for rep, record in records.items():
        standing = record.standing
        assert standing.booked == ledgers.booked_by(quarter, rep=rep)
        assert standing.quota == ledgers.owed_by(quarter, rep=rep)
    credit = team_credit(teams, records, quarter, today=today)
    for team in teams:
        assert credit[team.pk].booked == ledgers.booked_by(quarter, team=team.pk)
        assert credit[team.pk].owed == ledgers.owed_by(quarter, team=team.pk)
    together = sum(one.booked for one in credit.values())
    assert together == sum(ledgers.booked_by(quarter, rep=rep.pk) for rep in reps)


def check_as_closed(world):
    """It is what was written down before. By rep and quarter: the last of them."""
    closed = {}
    closings = QuarterClosing.objects.filter(kind=QuarterClosing.Kind.CLOSED)
    for closing in closings.order_by("number"):
        quarter = closing.quarter
        ledgers = Ledgers(world.office, before=closing.took_effect_at)
        rows = {
            (row.rep_id, row.team_id): (row.owed, row.booked, row.cancelled)
            for row in closing.attainments.all()
        }
        for rep in world.reps:
            closed[rep.pk, quarter.pk] = AsClosed(
                ledgers.owed_by(quarter, rep=rep.pk),
                ledgers.booked_by(quarter, rep=rep.pk),
            )
            for team in world.teams:
                whose = {"rep": rep.pk, "team": team.pk}
                assert rows.get((rep.pk, team.pk), (0, 0, 0)) == (
                    ledgers.owed_by(quarter, **whose),
                    ledgers.booked_by(quarter, **whose),
                    total(ledgers.cancelled, quarter, **whose),
                )
    return closed


ACTS = [
    *(wait, open_deal, move, win, lose, reopen, take_win_back, correct),
    *(cancel, take_cancellation_back, change_team, hand_over, set_quota, bring_in),
    *(let_tasks_run, reopen_quarter, close_quarter),
]
OFTEN = [open_deal, win, win, correct, cancel, change_team]
draws = st.builds(
    Draw,
    act=st.sampled_from(ACTS + OFTEN),
    hours=st.integers(1, 300),
    one=st.integers(0, 7),
    other=st.integers(0, 5),
    amount=st.integers(1, 9),
    back=st.integers(0, 60),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(draws, min_size=25, max_size=40))
def test_every_sum_is_what_the_ledgers_come_to(history):
    with transaction.atomic():
        world = World()
        for draw in history:
            world.act(draw)
        world.act(Draw(let_tasks_run, 1, 0, 0, 1, 0))
        check(world)
        transaction.set_rollback(True)

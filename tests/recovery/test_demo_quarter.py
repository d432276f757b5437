"""The demo's figures are those of the story, whatever day it is."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from plans.domain.arithmetic import Figures
from plans.models import Plan
from plans.models.plan_figures import measure
from recovery import demo_quarter
from reps.domain.funnel import Figure, Sample, prefilled_money, prefilled_rate
from reps.models import (
    ActivityEntry,
    ActivityKind,
    ClosedAttainment,
    Deal,
    Organization,
    Quarter,
    Quota,
    Rep,
)
from reps.models.corrections import corrections_of
from reps.models.past_quarters import past_quarters
from reps.models.track_record import track_records

MONDAY = date(2026, 11, 9)


@pytest.fixture(params=[0, 3, 6], ids=["Monday", "Thursday", "Sunday"])
def today(request, db):
    """The demo filled on that day; the deferred triggers have looked at it."""
    today = MONDAY + timedelta(days=request.param)
    demo_quarter.fill(at=datetime.combine(today, time(17), tzinfo=UTC))
    return today


@pytest.fixture
def records(today):
    return track_records(
        Rep.objects.all(),
        quarter=Quarter.objects.containing(today),
        quarters=Quarter.objects.begun_by(today),
        leading=ActivityKind.objects.get(is_leading=True),
        today=today,
        work_week=Organization.objects.get().work_week,
    )


@pytest.fixture
def theo(records):
    return next(r for r in records.values() if r.rep.name == "Theo Lindqvist")


def test_on_any_day_the_story_is_the_same(theo, records, today):
    """Filling it takes a second, so that all of it is looked at in one go."""
    the_figures_are_those_of_the_story(theo, records, today)
    week_6_of_13_and_theos_open_deals_can_still_close(theo, today)
    the_storys_sum_comes_out_on_theos_page(theo, today)
    the_quarters_before_are_closed_and_one_win_was_put_right_since(today)


def the_figures_are_those_of_the_story(theo, records, today):
    quotas = Quota.objects.with_booked().filter(rep=theo.rep)
    before = quotas.filter(quarter__ends_on__lt=today).latest("quarter__starts_on")
    last_of = Quarter.objects.earliest("starts_on").starts_on
    reached = Deal.objects.filter(owner=theo.rep, opened_on__gte=last_of)
    held = ActivityEntry.objects.filter(rep=theo.rep, kind__is_leading=True)
    team = records.closed_by(theo.rep)
    amounts = [record.amounts for record in records.values()]
    teams_amounts = Sample(sum(a.total for a in amounts), sum(a.cases for a in amounts))
    win_rate = Figure(theo.closed, team, Decimal("0.3")).value
    average = Figure(theo.amounts, teams_amounts, Decimal(15_000)).value

    assert (theo.standing.booked, theo.standing.quota) == (38_000, 200_000)
    assert before.booked / before.owed == Decimal("0.2")
    assert (theo.closed.total, theo.closed.cases) == (34, 113)
    assert prefilled_rate(team.mean) == Decimal("0.28")
    assert prefilled_rate(win_rate) == Decimal("0.30")
    assert prefilled_money(average) == 19_000
    assert (reached.count(), held.total()) == (113, 183)
    assert (theo.open_deals, theo.pipeline) == (12, 265_500)


def week_6_of_13_and_theos_open_deals_can_still_close(theo, today):
    quarter = Quarter.objects.containing(today)
    closes = theo.rep.deals.still_open().values_list("expected_close_on", flat=True)

    assert quarter.starts_on == MONDAY - timedelta(weeks=5)
    assert quarter.ends_on == quarter.starts_on + timedelta(days=90)
    assert len(closes) == 12
    assert all(today < day <= quarter.ends_on for day in closes)


def the_storys_sum_comes_out_on_theos_page(theo, today):
    plan = Plan.objects.get(rep=theo.rep)
    chain = measure(plan, today=today).chain(plan.goal_low)
    assert chain.figures == Figures(
        average_deal=Decimal(19_000),
        win_rate=Decimal("0.30"),
        open_deals=12,
        demo_rate=Decimal("0.62"),
        demos_pending=0,
        effective_weeks=Decimal("4.6"),
    )
    assert chain.still_to_book == 112_000
    assert (chain.deals.whole, chain.opportunities.whole) == (6, 20)
    assert (chain.new_opportunities, chain.demos_to_hold) == (8, 13)
    assert chain.demos_a_week == 3


def the_quarters_before_are_closed_and_one_win_was_put_right_since(today):
    at = datetime.combine(today, time(17), tzinfo=UTC)
    over = list(Quarter.objects.filter(ends_on__lt=today).with_closing().latest_first())
    assert [quarter.is_closed(at) for quarter in over] == [True] * 4
    assert ClosedAttainment.objects.last_of([over[0].pk]).count() == 8

    differ = {
        rep.name: quarter
        for rep in Rep.objects.all()
        for quarter in past_quarters(rep, over, limit=4)
        if quarter.as_closed
    }
    assert list(differ) == ["Callum Reyes"]
    callums = differ["Callum Reyes"]
    assert callums.booked - callums.as_closed.booked == 2_500
    (one,) = corrections_of(Rep.objects.get(name="Callum Reyes"), over[0])
    assert (one.fact, one.by.name) == ("amount", "Erin Castellano")


def test_in_any_week_its_quarters_have_names_of_their_own_and_in_turn():
    for days in range(4 * 365):
        today = MONDAY + timedelta(days=days)
        named = demo_quarter.quarters_around(today)
        turns = [(int(name[3:]), int(name[1])) for name, _span in named]
        number = [year * 4 + quarter for year, quarter in turns]
        assert number == list(range(number[0], number[0] + 6)), today
        assert today in named[4][1]

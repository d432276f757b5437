"""What history says, on numbers that can be worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.db import connection

from reps.domain.funnel import Sample
from reps.domain.quarter import Span
from reps.domain.segment import THE_TEAM, Group, Taken
from reps.domain.transitions import Place
from reps.models import CameBack, Deal, Rep, StageMove
from reps.models.history import history_of
from reps.models.track_record import track_records
from tests.factories.reps import (
    NOON,
    ActivityEntryFactory,
    ActivityKindFactory,
    DealFactory,
    QuarterFactory,
    RepFactory,
    SegmentFactory,
    StageFactory,
    close_deals,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 12)
WINDOW = Span(date(2026, 1, 5), TODAY)  # from a Monday
A_WEEK = timedelta(weeks=1)


@pytest.fixture
def peer(rep):
    return RepFactory(team=rep.team)


@pytest.fixture
def leading(rep):
    return ActivityKindFactory(organization=rep.organization)


def deal(owner, stage, **facts):
    facts = {"opened_on": date(2026, 2, 2)} | facts
    return DealFactory(owner=owner, stage=stage, **facts)


def log(rep, kind, count, week=WINDOW.starts_on):
    ActivityEntryFactory(rep=rep, kind=kind, week=week, change=count)


def imported(owner, stage, *, opened_on, moved_on, outcome=Deal.Outcome.OPEN):
    """A deal that an import saw for the first time where it stands."""
    new = Deal(
        organization=owner.organization,
        owner=owner,
        amount=1_000,
        opened_on=opened_on,
        source="crm",
        source_key=str(Deal.objects.count()),
    )
    move = new.moved(
        Place(stage.pk, outcome),
        stages=[stage.pk],
        by=None,
        on=moved_on,
        at=NOON,
        importing="crm",
    )
    new.save()
    move.deal = new
    move.save()
    return new


def history(rep, leading=None, window=WINDOW):
    return history_of(rep, window=window, leading=leading)


def test_the_win_rate_is_won_of_the_opportunities_closed(rep, peer, early, counting):
    for _ in range(3):
        deal(rep, counting, won_on=date(2026, 3, 2))
    for _ in range(7):
        deal(rep, counting, lost_on=date(2026, 3, 2))
    for _ in range(2):
        deal(peer, counting, won_on=date(2026, 3, 2))
    for _ in range(8):
        deal(peer, counting, lost_on=date(2026, 3, 2))
    deal(rep, early, lost_on=date(2026, 3, 2))  # never was an opportunity
    deal(rep, counting)  # still open

    rate = history(rep).win_rate

    assert rate.own == Sample(3, 10)
    assert rate.team == Sample(5, 20)
    assert rate.value == Decimal("0.275")  # (3 + 10 * 25 %) / (10 + 10)


def test_what_was_won_counts_wherever_it_stood(rep, early):
    deal(rep, early, won_on=date(2026, 3, 2))

    assert history(rep).win_rate.own == Sample(1, 1)


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (date(2026, 1, 4), 0),
        (date(2026, 1, 5), 1),  # the window's first day
        (TODAY, 1),
        (date(2026, 11, 13), 0),
    ],
)
def test_only_what_was_closed_in_the_window_counts(rep, counting, day, counted):
    deal(rep, counting, opened_on=date(2025, 12, 1), won_on=day)

    assert history(rep).own.closed.total == counted


def test_nobody_elses_team_is_in_it(rep, counting):
    stranger = RepFactory(organization=rep.organization)
    deal(stranger, counting, won_on=date(2026, 3, 2))

    assert history(rep).team.closed.total == 0


def test_somebody_who_left_the_team_is_in_their_own_history_alone(rep, peer, counting):
    peer.left_on = date(2026, 6, 30)
    peer.save()
    deal(peer, counting, won_on=date(2026, 3, 2))

    assert history(rep).team.closed.total == 0
    assert history(peer).own.closed.total == 1


def test_it_agrees_with_the_team_board(rep, peer, early, counting):
    quarter = QuarterFactory(
        organization=rep.organization,
        starts_on=date(2026, 10, 5),
        ends_on=date(2027, 1, 3),
    )
    for owner in (rep, peer):
        deal(owner, counting, won_on=date(2026, 10, 20))
        deal(owner, early, won_on=date(2026, 10, 20))
        deal(owner, early, lost_on=date(2026, 10, 20))
        deal(owner, counting, lost_on=date(2026, 10, 20))
    deal(rep, counting, won_on=date(2026, 9, 20))  # before the only quarter
    records = track_records(
        [rep, peer],
        quarter=quarter,
        quarters=[quarter],
        leading=None,
        today=TODAY,
        work_week=rep.organization.work_week,
    )
    said = history(rep, window=Span(quarter.starts_on, TODAY))

    assert said.win_rate == records.win_rate(records[rep.pk], rep.organization)
    assert said.average_deal.own == records[rep.pk].amounts


def test_demos_become_opportunities_when_a_deal_first_reaches_a_stage_that_counts(
    rep, peer, early, counting, leading
):
    log(rep, leading, 4)
    log(rep, leading, 6, week=date(2026, 11, 9))
    log(peer, leading, 10)
    moved = deal(rep, early)
    moved.move_to(counting, by=rep.user, on=date(2026, 5, 4), at=NOON)
    deal(rep, counting)  # opened so far along
    deal(rep, early)  # has not got there
    deal(peer, counting)

    rate = history(rep, leading).demo_rate

    assert rate.own == Sample(2, 10)
    assert rate.team == Sample(3, 20)


def test_a_deal_that_goes_back_and_forth_is_reached_once(rep, early, counting, leading):
    log(rep, leading, 9)
    moved = deal(rep, counting, opened_on=date(2025, 12, 1))  # before the window
    said = {"by": rep.user, "at": NOON}
    moved.move_to(early, on=date(2026, 2, 2), reason="not yet", **said)
    moved.move_to(counting, on=date(2026, 3, 2), **said)

    assert history(rep, leading).demo_rate.own == Sample(0, 9)


def test_a_deal_won_from_an_earlier_stage_was_reached_too(rep, early, leading):
    log(rep, leading, 5)
    deal(rep, early, won_on=date(2026, 3, 2))

    assert history(rep, leading).demo_rate.own == Sample(1, 5)


@pytest.mark.parametrize(
    ("opened_on", "moved_on", "reached"),
    [
        (date(2026, 3, 2), date(2027, 1, 4), 1),  # opened in the window
        (
            date(2025, 3, 3),
            date(2026, 3, 2),
            0,
        ),  # before it
        (None, date(2026, 3, 2), 1),  # nothing better is known
    ],
)
def test_an_imported_deal_was_reached_when_it_was_opened(
    rep, counting, leading, opened_on, moved_on, reached
):
    log(rep, leading, 5)
    imported(rep, counting, opened_on=opened_on, moved_on=moved_on)

    assert history(rep, leading).demo_rate.own == Sample(reached, 5)


def test_an_imported_deal_that_moves_later_was_reached_then(
    rep, early, counting, leading
):
    log(rep, leading, 5)
    brought = imported(
        rep, early, opened_on=date(2025, 3, 3), moved_on=date(2025, 3, 3)
    )
    brought.move_to(counting, on=date(2026, 3, 2), at=NOON, importing="crm", by=None)

    assert StageMove.objects.filter(deal=brought, kind="imported").count() == 2
    assert history(rep, leading).demo_rate.own == Sample(1, 5)


def test_opportunities_from_before_anybody_logged_are_not_set_against_demos(
    rep, counting, leading
):
    first_logged = date(2026, 6, 1)
    log(rep, leading, 4, week=first_logged)
    deal(rep, counting, opened_on=date(2026, 5, 31))
    deal(rep, counting, opened_on=first_logged)

    assert history(rep, leading).demo_rate.own == Sample(1, 4)


def test_a_week_of_other_activity_shows_that_demos_were_being_logged(
    rep, counting, leading
):
    calls = ActivityKindFactory(
        organization=rep.organization, name="Calls", is_leading=False
    )
    log(rep, calls, 30, week=date(2026, 5, 4))
    log(rep, leading, 4, week=date(2026, 6, 1))
    deal(rep, counting, opened_on=date(2026, 5, 20))

    assert history(rep, leading).demo_rate.own == Sample(1, 4)


def test_a_demo_becomes_at_most_one_opportunity(rep, counting, leading):
    log(rep, leading, 1)
    deal(rep, counting)
    deal(rep, counting)

    assert history(rep, leading).demo_rate.own == Sample(1, 1)


@pytest.mark.parametrize(
    ("week", "held"),
    [
        (WINDOW.starts_on - A_WEEK, 0),
        (WINDOW.starts_on, 3),
        (date(2026, 11, 9), 3),
        (date(2026, 11, 16), 0),
    ],
)
def test_demos_count_in_the_weeks_of_the_window(rep, leading, week, held):
    log(rep, leading, 3, week=week)

    assert history(rep, leading).own.demos.cases == held


def test_without_a_leading_activity_the_starting_rate_stands(rep, counting, leading):
    log(rep, leading, 3)
    deal(rep, counting)

    assert history(rep, None).demo_rate.value == rep.organization.starting_demo_rate


def test_the_average_deal_stands_beside_the_median(rep, counting):
    for amount in (5_000, 10_000, 45_000):
        deal(rep, counting, amount=Decimal(amount), won_on=date(2026, 3, 2))

    said = history(rep)

    assert said.average_deal.own == Sample(60_000, 3)
    assert said.median_amount == 10_000


@pytest.mark.parametrize(
    ("amounts", "median"),
    [([7], 7), ([9, 2], Decimal("5.5")), ([3, 1, 2], 2), ([4, 4, 1, 9], 4)],
)
def test_the_median_is_the_one_in_the_middle_or_between_the_two(
    rep, peer, counting, amounts, median
):
    for amount in amounts:
        deal(rep, counting, amount=amount, won_on=date(2026, 3, 2))
    deal(peer, counting, amount=100, won_on=date(2026, 3, 2))  # the rep's own alone

    assert history(rep).median_amount == median


def test_the_cycle_is_the_days_from_opened_to_won(rep, counting):
    for days in (10, 20, 60):
        opened_on = date(2026, 2, 2)
        deal(
            rep,
            counting,
            opened_on=opened_on,
            won_on=opened_on + timedelta(days=days),
        )
    imported(
        rep,
        counting,
        opened_on=None,
        moved_on=date(2026, 3, 2),
        outcome=Deal.Outcome.WON,
    )

    said = history(rep)

    assert said.own.cycle.days == (10, 20, 60)
    assert said.own.closed.total == 4  # a win without an opening date is still a win


def test_open_deals_older_than_any_win_could_be_counted_as_lost(rep, peer, counting):
    opened_on = date(2026, 2, 2)
    deal(rep, counting, won_on=opened_on + timedelta(days=5))
    deal(peer, counting, won_on=opened_on + timedelta(days=30))
    said = history(rep)
    thirty = TODAY - timedelta(days=30)
    stale = said.older_than_any_win([thirty, thirty - timedelta(days=1), None])

    assert stale == 1  # the team's longest took 30 days: not older than itself
    assert said.win_rate_if_lost(stale) == Sample(1, 2)


def test_without_a_win_no_deal_is_older_than_one(rep):
    assert history(rep).older_than_any_win([date(2020, 1, 1)]) == 0


def test_without_history_every_figure_is_the_starting_one(rep):
    said, start = history(rep), rep.organization

    assert said.win_rate.value == start.starting_win_rate
    assert said.average_deal.value == start.starting_average_deal
    assert said.cycle.days == start.starting_cycle_days


# --- Like with like -------------------------------------------------------------------


@pytest.fixture
def enterprise(rep):
    """What the rep sells to, beside a team that sells to others."""
    rep.segment = SegmentFactory(organization=rep.organization, name="Enterprise")
    rep.save()
    return rep.segment


def elsewhere(rep, **facts):
    """Somebody of another team of the organization."""
    return RepFactory(organization=rep.organization, **facts)


@pytest.mark.parametrize("leading_count", [0, 40])
def test_in_a_team_of_others_the_organizations_same_segment_counts(
    rep, peer, enterprise, counting, leading, leading_count
):
    close_deals(peer, counting, won=90, lost=10)
    close_deals(rep, counting, won=1, lost=3)
    for one in (elsewhere(rep, segment=enterprise) for _ in range(2)):
        close_deals(one, counting, won=2, lost=11)
        if leading_count:
            log(one, leading, leading_count)
    close_deals(elsewhere(rep), counting, won=70)  # sells to others, somewhere else

    said = history(rep, leading)

    assert said.group == Group(Taken.SEGMENT, "Enterprise", teams=3)
    assert said.own.closed == Sample(1, 4)
    assert said.team.closed == Sample(5, 30)
    assert said.team.amounts == Sample(250_000, 5)
    assert said.team.cycle.cases == 5
    assert said.team.demos.cases == 2 * leading_count


def test_the_same_segment_in_the_team_comes_first(rep, peer, enterprise, counting):
    for one in (rep, RepFactory(team=rep.team, segment=enterprise)):
        close_deals(one, counting, won=2, lost=8)
    close_deals(RepFactory(team=rep.team, segment=enterprise), counting, won=1, lost=9)
    close_deals(peer, counting, won=50)
    close_deals(elsewhere(rep, segment=enterprise), counting, won=50)

    said = history(rep)

    assert said.group == Group(Taken.SEGMENT_IN_TEAM, "Enterprise", "West", teams=1)
    assert said.team.closed == Sample(5, 30)


@pytest.mark.parametrize(
    ("own", "others", "taken"),
    [
        (10, [10, 9], Taken.TEAM),  # 29
        (10, [10, 10], Taken.SEGMENT),
        (0, [1, 1, 28], Taken.SEGMENT),
        (0, [20, 20], Taken.TEAM),  # two people
        (10, [40], Taken.TEAM),
    ],
)
def test_a_segment_that_says_too_little_leaves_it_to_the_team(
    rep, peer, enterprise, counting, own, others, taken
):
    close_deals(peer, counting, won=3)
    close_deals(rep, counting, lost=own)
    for closed in others:
        close_deals(elsewhere(rep, segment=enterprise), counting, lost=closed)

    said = history(rep)

    assert said.group.taken == taken
    assert said.team.closed.total == (3 if taken == Taken.TEAM else 0)


def test_who_left_or_lost_before_it_counted_is_not_in_the_segments_size(
    rep, enterprise, early, counting
):
    close_deals(rep, counting, won=20)
    close_deals(elsewhere(rep, segment=enterprise), counting, won=20)
    left = elsewhere(rep, segment=enterprise, left_on=date(2026, 6, 30))
    close_deals(left, counting, won=20)
    close_deals(elsewhere(rep, segment=enterprise), early, lost=20)

    assert history(rep).group.taken == Taken.TEAM


def test_another_organizations_people_are_not_in_it(rep, enterprise, counting):
    close_deals(rep, counting, won=10)
    for stranger in RepFactory.create_batch(3):
        stage = StageFactory(organization=stranger.organization)
        close_deals(stranger, stage, won=10)

    assert history(rep).team.closed == Sample(10, 10)


def test_with_one_segment_there_is_the_team_and_nothing_else(rep, counting):
    close_deals(rep, counting, won=1)
    for _ in range(3):
        close_deals(elsewhere(rep), counting, won=10)

    said = history(rep)

    assert (said.group, said.team.closed) == (THE_TEAM, Sample(1, 1))


def test_it_is_todays_segment(rep, enterprise, counting):
    others = [elsewhere(rep) for _ in range(3)]
    for one in others:
        close_deals(one, counting, won=10)
    assert history(rep).group.taken == Taken.TEAM

    for one in others:
        one.segment = enterprise
        one.save()

    assert history(rep).group.taken == Taken.SEGMENT


@pytest.mark.parametrize("mates", [0, 2])
def test_the_team_board_compares_with_the_same_group(
    rep, peer, enterprise, counting, mates, django_assert_num_queries
):
    quarter = QuarterFactory(
        organization=rep.organization, starts_on=date(2026, 1, 5), ends_on=TODAY
    )
    close_deals(peer, counting, won=40)
    close_deals(rep, counting, won=2, lost=8)
    like = {"segment": enterprise}
    for _ in range(mates):
        close_deals(RepFactory(team=rep.team, **like), counting, won=1, lost=9)
    for _ in range(2):
        close_deals(elsewhere(rep, **like), counting, won=4, lost=9)
    close_deals(elsewhere(rep, **like, left_on=date(2026, 6, 30)), counting, won=9)
    close_deals(elsewhere(rep), counting, won=9)
    team = list(Rep.objects.filter(team=rep.team))

    with django_assert_num_queries(4):  # quotas, deals, cancellations, absences
        records = track_records(
            team,
            quarter=quarter,
            quarters=[quarter],
            leading=None,
            work_week=rep.organization.work_week,
            today=TODAY,
            by_segment=True,
        )

    of = rep.organization
    theirs = {pk: records.win_rate(record, of) for pk, record in records.items()}
    assert theirs == {one.pk: history(one).win_rate for one in team}
    assert theirs[rep.pk].team == (Sample(4, 30) if mates else Sample(10, 36))
    assert records[rep.pk].open_deals == 0
    assert len(records) == 2 + mates


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("many", [1, 5])
def test_it_costs_the_same_however_much_history(
    rep, counting, leading, many, several, django_assert_num_queries
):
    if several:
        SegmentFactory(organization=rep.organization, name="Enterprise")
    for number in range(many):
        peer = RepFactory(team=rep.team)
        log(peer, leading, 3, week=WINDOW.starts_on + number * A_WEEK)
        deal(peer, counting, won_on=date(2026, 3, 2))
        deal(rep, counting, lost_on=date(2026, 3, 2))

    with django_assert_num_queries(3):  # closed deals, demos held, first moves
        history(rep, leading)


def test_a_loss_stays_one_though_the_deal_came_back_and_was_won(rep, early, counting):
    said = {"by": rep.user, "at": NOON, "reason": "They called"}
    again = deal(rep, counting, lost_on=date(2026, 3, 2))
    again.move_to(counting, on=date(2026, 3, 9), **said)
    assert history(rep).own.closed == Sample(Decimal(0), 1)
    again.move_to(counting, "won", on=date(2026, 3, 30), **said)
    deal(rep, early, lost_on=date(2026, 3, 2)).move_to(early, on=TODAY, **said)
    too_early = deal(rep, counting, lost_on=date(2026, 2, 2))
    too_early.move_to(counting, on=TODAY, **said)

    window = Span(date(2026, 2, 3), TODAY)
    assert history(rep, window=window).own.closed == Sample(Decimal(1), 2)
    of = {"organization": rep.organization}
    quarter = QuarterFactory(starts_on=window.starts_on, ends_on=TODAY, **of)
    records = track_records(
        [rep],
        quarter=quarter,
        quarters=[quarter],
        leading=None,
        today=TODAY,
        work_week=rep.organization.work_week,
    )
    assert records[rep.pk].closed == Sample(Decimal(1), 2)
    assert records[rep.pk].amounts == Sample(again.amount, 1)


def test_it_stays_with_whoever_had_the_deal_then(rep, peer, counting):
    said = {"by": rep.user, "at": NOON, "reason": "They called"}
    again = deal(rep, counting, lost_on=date(2026, 3, 2))
    again.move_to(counting, on=date(2026, 3, 9), **said)
    Deal.objects.filter(pk=again.pk).update(owner=peer)

    assert history(rep).own.closed.cases == 1
    assert history(peer).own.closed.cases == 0


def test_a_loss_put_right_counts_on_its_right_day(rep, counting):
    said = {"by": rep.user, "at": NOON}
    again = deal(rep, counting, lost_on=date(2026, 3, 2))
    again.correct({"closed_on": date(2026, 6, 1)}, why="A slip", **said)
    again.move_to(counting, on=date(2026, 6, 9), reason="They called", **said)

    assert history(rep, window=Span(date(2026, 5, 1), TODAY)).own.closed.cases == 1


def test_the_migration_finds_the_losses_that_moves_tell_of(rep, counting):
    """As the database writes them down itself."""
    said = {"by": rep.user, "at": NOON, "reason": "They called"}
    deal(rep, counting, lost_on=date(2026, 3, 2)).move_to(counting, on=TODAY, **said)
    deal(rep, counting, lost_on=date(2026, 4, 6))
    deal(rep, counting)
    told = import_module("reps.migrations.0041_losses_that_came_back").TOLD
    with connection.cursor() as cursor:
        cursor.execute(told)
        found = cursor.fetchall()
    facts = ("organization", "deal", "owner", "stage", "lost_on", "recorded_at")
    assert len(found) == 1
    assert found == list(CameBack.objects.values_list(*facts))


def test_a_win_that_is_taken_back_is_in_no_rate(rep, early, counting, leading):
    log(rep, leading, 4)
    said = {"by": rep.user, "at": NOON, "reason": "It was another contract"}
    mistaken = deal(rep, early, won_on=date(2026, 3, 2))
    assert history(rep, leading).own.demos == Sample(Decimal(1), 4)

    mistaken.move_to(early, taking_back=True, on=TODAY, **said)
    own = history(rep, leading).own
    assert (own.closed.cases, own.amounts.cases, own.demos.total) == (0, 0, 0)
    mistaken.refresh_from_db()
    assert mistaken.became_opportunity_on is None

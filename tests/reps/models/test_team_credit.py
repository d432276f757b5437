"""Credit stays where it was earned: a team's quarter by the days people were in it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from reps.models import Quarter, Rep, Team
from reps.models.team_credit import team_credit, with_passing
from reps.models.track_record import track_records
from tests.factories.reps import (
    NOON,
    DealFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db

TODAY = NOON.date()  # day 39 of 91
SECOND_OF_NOVEMBER = date(2026, 11, 2)  # day 29


@pytest.fixture
def quarter(rep):
    return QuarterFactory(organization=rep.organization)


@pytest.fixture
def east(rep):
    return TeamFactory(organization=rep.organization, name="East")


@pytest.fixture
def theo(rep, quarter):
    """2,000 a day."""
    QuotaFactory(rep=rep, quarter=quarter, amount=182_000)
    won(rep, 30_000, date(2026, 10, 12))
    won(rep, 10_000, date(2026, 11, 10))
    return rep


def won(rep, amount, day):
    return DealFactory(owner=rep, amount=amount, opened_on=date(2026, 7, 6), won_on=day)


def go(rep, team, since=SECOND_OF_NOVEMBER, at=NOON):
    facts = {"by": rep.team.manager, "at": at, "why": "We were told late."}
    rep.change_team(team, since=since, **facts)


def credit_of(*teams, today=TODAY):
    quarter = Quarter.objects.get()
    days = quarter.starts_on, quarter.ends_on
    teams = list(with_passing(Team.objects.filter(pk__in=[t.pk for t in teams]), *days))
    records = track_records(
        Rep.objects.filter(team__in=teams).selling_on(today).select_related("team"),
        quarter=quarter,
        quarters=[quarter],
        leading=None,
        today=today,
        work_week=quarter.organization.work_week,
        teams=[team.pk for team in teams],
    )
    return team_credit(teams, records, quarter, today=today)


def sums(credit):
    return credit.owed, credit.expected, credit.booked


def test_a_whole_quarter_in_one_team_is_all_that_teams(theo):
    found = credit_of(theo.team)[theo.team_id]
    assert sums(found) == (182_000, 78_000, 40_000)
    assert (found.gone, found.called_off) == ([], [])


def test_it_costs_nothing_where_nobody_came_or_went(
    theo, quarter, django_assert_num_queries
):
    teams = list(with_passing(Team.objects.all(), TODAY, TODAY))
    records = track_records(
        [theo],
        quarter=None,
        quarters=[],
        leading=None,
        today=TODAY,
        work_week=theo.organization.work_week,
    )
    with django_assert_num_queries(0):
        team_credit(teams, records, quarter, today=TODAY)


def test_whoever_changes_team_leaves_what_was_owed_and_won_there(theo, east):
    west = theo.team
    go(theo, east)
    credit = credit_of(west, east)
    # 28 days of 2,000, all of them over; 63 days, of which 11 are over.
    assert sums(credit[west.pk]) == (56_000, 56_000, 30_000)
    assert sums(credit[east.pk]) == (126_000, 22_000, 10_000)
    (gone,) = credit[west.pk].gone
    assert (gone.name, gone.until) == ("Theo Lindqvist", date(2026, 11, 1))
    assert credit[east.pk].gone == []


def test_the_manager_of_the_old_team_alone_finds_their_part(theo, east):
    west = theo.team
    go(theo, east)
    assert sums(credit_of(west)[west.pk]) == (56_000, 56_000, 30_000)


def test_whoever_changes_team_as_the_next_quarter_begins_leaves_all_of_this_one(
    theo, east
):
    """Where the reader is, it is still the quarter's last day."""
    west, new_year = theo.team, datetime(2027, 1, 4, 1, tzinfo=UTC)
    go(theo, east, new_year.date(), at=new_year)
    credit = credit_of(west, east, today=date(2027, 1, 3))
    assert sums(credit[west.pk]) == (182_000, 182_000, 40_000)
    assert sums(credit[east.pk]) == (0, 0, 0)
    assert credit[west.pk].gone == []


def test_what_is_called_off_comes_off_the_team_that_had_the_win(theo, east):
    west = theo.team
    deal = won(theo, 8_000, date(2026, 9, 1))  # in the quarter before
    go(theo, east)
    facts = {"words": "No budget.", "by": theo.user, "at": NOON}
    deal.cancel(Decimal(5_000), on=date(2026, 11, 11), **facts)
    credit = credit_of(west, east)
    assert credit[west.pk].booked == 25_000
    assert credit[east.pk].booked == 10_000
    assert credit[west.pk].called_off_of_others == []  # Theo is named already


def test_a_cancellation_names_who_went_in_an_earlier_quarter(theo, east):
    west = theo.team
    deal = won(theo, 8_000, date(2026, 9, 1))
    go(theo, east, date(2026, 10, 1))
    facts = {"words": "No budget.", "by": theo.user, "at": NOON}
    deal.cancel(Decimal(5_000), on=date(2026, 11, 11), **facts)
    found = credit_of(west, east)
    assert sums(found[west.pk]) == (0, 0, -5_000)
    (named,) = found[west.pk].called_off_of_others
    assert (named.name, named.amount) == ("Theo Lindqvist", 5_000)
    assert found[east.pk].booked == 40_000


def test_whoever_left_stays_in_the_sums_to_their_last_day(theo):
    theo.left_on = date(2026, 11, 1)
    theo.save()
    found = credit_of(theo.team)[theo.team_id]
    # Won in their name after the last day: it is still the team's.
    assert sums(found) == (56_000, 56_000, 40_000)
    assert [part.until for part in found.gone] == [date(2026, 11, 1)]


def test_whoever_left_before_the_quarter_is_no_part_of_it(theo):
    theo.left_on = date(2026, 10, 2)
    theo.save()
    found = credit_of(theo.team)[theo.team_id]
    assert sums(found) == (0, 0, 40_000)  # somebody still closed their deals
    other = RepFactory(team=theo.team, left_on=date(2026, 10, 2))
    assert other.name not in [part.name for part in found.parts]


def test_nothing_is_counted_twice_or_lost(theo, east):
    """Whatever way people go: the teams together come to what the people do."""
    peer = RepFactory(team=theo.team)
    won(peer, 7_000, date(2026, 10, 20))
    go(theo, east)
    go(peer, east, date(2026, 10, 21))
    go(peer, Team.objects.get(name="West"), date(2026, 11, 3))
    credit = credit_of(*Team.objects.all())
    assert sum(one.booked for one in credit.values()) == 47_000
    assert sum(one.owed for one in credit.values()) == 182_000
    assert sum(one.expected for one in credit.values()) == 78_000

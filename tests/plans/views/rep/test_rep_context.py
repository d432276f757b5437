"""What a rep's page says: the standing, the week, the history."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from plans.views.rep.rep_context import ActivityShown
from reps.domain.pacing import UsualWeek
from reps.models import Quota
from reps.models.activity_weeks import ActivityWeeks
from tests.factories.reps import (
    NOON,
    AbsenceFactory,
    ActivityKindFactory,
    DealFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    SegmentFactory,
    StageFactory,
    close_deals,
    log,
)
from tests.pages import page_for

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


def page_of(rep) -> str:
    return reverse("plans:rep_detail", args=[rep.pk])


def page(client, rep, user=None, query=""):
    return page_for(client, user or rep.user, page_of(rep) + query)


# Standing


def test_it_tells_the_standing_in_figures_and_in_words(client, rep, quarter):
    two_thousand_a_day = Decimal(182_000)  # over 91 days
    QuotaFactory(rep=rep, quarter=quarter, amount=two_thousand_a_day)
    DealFactory(owner=rep, amount=Decimal(38_000), won_on=date(2026, 10, 20))

    shown = page(client, rep)

    assert "$38,000 booked of $182,000; $78,000 expected by now." in shown  # 39 days
    assert "$40,000 behind" in shown
    assert "21%" in shown
    # 144,000 over 53 days, of which today is the first
    assert "$144,000" in shown
    assert "$19,019 a week over the 53 days left, today included" in shown


def test_a_quota_that_is_met_has_nothing_left_to_book(client, rep, quarter):
    QuotaFactory(rep=rep, quarter=quarter, amount=Decimal(30_000))
    DealFactory(owner=rep, amount=Decimal(38_000), won_on=date(2026, 10, 20))

    shown = page(client, rep)

    assert "The quota is met, and $8,000 beyond it." in shown
    assert "a week over" not in shown
    assert "so there is nothing to cover" in shown


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 28), "$182,000 a week over the 7 days left, today included"),
        (date(2026, 12, 30), "in the 5 days left, today included"),
        (date(2027, 1, 3), "in the one day left, which is today"),
    ],
)
def test_the_last_days_have_no_rate_by_the_week(client, rep, quarter, day, words):
    QuotaFactory(rep=rep, quarter=quarter, amount=Decimal(182_000))

    with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
        assert words in page(client, rep)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"ramp": Decimal("0.5")},
            "A full quarter is $200,000: 50% of it while learning the job.",
        ),
        (
            {"starts_on": date(2026, 11, 2)},
            "A full quarter is $200,000: this quota counts from Mon 2 Nov.",
        ),
        (
            {"ramp": Decimal("0.5"), "starts_on": date(2026, 11, 2)},
            "50% of it while learning the job, counted from Mon 2 Nov.",
        ),
    ],
)
def test_a_quota_with_ramp_or_a_late_start_says_so(client, rep, quarter, facts, words):
    QuotaFactory(rep=rep, quarter=quarter, **facts)

    assert words in page(client, rep)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (91_000, "from Mon 9 Nov on a full quarter is $91,000."),
        (0, "Nothing is owed from Mon 9 Nov on."),
    ],
)
def test_a_quota_that_changed_in_the_quarter_says_so(
    client, rep, quarter, amount, said
):
    QuotaFactory(rep=rep, quarter=quarter, amount=Decimal(182_000))
    row = Quota(
        organization=rep.organization, rep=rep, quarter=quarter, amount=Decimal(amount)
    )
    facts = {"at": NOON, "why": "Two accounts went to Hana."}
    Quota.objects.set_quotas(
        rep.organization, [row], holds_from=date(2026, 11, 9), **facts
    )
    shown = page(client, rep)
    assert said in shown
    # 2,000 a day to 8 November, and four days of the other.
    assert f"{70_000 + 4 * amount // 91:,} expected by now" in shown


def test_a_whole_quota_says_nothing_of_ramp(client, rep, quarter):
    QuotaFactory(rep=rep, quarter=quarter)

    assert "A full quarter is" not in page(client, rep)


@pytest.mark.usefixtures("quarter")
def test_without_a_quota_what_is_booked_is_shown_all_the_same(client, rep):
    DealFactory(owner=rep, amount=Decimal(38_000), won_on=date(2026, 10, 20))

    assert "No quota is set for you this quarter" in page(client, rep)
    shown = page(client, rep, rep.team.manager)
    assert "No quota is set for Theo Lindqvist this quarter" in shown
    assert "$38,000" in shown


def test_without_any_quarter_the_page_stays_calm(client, rep):
    assert "No quarter has begun yet." in page(client, rep)


@pytest.mark.usefixtures("quarter")
def test_between_quarters_the_page_stays_calm(client, rep):
    with time_machine.travel(datetime(2027, 1, 4, 12, tzinfo=UTC)):
        assert "No quarter covers today." in page(client, rep)


def test_a_cancellation_stands_against_the_day_it_came(client, rep, quarter):
    QuarterFactory(
        organization=rep.organization,
        name="Q3 2026",
        starts_on=date(2026, 7, 6),
        ends_on=date(2026, 10, 4),
    )
    QuotaFactory(rep=rep, quarter=quarter)
    gone = DealFactory(
        owner=rep,
        amount=Decimal(41_000),
        opened_on=date(2026, 8, 3),
        won_on=date(2026, 9, 1),
    )
    called_off = {"on": date(2026, 11, 3), "words": "No budget.", "by": rep.user}
    gone.cancel(Decimal(11_000), **called_off, at=NOON)

    shown = page(client, rep)

    assert "$11,000 cancelled on 3 Nov is taken off; it was won in Q3 2026." in shown
    assert "-$11,000 booked of $200,000" in shown.replace("−", "-")


# This week


def test_every_counted_activity_is_shown_the_leading_one_first(client, rep, demos):
    calls = ActivityKindFactory(
        organization=rep.organization, name="A call", is_leading=False, order=1
    )
    ActivityKindFactory(
        organization=rep.organization, name="Faxes", is_leading=False, is_retired=True
    )
    log(rep, demos, 2)
    log(rep, demos, 3, weeks_ago=1)
    log(rep, calls, 52)

    shown = page(client, rep)

    assert shown.index("Demos held") < shown.index("A call")
    assert "Faxes" not in shown
    assert "2 this week; usually 3, and 2.4 by today." in shown
    assert "No finished week to compare with yet." in shown  # of calls


def test_the_chart_tells_the_last_weeks_in_words_and_as_a_table(client, rep, demos):
    log(rep, demos, 4, weeks_ago=2)
    log(rep, demos, 2)

    shown = page(client, rep)

    assert "Demos held in the last 13 weeks" in shown
    assert "26 Oct: 4; 2 Nov: 0; this week: 2." in shown
    assert '<th scope="row">26 Oct</th> <td>4</td>' in shown
    assert '<th scope="row">19 Oct</th> <td>nothing logged yet</td>' in shown


@pytest.mark.usefixtures("demos")
def test_before_anything_is_logged_there_is_no_chart(client, rep):
    shown = page(client, rep)

    assert "the chart begins with the first that is logged" in shown
    assert "week-chart-title" not in shown


def test_away_all_week_nothing_is_expected(client, rep, demos):
    AbsenceFactory(rep=rep)
    log(rep, demos, 1, weeks_ago=1)

    shown = page(client, rep)

    assert "Away this week, so nothing is expected of it." in shown
    assert "this week: away" in shown


@pytest.mark.parametrize(
    ("target", "usual", "done", "expected"),
    [
        (None, None, 2, (0, False, 0)),  # nothing to compare with, and no bar
        (None, 0, 0, (0, False, 0)),  # less than every other week, usually
        (None, 4, 3, (4, False, 4)),
        (None, 4, 4, (4, True, 4)),
        (None, 4, 5, (4, True, 5)),
        (3, 1, 2, (3, False, 3)),  # the plan's number, not the usual one
        (3, None, 3, (3, True, 3)),
    ],
)
def test_a_week_is_measured_by_the_target_and_without_one_by_the_usual(
    target, usual, done, expected
):
    usual = None if usual is None else UsualWeek(Decimal(usual), 4)
    week = ActivityWeeks(kind=None, done=done, usual=usual, due=Decimal(0), weeks=[])
    shown = ActivityShown(week, target, Decimal(0))
    assert (shown.goal, shown.is_met, shown.scale) == expected


def test_without_activities_it_says_who_chooses_them(client, rep):
    assert "No activities are counted here yet" in page(client, rep)


# What history says


def test_each_figure_has_its_sample_in_words(client, rep, quarter, demos):
    peer = RepFactory(team=rep.team)
    for _ in range(4):
        DealFactory(owner=rep, amount=Decimal(20_000), won_on=date(2026, 10, 25))
    for _ in range(8):
        DealFactory(owner=rep, lost_on=date(2026, 10, 25))
    for _ in range(8):
        DealFactory(owner=peer, lost_on=date(2026, 10, 25))
    log(rep, demos, 15, weeks_ago=5)

    shown = page(client, rep)

    # (4 + 10 * 20 %) / (12 + 10) = 27 %; alone it is 33 %
    assert "4 of 12 opportunities, so far; team 20%" in shown
    assert "33% without the team’s part in it" in shown
    assert "The win rate: (4 + 10 × 4 ÷ 20) ÷ (12 + 10) = 27%." in shown
    assert "12 of 15, so far" in shown
    assert "$80,000 over 4 won deals, so far" in shown
    assert "Only 4 won so far, with a median of 20 days, so this is the team’s" in shown


def test_four_finished_quarters_are_called_so(client, rep, quarter):
    for number in range(1, 5):
        first = quarter.starts_on - number * timedelta(weeks=13)
        QuarterFactory(
            organization=rep.organization,
            name=f"{number} before",
            starts_on=first,
            ends_on=first + timedelta(days=90),
        )
    RepFactory(team=rep.team)
    for _ in range(10):
        DealFactory(owner=rep, won_on=date(2026, 10, 25))

    assert "10 of 10 opportunities, last four quarters" in page(client, rep)


def test_a_small_sample_says_that_it_leans_on_the_team(client, rep, quarter):
    peer = RepFactory(team=rep.team)
    DealFactory(owner=rep, won_on=date(2026, 10, 25))
    for _ in range(3):
        DealFactory(owner=peer, lost_on=date(2026, 10, 25))

    shown = page(client, rep)

    assert "1 of 1 opportunities, so far; team 25%" in shown
    assert "Only 1 so far, so this leans on the team’s 25%" in shown


def test_nothing_of_ones_own_is_the_teams(client, rep, quarter):
    peer = RepFactory(team=rep.team)
    DealFactory(owner=peer, won_on=date(2026, 10, 25))

    assert page(client, rep).count("the team’s, nothing of your own yet") == 3
    shown = page(client, rep, rep.team.manager)
    assert shown.count("the team’s, nothing of Theo Lindqvist’s own yet") == 3


@pytest.mark.usefixtures("demos")
def test_nothing_at_all_is_a_starting_figure(client, rep):
    shown = page(client, rep)

    assert shown.count("a starting figure, nothing logged yet") == 4
    assert "30%" in shown
    assert "$10,000" in shown
    assert "45 days" in shown


def test_the_median_is_shown_where_one_large_deal_carries_the_average_off(
    client, rep, quarter
):
    for amount in (10_000, 10_000, 100_000):
        DealFactory(owner=rep, amount=Decimal(amount), won_on=date(2026, 10, 25))

    shown = page(client, rep)

    assert "$120,000 over 3 won deals" in shown
    assert "Half of them are below $10,000, the median" in shown


def test_open_deals_older_than_any_win_are_named_beside_the_win_rate(
    client, rep, quarter
):
    DealFactory(owner=rep, won_on=date(2026, 10, 25))  # after 20 days
    DealFactory(owner=rep, opened_on=date(2026, 10, 1))
    DealFactory(owner=rep, opened_on=date(2026, 11, 10))

    shown = page(client, rep)

    assert "and 1 open one older than any win; counting it as lost, 50%" in shown


@pytest.fixture
def enterprise(rep):
    """What Theo sells to; whoever is beside him sells to others."""
    rep.segment = SegmentFactory(organization=rep.organization, name="Enterprise")
    rep.save()
    return rep.segment


@pytest.fixture
def stage(rep):
    return StageFactory(organization=rep.organization)


IN_THE_QUARTER = {"on": date(2026, 10, 25)}


def test_like_is_compared_with_like_and_the_page_says_with_whom(
    client, rep, quarter, stage, enterprise
):
    of = {"organization": rep.organization, "segment": enterprise}
    close_deals(RepFactory(team=rep.team), stage, lost=40, **IN_THE_QUARTER)
    close_deals(rep, stage, won=1, lost=1, **IN_THE_QUARTER)
    for name in ("Ines", "Omar"):
        other = RepFactory(name=name, team__name=f"{name}'s team", **of)
        close_deals(other, stage, won=7, lost=7, **IN_THE_QUARTER)

    shown = page(client, rep)

    assert "1 of 2 opportunities, so far; Enterprise, 3 teams: 50%" in shown
    assert "Only 2 so far, so this leans on Enterprise, 3 teams: 50%" in shown
    assert "Only 1 won so far, in 20 days, so this is that of Enterprise, 3" in shown
    assert "and to the average deal, those of Enterprise, 3 teams, so that" in shown
    assert "With fewer than ten wins it is that of Enterprise, 3 teams." in shown
    assert "Like is compared with like" in shown
    assert "the team’s" not in shown
    assert "Ines" not in shown
    assert "Omar" not in shown


def test_those_of_the_segment_in_the_team_are_called_so(
    client, rep, quarter, stage, enterprise
):
    close_deals(RepFactory(team=rep.team), stage, lost=40, **IN_THE_QUARTER)
    close_deals(rep, stage, won=12, **IN_THE_QUARTER)
    for _ in range(2):
        other = RepFactory(team=rep.team, segment=enterprise)
        close_deals(other, stage, won=1, lost=8, **IN_THE_QUARTER)

    shown = page(client, rep)

    # (12 + 10 * 14 / 30) / 22 = 76 %
    assert "12 of 12 opportunities, so far; Enterprise in West: 47%" in shown
    assert "100% without the part from Enterprise in West" in shown
    assert "(12 + 10 × 14 ÷ 30) ÷ (12 + 10) = 76%." in shown
    assert "the median of 12 won deals, so far; Enterprise in West: 20" in shown


def test_nothing_of_ones_own_is_the_segments(client, rep, quarter, stage, enterprise):
    of = {"organization": rep.organization, "segment": enterprise}
    for _ in range(3):
        close_deals(RepFactory(**of), stage, won=10, **IN_THE_QUARTER)

    words = "that of Enterprise, 3 teams, nothing of your own yet"
    assert page(client, rep).count(words) == 3
    shown = page(client, rep, rep.team.manager)
    assert shown.count("that of Enterprise, 3 teams, nothing of Theo") == 3


def test_a_segment_that_says_too_little_leaves_it_to_the_team(
    client, rep, quarter, stage, enterprise
):
    close_deals(RepFactory(team=rep.team), stage, lost=3, **IN_THE_QUARTER)
    close_deals(rep, stage, won=1, **IN_THE_QUARTER)

    shown = page(client, rep)

    assert "1 of 1 opportunities, so far; team 25%" in shown
    assert "Enterprise" not in shown


def test_with_one_segment_nobody_hears_of_it(client, rep, quarter, stage):
    close_deals(RepFactory(team=rep.team), stage, won=3, **IN_THE_QUARTER)

    shown = page(client, rep)

    assert "Like is compared with like" not in shown
    assert "General" not in shown

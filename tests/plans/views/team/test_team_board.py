"""The home page of whoever runs a team: everybody's standing, worst first."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories.check_ins import CheckInFactory
from tests.factories.reps import (
    NOON,
    AbsenceFactory,
    ActivityEntryFactory,
    ActivityKindFactory,
    DealFactory,
    OrganizationFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    SegmentFactory,
    StageFactory,
    StandInFactory,
    TeamFactory,
    UserFactory,
    close_deals,
)
from tests.pages import words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
BOARD = reverse("plans:team_board")


@pytest.fixture
def team():
    organization = OrganizationFactory()
    QuarterFactory(organization=organization)
    ActivityKindFactory(organization=organization)
    return TeamFactory(organization=organization)


def rep_of(team, name, *, booked=None, quota=200_000, **facts):
    rep = RepFactory(team=team, name=name, **facts)
    if quota is not None:
        QuotaFactory(organization=team.organization, rep=rep, amount=quota)
    if booked:
        won(rep, booked)
    return rep


def won(rep, amount):
    opened = date(2026, 10, 6)
    facts = {"organization": rep.organization, "owner": rep, "amount": amount}
    return DealFactory(opened_on=opened, won_on=date(2026, 10, 20), **facts)


def demos(rep, weeks_ago, count):
    return ActivityEntryFactory(
        rep=rep, week=date(2026, 11, 9) - timedelta(weeks=weeks_ago), change=count
    )


def checked_in(rep, *, days_ago=0, weeks_ago=0, **facts):
    return CheckInFactory(
        rep=rep,
        week=date(2026, 11, 9) - timedelta(weeks=weeks_ago),
        checked_in_at=NOON - timedelta(days=days_ago),
        **facts,
    )


def board(client, team, query="", status=200):
    client.force_login(team.manager)
    response = client.get(f"{BOARD}{query}")
    assert response.status_code == status
    return response.text


def names(html):
    return re.findall(r'<a href="/reps/\d+/">([^<]+)</a>', html)


def test_it_shows_booked_quota_and_expected_by_now(client, team):
    rep_of(team, "Theo", booked=38_000)
    shown = words(board(client, team))
    # Day 39 of 91: 200,000 × 39 ÷ 91.
    assert "$38k of $200k $86k expected by now" in shown
    assert "$48k behind 44% of expected by now 19% of quota" in shown


@pytest.mark.parametrize(
    ("booked", "said"),
    [  # of the $85,714 that are expected by now
        (80_000, "$5.7k behind Less than half an average deal"),
        (38_000, "$48k behind About one average deal"),
        (10_000, "$76k behind About 8 average deals"),
    ],
)
def test_the_pace_is_said_in_average_deals(client, team, booked, said):
    rep_of(team, "Theo", booked=booked)
    assert said in words(board(client, team))


def test_it_puts_whoever_is_furthest_behind_pace_first(client, team):
    rep_of(team, "Ahead", booked=100_000)
    rep_of(team, "Behind", booked=20_000)
    rep_of(team, "No quota", quota=None)
    rep_of(team, "Further behind", booked=10_000)
    shown = names(board(client, team))
    assert shown == ["Further behind", "Behind", "Ahead", "No quota"]


def shares(html):
    """What the board is ordered by, as its rows show it from top to bottom."""
    return [int(share) for share in re.findall(r">(\d+)% of expected by now<", html)]


def test_the_order_is_said_and_its_value_stands_in_every_row(client, team):
    """A large quota is further behind in money, and a small one in its share."""
    rep_of(team, "Large quota", quota=900_000, booked=200_000)
    rep_of(team, "Small quota", quota=50_000, booked=2_000)
    rep_of(team, "Ahead", booked=100_000)
    html = board(client, team)
    assert names(html) == ["Small quota", "Large quota", "Ahead"]
    assert shares(html) == [9, 52, 117]
    assert "booked as a share of what was expected by now" in words(html)


def test_teams_are_in_the_order_of_the_share_that_their_rows_show(client, team):
    of = {"organization": team.organization}
    top = TeamFactory(name="Top", **of)
    booked = {"Ångström": 40_000, "Zeta": 40_000, "Alpha": 90_000, "Beta": None}
    for name, amount in booked.items():
        below = TeamFactory(name=name, above=top, **of)
        rep_of(below, f"Of {name}", booked=amount, quota=amount and 200_000)
    html = board(client, top)
    table = html[html.index("<table") : html.index("</table>")]
    listed = re.findall(r'<a href="\?team=\d+">([^<]+)</a>', table)
    # Equals by name, as people read it; who owes nothing comes last.
    assert listed == ["Ångström", "Zeta", "Alpha", "Beta"]
    assert re.findall(r"(\d+)% of expected by now", table) == ["47", "47", "105"]
    assert "booked as a share of expected by now" in words(html)


def test_those_who_wait_are_named_the_longest_waiting_first(client, team):
    checked_in(rep_of(team, "Behind", booked=1_000), days_ago=1)
    checked_in(rep_of(team, "Ahead", booked=100_000), days_ago=6, weeks_ago=1)
    waiting = re.findall(r"(\w+) checked in on", board(client, team))
    assert waiting == ["Ahead", "Behind"]


def test_it_measures_the_week_against_the_usual(client, team):
    rep = rep_of(team, "Theo")
    for weeks_ago, count in enumerate([2, 3, 1, 3, 5]):
        demos(rep, weeks_ago, count)
    # The four finished weeks are 3, 1, 3, 5: usually 3, and 2.4 by Thursday of five.
    assert "2 usually 3 2.4 on a usual Thursday" in words(board(client, team))


def test_weeks_before_the_first_logged_one_say_nothing(client, team):
    demos(rep_of(team, "Theo"), 0, 2)
    assert "2 No finished week yet" in words(board(client, team))


def test_it_shows_pipeline_and_the_coverage_that_is_needed(client, team):
    rep = rep_of(team, "Theo", booked=38_000)
    DealFactory(organization=team.organization, owner=rep, amount=81_000)
    # 81 of 162 left. One won of one, with ten of the team's (the same): 100 %.
    shown = words(board(client, team))
    assert "$81k in 1 deal Covers 0.5× of what is left; needs 1×" in shown


def test_it_says_who_is_away(client, team):
    AbsenceFactory(organization=team.organization, rep=rep_of(team, "Theo"))
    assert "Away until Fri 13 Nov" in words(board(client, team))


def test_whoever_waits_for_an_answer_comes_first(client, team):
    rep_of(team, "Furthest behind", booked=1_000)
    rep_of(team, "Behind", booked=20_000)
    ahead = rep_of(team, "Ahead", booked=100_000)
    check_in = checked_in(ahead)
    html = board(client, team)
    assert names(html) == ["Ahead", "Furthest behind", "Behind"]
    assert "Whoever waits for your answer comes first." in html
    assert re.findall(r"To answer\W+(\w+)", words(html)) == ["Ahead"]

    check_in.answer("Good.", by=team.manager, at=NOON)
    shown = names(board(client, team))
    assert shown == ["Furthest behind", "Behind", "Ahead"]


def test_it_says_who_waits_since_when_and_where_to_answer(client, team):
    rep = rep_of(team, "Theo")
    checked_in(rep, days_ago=6, weeks_ago=1)
    html = board(client, team)
    assert "Theo checked in on Friday 6 November and waits for your answer" in words(
        html
    )
    week = reverse("plans:my_week", args=[rep.pk])
    assert f'href="{week}?week=2026-11-02#check-in"' in html


def test_a_leader_above_is_not_waited_for_and_reads_nothing(client, team):
    team.above = TeamFactory(organization=team.organization)
    team.save()
    rep_of(team, "Behind", booked=1_000)
    checked_in(rep_of(team, "Ahead", booked=100_000), moved="A canary")
    html = board(client, team.above)
    assert names(html) == ["Behind", "Ahead"]
    assert "waits for your answer" not in html.replace("Whoever waits for your", "")
    assert "Today Thu 12 Nov" in words(html)
    assert "canary" not in html


@pytest.mark.parametrize(
    ("days_ago", "shown"),
    [
        (0, "Today Thu 12 Nov"),
        (1, "Yesterday Wed 11 Nov"),
        (6, "6 days ago Fri 6 Nov"),
    ],
)
def test_it_shows_how_long_ago_the_last_check_in_was(client, team, days_ago, shown):
    rep = rep_of(team, "Ahead of pace", booked=100_000)
    checked_in(rep, days_ago=20, weeks_ago=3)
    checked_in(rep, days_ago=days_ago, weeks_ago=1)
    assert f"Last check-in {shown}" in words(board(client, team))


def test_it_shows_who_has_not_checked_in_yet(client, team):
    rep_of(team, "Theo")
    assert "Last check-in None yet" in words(board(client, team))


def test_the_days_since_are_counted_by_the_readers_clock(client, team):
    late = datetime(2026, 11, 11, 23, 30, tzinfo=UTC)  # Thursday in London's east
    CheckInFactory(
        organization=team.organization, rep=rep_of(team, "Theo"), checked_in_at=late
    )
    team.manager.time_zone = "Europe/Athens"
    team.manager.save()
    assert "Last check-in Today Thu 12 Nov" in words(board(client, team))


def test_it_filters_to_who_is_behind(client, team):
    rep_of(team, "Behind", booked=20_000)
    rep_of(team, "Ahead", booked=100_000)
    assert names(board(client, team, "?show=behind")) == ["Behind"]


def test_it_says_so_when_nobody_matches(client, team):
    rep_of(team, "Ahead", booked=100_000)
    assert "No one matches this filter" in board(client, team, "?show=behind")


def test_an_unknown_filter_shows_everyone(client, team):
    rep_of(team, "Theo")
    assert names(board(client, team, "?show=nonsense&page=nonsense")) == ["Theo"]


def test_a_leader_sees_the_teams_below_and_can_open_one(client, team):
    organization = team.organization
    team.above = TeamFactory(organization=organization, name="Sales")
    team.save()
    other = TeamFactory(organization=organization, above=team.above, name="Other")
    rep_of(team, "Theo")
    rep_of(other, "Zoe")
    top = team.above
    assert set(names(board(client, top))) == {"Theo", "Zoe"}
    assert f'href="?team={team.pk}"' in board(client, top)
    assert names(board(client, top, f"?team={team.pk}")) == ["Theo"]


def test_it_hides_another_managers_people(client, team):
    other = TeamFactory(organization=team.organization)
    rep_of(other, "Zoe")
    rep_of(team, "Theo")
    assert names(board(client, team)) == ["Theo"]
    board(client, team, f"?team={other.pk}", status=404)


def test_whoever_left_is_not_on_it(client, team):
    rep_of(team, "Theo")
    rep_of(team, "Gone", left_on=date(2026, 11, 11))
    assert names(board(client, team)) == ["Theo"]


def test_it_is_not_found_by_who_runs_no_team(client, team):
    client.force_login(rep_of(team, "Theo").user)
    assert client.get(BOARD).status_code == 404


def test_an_empty_team_is_told_how_people_come_in(client, team):
    assert "Nobody sells in your team yet" in board(client, team)


def test_without_a_quarter_it_says_so_and_still_shows_the_people(client):
    team = TeamFactory()
    RepFactory(team=team, name="Theo")
    html = board(client, team)
    assert "No quarter covers today" in html
    assert names(html) == ["Theo"]


def test_the_day_is_that_of_the_reader(client, team):
    rep_of(team, "Theo")
    team.manager.time_zone = "Pacific/Kiritimati"  # noon in London is Friday there
    team.manager.save()
    assert "Friday 13 November" in board(client, team)


def test_it_shows_twenty_five_at_once(client, team):
    for number in range(26):
        rep_of(team, f"Rep {number:02}", quota=None, user=None)
    assert len(names(board(client, team))) == 25
    assert len(names(board(client, team, "?page=2"))) == 1


def test_the_coverage_needed_comes_from_those_who_sell_to_the_same(client, team):
    of = {"organization": team.organization}
    enterprise, stage = SegmentFactory(name="Enterprise", **of), StageFactory(**of)
    day = {"on": date(2026, 10, 20)}
    theo = rep_of(team, "Theo", segment=enterprise)
    DealFactory(owner=theo)
    close_deals(rep_of(team, "Ines"), stage, won=30, lost=10, **day)
    for _ in range(3):
        other = RepFactory(segment=enterprise, **of)
        close_deals(other, stage, won=4, lost=16, **day)

    html = board(client, team)

    assert "needs 5×" in html  # 20 % of Enterprise; the team wins 75 %
    assert "Enterprise" not in html


@pytest.mark.parametrize("segments", [1, 3])
@pytest.mark.parametrize("reps", [1, 12])
def test_it_costs_the_same_however_many_people(
    client, team, reps, segments, django_assert_num_queries
):
    for number in range(1, segments):
        SegmentFactory(organization=team.organization, name=f"Segment {number}")
    for number in range(reps):
        rep = rep_of(team, f"Rep {number}", booked=1_000)
        demos(rep, 1, 2)
        AbsenceFactory(organization=team.organization, rep=rep)
        checked_in(rep)
    client.force_login(team.manager)

    # Session, user, teams run, quarters, leading activity, reps (with what their plans
    # ask for), quotas, deals, cancelled, activity, absences; the masthead.
    with django_assert_num_queries(12):
        client.get(BOARD)


def test_until_all_is_brought_in_the_checklist_says_what_is_left(
    client, team, django_assert_num_queries
):
    rep_of(team, "Theo", quota=None)
    team.organization.open_checklist()
    client.force_login(team.manager)

    # Two more than at work: the list, and whom to ask for quotas.
    with django_assert_num_queries(14):
        said = words(client.get(BOARD).text)

    assert "0 of 2 are there" in said
    assert "Bring a file : Activity so far" in said
    assert "I’ll do the rest later" not in said  # that is the admin's to say

    team.manager.is_admin = True
    team.manager.save()
    said = words(client.get(BOARD).text)
    assert "4 of 8 are there" in said
    assert "Type it in : Quotas" in said
    assert "Change it" not in said  # what is done stands under Set-up
    assert "I’ll do the rest later" in said


def test_an_hr_partner_finds_nothing_here(client, team):
    person = UserFactory(organization=team.organization, is_hr_partner=True)
    client.force_login(person)
    assert client.get(BOARD).status_code == 404


# Credit stays where it was earned


def test_who_went_in_the_quarter_stays_in_the_teams_sums_named(client, team):
    rep_of(team, "Ana", quota=91_000, booked=10_000)
    callum = rep_of(team, "Callum Reyes", quota=91_000, booked=31_000)
    callum.left_on = date(2026, 11, 1)
    callum.save()

    html = board(client, team)

    shown = words(html)
    assert names(html) == ["Ana"]
    # 91,000 for Ana, 28 of 91 days for Callum; expected 39,000 + 28,000.
    assert "$41k of $119k $67k expected by now" in shown
    assert "with Callum Reyes, until 1 November" in shown


def test_whoever_changed_team_is_in_each_by_their_days(client, team):
    of = {"organization": team.organization, "above": team}
    west, east = TeamFactory(name="West", **of), TeamFactory(name="East", **of)
    theo = rep_of(west, "Theo", quota=91_000, booked=23_000)
    rep_of(east, "Ana", quota=91_000)
    facts = {"by": team.manager, "at": NOON, "why": "We were told late."}
    theo.change_team(east, since=date(2026, 11, 2), **facts)

    shown = words(board(client, team))

    assert "$23k of $182k $78k expected by now" in shown
    assert "with Theo, until 1 November 0 $23k $28k" in shown
    assert "$0 $154k" in shown
    only = words(board(client, team, f"?team={west.pk}"))
    assert "$23k of $28k $28k expected by now" in only


# Somebody always can act


def board_of(client, person):
    client.force_login(person)
    return client.get(BOARD).text


def test_who_stands_in_sees_the_board_and_until_when(client, team):
    team.manager.name = "Erin Castellano"
    team.manager.save()
    rep = rep_of(team, "Theo")
    checked_in(rep)
    facts = {"ends_on": date(2040, 12, 4), "words": "Ring Theo first."}
    stand_in = StandInFactory(manager=team.manager, **facts)
    html = board_of(client, stand_in.person)
    shown = words(html)
    assert "You stand in for Erin Castellano until 4 December" in shown
    assert "until 4 December · Ring Theo first." in shown
    assert "Theo checked in on Thursday 12 November and waits for your answer" in shown
    assert reverse("plans:start_plan", args=[rep.pk]) in html
    assert "Who stands in for me" not in shown  # not theirs to say
    own = board(client, team)
    assert "You stand in" not in own
    assert reverse("plans:stand_ins", args=[team.manager.pk]) in own


def test_after_the_last_day_there_is_no_board(client, team):
    stand_in = StandInFactory(manager=team.manager, starts=-9, ends=-1)
    client.force_login(stand_in.person)
    assert client.get(BOARD).status_code == 404
    assert client.get("/").status_code == 200
    assert "Team" not in words(client.get("/").text).split("Sign out")[0]


LATE = "Theo’s check-in has waited for an answer since Monday 9 November"


@pytest.fixture
def above(team):
    """Whoever runs the team above."""
    team.above = TeamFactory(organization=team.organization)
    team.save()
    return team.above.manager


def test_the_one_above_sees_that_it_waits_too_long_and_not_a_word(client, team, above):
    rep = rep_of(team, "Theo")
    checked_in(rep, days_ago=3, moved="A canary")
    html = board_of(client, above)
    assert LATE in words(html)
    assert "A canary" not in html
    line = html[: html.index(LATE)].rpartition("<li")[2]
    assert "<a" not in line  # nothing leads to it
    assert LATE not in words(board(client, team))


@pytest.mark.parametrize(
    ("facts", "waits"),
    [
        ({}, True),  # Tuesday, Wednesday, and now Thursday
        ({"answer_within_days": 3}, False),
        ({"working_days": [2, 4]}, False),  # Tuesday and Thursday are two
        ({"holiday_calendar": "US"}, False),  # Wednesday was Veterans Day
    ],
)
def test_how_long_is_the_organizations_to_say(client, team, above, facts, waits):
    type(team.organization).objects.filter(pk=team.organization_id).update(**facts)
    checked_in(rep_of(team, "Theo"), days_ago=3)
    assert (LATE in words(board_of(client, above))) == waits


def test_nothing_is_said_of_whoever_left(client, team, above):
    rep = rep_of(team, "Theo", left_on=date(2026, 11, 11))
    checked_in(rep, days_ago=3)
    assert LATE not in words(board_of(client, above))


def test_without_an_active_manager_the_one_above_answers(client, team, above):
    checked_in(rep_of(team, "Theo"), days_ago=3)
    team.manager.is_active = False
    team.manager.save()
    shown = words(board_of(client, above))
    assert LATE not in shown
    assert "Theo checked in on Monday 9 November and waits for your answer" in shown


def test_the_one_above_pays_one_query_more(
    client, team, above, django_assert_num_queries
):
    for number in range(3):
        checked_in(rep_of(team, f"Rep {number}"), days_ago=3 + number)
    client.force_login(above)
    with django_assert_num_queries(13):
        client.get(BOARD)

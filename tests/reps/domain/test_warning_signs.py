"""Signs that a deal is worth a look: each rule at its edge, by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.warning_signs import (
    OpenDeal,
    Rule,
    Sign,
    Thresholds,
    Touch,
    Wins,
    longest_usual,
    signs,
)

TODAY = date(2026, 11, 12)
WELL = OpenDeal(
    opened_on=TODAY - timedelta(days=20),
    in_stage_since=TODAY - timedelta(days=6),
    next_step_on=TODAY + timedelta(days=1),
    slips=0,
    quiet_for=2,
    touches=(),
    decides_met=None,
    has_changed=False,
)
WINS = Wins(in_stage=[1, 2, 3, 4, 5, 6, 7, 8, 9, 30], in_all=[*range(31, 40), 90])


def ago(days):
    return TODAY - timedelta(days=days)


def ours(*days):
    return tuple(Touch(ago(day), is_ours=True) for day in days)


def theirs(*days):
    return tuple(Touch(ago(day), is_ours=False) for day in days)


def said(deal=WELL, wins=WINS, **thresholds):
    return signs(deal, wins, TODAY, Thresholds(**thresholds))


def test_of_a_deal_that_goes_well_nothing_is_said():
    assert said() == []


@pytest.mark.parametrize(
    ("facts", "sign"),
    [
        # Eight of ten won deals were through in at most 8 days.
        ({"in_stage_since": ago(8)}, None),
        ({"in_stage_since": ago(9)}, Sign(Rule.LONG_IN_STAGE, 9, 8)),
        ({"opened_on": ago(90), "has_changed": True}, None),
        (
            {"opened_on": ago(91), "has_changed": True},
            Sign(Rule.OLDER_THAN_ANY_WIN, 91, 90),
        ),
        ({"slips": 1}, None),
        ({"slips": 2}, Sign(Rule.CLOSE_SLIPPED, 2)),
        ({"next_step_on": None}, Sign(Rule.NO_NEXT_STEP)),
        ({"next_step_on": TODAY}, None),
        ({"next_step_on": ago(3)}, Sign(Rule.NEXT_STEP_PAST, 3)),
        ({"quiet_for": 9}, None),
        ({"quiet_for": 10}, Sign(Rule.NO_TOUCH, 10)),
        ({"quiet_for": None}, None),
        ({"touches": ours(1, 2, 3, 4)}, None),  # too few to say
        ({"touches": ours(1, 2, 3) + theirs(4, 5)}, None),
        ({"touches": ours(1, 2, 3, 4) + theirs(5)}, Sign(Rule.MOSTLY_OURS, 4, 5)),
        # Of the last ten alone: what was theirs before does not count.
        (
            {"touches": ours(*range(1, 10)) + theirs(10, 11, 12, 13)},
            Sign(Rule.MOSTLY_OURS, 9, 10),
        ),
        ({"decides_met": True}, None),
        ({"decides_met": False}, Sign(Rule.DECISION_MAKER_NOT_MET)),
        ({"opened_on": ago(29)}, None),
        ({"opened_on": ago(30)}, Sign(Rule.NEVER_CHANGED, 30)),
        ({"opened_on": ago(30), "has_changed": True}, None),
    ],
)
def test_each_rule_begins_where_it_says(facts, sign):
    assert said(replace(WELL, **facts)) == ([sign] if sign else [])


@pytest.mark.parametrize(
    ("opened", "late", "sign"),
    [
        (60, 3, None),  # half of six is not more than half
        (60, 4, Sign(Rule.BUNCHED, 4, 6)),
        (59, 4, None),
    ],
)
def test_touches_bunch_at_the_end_of_what_has_been_open_for_long(opened, late, sign):
    touches = ours(*range(late), *range(20, 26 - late))
    answered = theirs(*range(30, 34))  # so that they are not mostly ours
    deal = replace(WELL, opened_on=ago(opened), touches=touches + answered)

    found = said(replace(deal, has_changed=True))

    assert [one for one in found if one.rule == Rule.BUNCHED] == (
        [sign] if sign else []
    )


def test_the_day_a_fortnight_back_is_not_of_the_last_days():
    touches = ours(13, 13, 13, 14, 14)
    deal = replace(WELL, opened_on=ago(70), touches=touches, has_changed=True)
    assert Sign(Rule.BUNCHED, 3, 5) in said(deal)
    touches = ours(13, 13, 14, 14, 14)
    assert said(replace(deal, touches=touches)) == [Sign(Rule.MOSTLY_OURS, 5, 5)]


def test_of_too_few_wins_nothing_is_usual():
    old = replace(WELL, in_stage_since=ago(300), opened_on=ago(400), has_changed=True)
    few = Wins(in_stage=[1] * 9, in_all=[1] * 9)
    assert said(old, few) == []
    assert [sign.rule for sign in said(old)] == [
        Rule.OLDER_THAN_ANY_WIN,
        Rule.LONG_IN_STAGE,
    ]


def test_a_share_is_of_whole_deals():
    limits = Thresholds(share_of_wins=0.55)  # in binary a little more than that
    assert longest_usual(range(1, 101), limits) == 55


def test_where_nobody_knows_since_when_nothing_is_said_of_it():
    unknown = replace(WELL, opened_on=None, in_stage_since=None)
    assert said(unknown) == []


def test_a_rule_can_be_off_and_another_limit_holds():
    deal = replace(WELL, slips=2, next_step_on=None)
    assert [one.rule for one in said(deal)] == [Rule.CLOSE_SLIPPED, Rule.NO_NEXT_STEP]
    assert said(deal, off={Rule.NO_NEXT_STEP}, slips=3) == []


days = st.integers(0, 400)
deals = st.builds(
    OpenDeal,
    opened_on=st.none() | days.map(ago),
    in_stage_since=st.none() | days.map(ago),
    next_step_on=st.none() | days.map(ago),
    slips=st.integers(0, 5),
    quiet_for=st.none() | st.integers(0, 60),
    touches=st.lists(st.builds(Touch, days.map(ago), st.booleans())),
    decides_met=st.none() | st.booleans(),
    has_changed=st.booleans(),
)
won = st.lists(days).map(sorted)


@given(deals, st.builds(Wins, won, won))
def test_a_rule_speaks_once_and_the_heaviest_first(deal, wins):
    order = list(Rule)
    rules = [sign.rule for sign in signs(deal, wins, TODAY)]
    assert rules == sorted(set(rules), key=order.index)


@given(st.lists(days, min_size=10).map(sorted))
def test_at_least_four_of_five_won_deals_took_at_most_what_is_usual(took):
    usual = longest_usual(took, Thresholds())
    assert sum(days <= usual for days in took) >= 0.8 * len(took)
    assert sum(days < usual for days in took) < 0.8 * len(took)

"""What a file must bring, what it may, and what it cannot bring together."""

import pytest

from reps.domain.files.fields import (
    AT_ODDS,
    FIELDS,
    GOES_WITH,
    NEEDS,
    Fact,
    Field,
    Holds,
    Kind,
    at_odds,
    field_of,
    idle,
    missing,
)


@pytest.mark.parametrize("kind", Kind)
def test_every_rule_is_about_facts_that_the_kind_brings(kind):
    named = {fact for group in NEEDS[kind] for fact in group}
    named |= {fact for pair in AT_ODDS.get(kind, ()) for fact in pair}
    for fact, others in GOES_WITH.get(kind, {}).items():
        named |= {fact, *others}
    assert named <= {field.fact for field in FIELDS[kind]}


@pytest.mark.parametrize("kind", Kind)
def test_no_kind_brings_a_fact_twice(kind):
    facts = [field.fact for field in FIELDS[kind]]
    assert len(facts) == len(set(facts))


def test_a_deal_needs_an_owner_a_stage_or_status_and_an_account_or_title():
    assert missing(Kind.DEALS, []) == [
        (Fact.OWNER, Fact.OWNER_EMAIL),
        (Fact.STAGE, Fact.OUTCOME, Fact.IS_WON, Fact.IS_LOST, Fact.IS_CLOSED),
        (Fact.ACCOUNT, Fact.TITLE),
    ]
    assert missing(Kind.DEALS, [Fact.OWNER_EMAIL, Fact.OUTCOME, Fact.TITLE]) == []


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (Kind.PEOPLE, [Fact.FIRST_NAME, Fact.LAST_NAME]),
        (Kind.QUOTAS, [Fact.OWNER, Fact.QUARTER, Fact.AMOUNT]),
        (Kind.QUOTA_GRID, [Fact.OWNER_EMAIL, Fact.QUARTER_AMOUNT]),
        (Kind.ACTIVITY_COUNTS, [Fact.OWNER, Fact.WEEK, Fact.ACTIVITY, Fact.COUNT]),
        (Kind.ACTIVITY_LOG, [Fact.OWNER, Fact.DAY, Fact.ACTIVITY]),
        (Kind.PRODUCTS, [Fact.PRODUCT, Fact.PRICE]),
    ],
)
def test_the_least_that_each_kind_can_do_with(kind, facts):
    assert missing(kind, facts) == []
    for fact in facts[1:]:
        assert missing(kind, set(facts) - {fact}) == [
            group for group in NEEDS[kind] if fact in group
        ]


def test_two_columns_cannot_say_the_same_thing():
    said = {Fact.CLOSE_ON, Fact.EXPECTED_CLOSE_ON, Fact.CLOSED_ON}
    assert at_odds(Kind.DEALS, said) == [(Fact.CLOSE_ON, Fact.EXPECTED_CLOSE_ON)]
    assert at_odds(Kind.DEALS, {Fact.CLOSE_ON, Fact.CLOSED_ON}) == []
    assert at_odds(Kind.PRODUCTS, {Fact.PRODUCT, Fact.PRICE}) == []


def test_what_goes_with_nothing_says_nothing():
    assert idle(Kind.DEALS, {Fact.CURRENCY, Fact.STAGE, Fact.LOST_REASON}) == [
        Fact.CURRENCY
    ]
    assert idle(Kind.PEOPLE, {Fact.FIRST_NAME}) == [Fact.FIRST_NAME]


def test_a_fact_is_as_long_as_our_column():
    assert field_of(Kind.DEALS, Fact.KEY) == Field(Fact.KEY, Holds.TEXT, 64)
    assert field_of(Kind.PRODUCTS, Fact.STAGE) is None

"""What each kind of file may bring: our facts, what they hold, and what goes together.

A fact's value is the code by which the doors name it; the words are theirs.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the rows of a file are."""

    DEALS = "deals"
    PEOPLE = "people"
    QUOTAS = "quotas"  # one row per person and quarter
    QUOTA_GRID = "quota_grid"  # one row per person, one column per quarter
    ACTIVITY_COUNTS = "activity_counts"  # one row per person, week or day, and kind
    ACTIVITY_LOG = "activity_log"  # one row for each call, demo, meeting
    PRODUCTS = "products"


class Fact(StrEnum):
    """What a column may say, by the code of its label.

    Whoever sells is the `owner`, of a deal as of a quota or a call.
    """

    KEY = "key"  # its number in the system that wrote the file
    OWNER = "owner"
    OWNER_EMAIL = "owner_email"
    # Of a deal. `close_on` is expected while it is open, and its last day afterwards.
    TITLE = "title"
    ACCOUNT = "account"
    PRODUCT = "product"
    AMOUNT = "amount"
    IS_ESTIMATE = "is_estimate"
    CANCELLED_ON = "cancelled_on"  # and how much: 2026-11-02: 5000.00
    CURRENCY = "currency"
    STAGE = "stage"
    OUTCOME = "outcome"
    IS_WON = "is_won"
    IS_LOST = "is_lost"
    IS_CLOSED = "is_closed"
    PROBABILITY = "probability"
    OPENED_ON = "opened_on"
    IN_STAGE_SINCE = "in_stage_since"
    CLOSE_ON = "close_on"
    EXPECTED_CLOSE_ON = "expected_close_on"
    CLOSED_ON = "closed_on"
    WON_ON = "won_on"
    LOST_ON = "lost_on"
    LOST_REASON = "lost_reason"
    LEAD_SOURCE = "lead_source"
    # Of a person.
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    TEAM = "team"
    TEAM_ABOVE = "team_above"
    MANAGER = "manager"
    MANAGER_EMAIL = "manager_email"
    SELLS = "sells"
    TIME_ZONE = "time_zone"
    JOINED_ON = "joined_on"
    LEFT_ON = "left_on"
    # Of a quota.
    QUARTER = "quarter"
    YEAR = "year"
    STARTS_ON = "starts_on"
    RAMP = "ramp"
    HOLDS_FROM = "holds_from"  # what was owed before, another row says
    QUARTER_AMOUNT = "quarter_amount"  # of a grid: once for each quarter
    # Of activity.
    WEEK = "week"
    DAY = "day"
    ACTIVITY = "activity"
    COUNT = "count"
    IS_DONE = "is_done"
    # Of a product.
    PRICE = "price"


class Holds(StrEnum):
    """What kind of value a fact is."""

    TEXT = "text"
    NAME = "name"  # a text that is never a figure or a day
    CHOICE = "choice"  # one of a few words, each of which is matched to one of ours
    DAY = "day"
    PERIOD = "period"  # the name or the number of a quarter or a week, or a day in it
    AMOUNT = "amount"
    SHARE = "share"  # 30, 30 % or 0.3
    COUNT = "count"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Field:
    """A fact as a kind of file brings it. `longest`: how many letters we keep."""

    fact: Fact
    holds: Holds
    longest: int | None = None


# As long as our columns are (reps/models): what is longer is complained of, not cut.
LABEL = 120
EMAIL = 254
KEY = 64
REASON = 1000
WORDS = 60  # a stage's or an activity's name
ZONE = 64
QUARTER = 40

_KEY = Field(Fact.KEY, Holds.TEXT, KEY)
_OWNER = Field(Fact.OWNER, Holds.NAME, LABEL)
_OWNER_EMAIL = Field(Fact.OWNER_EMAIL, Holds.EMAIL, EMAIL)
_CURRENCY = Field(Fact.CURRENCY, Holds.CHOICE, 3)
_ACTIVITY = Field(Fact.ACTIVITY, Holds.CHOICE, WORDS)

# In the order in which they are shown, and in which a column that may be either is one.
FIELDS: dict[Kind, tuple[Field, ...]] = {
    Kind.DEALS: (
        _KEY,
        Field(Fact.TITLE, Holds.TEXT, LABEL),
        Field(Fact.ACCOUNT, Holds.NAME, LABEL),
        Field(Fact.PRODUCT, Holds.TEXT, LABEL),
        _OWNER,
        _OWNER_EMAIL,
        Field(Fact.AMOUNT, Holds.AMOUNT),
        Field(Fact.IS_ESTIMATE, Holds.CHOICE),
        Field(Fact.CANCELLED_ON, Holds.TEXT),
        _CURRENCY,
        Field(Fact.STAGE, Holds.CHOICE, LABEL),
        Field(Fact.OUTCOME, Holds.CHOICE, LABEL),
        Field(Fact.IS_WON, Holds.CHOICE),
        Field(Fact.IS_LOST, Holds.CHOICE),
        Field(Fact.IS_CLOSED, Holds.CHOICE),
        Field(Fact.PROBABILITY, Holds.SHARE),
        Field(Fact.OPENED_ON, Holds.DAY),
        Field(Fact.IN_STAGE_SINCE, Holds.DAY),
        Field(Fact.CLOSE_ON, Holds.DAY),
        Field(Fact.EXPECTED_CLOSE_ON, Holds.DAY),
        Field(Fact.CLOSED_ON, Holds.DAY),
        Field(Fact.WON_ON, Holds.DAY),
        Field(Fact.LOST_ON, Holds.DAY),
        Field(Fact.LOST_REASON, Holds.TEXT, REASON),
        Field(Fact.LEAD_SOURCE, Holds.TEXT, LABEL),
    ),
    Kind.PEOPLE: (
        Field(Fact.FIRST_NAME, Holds.NAME, LABEL),
        Field(Fact.LAST_NAME, Holds.NAME, LABEL),
        Field(Fact.NAME, Holds.NAME, LABEL),
        Field(Fact.EMAIL, Holds.EMAIL, EMAIL),
        Field(Fact.TEAM, Holds.TEXT, LABEL),
        Field(Fact.TEAM_ABOVE, Holds.TEXT, LABEL),
        Field(Fact.MANAGER, Holds.NAME, LABEL),
        Field(Fact.MANAGER_EMAIL, Holds.EMAIL, EMAIL),
        Field(Fact.SELLS, Holds.CHOICE),
        Field(Fact.TIME_ZONE, Holds.CHOICE, ZONE),
        Field(Fact.JOINED_ON, Holds.DAY),
        Field(Fact.LEFT_ON, Holds.DAY),
    ),
    Kind.QUOTAS: (
        _OWNER,
        _OWNER_EMAIL,
        Field(Fact.QUARTER, Holds.PERIOD, QUARTER),
        Field(Fact.YEAR, Holds.CHOICE, QUARTER),
        Field(Fact.AMOUNT, Holds.AMOUNT),
        _CURRENCY,
        Field(Fact.STARTS_ON, Holds.DAY),
        Field(Fact.RAMP, Holds.SHARE),
        Field(Fact.HOLDS_FROM, Holds.DAY),
    ),
    Kind.QUOTA_GRID: (
        _OWNER,
        _OWNER_EMAIL,
        Field(Fact.YEAR, Holds.CHOICE, QUARTER),
        Field(Fact.QUARTER_AMOUNT, Holds.AMOUNT),
        _CURRENCY,
    ),
    Kind.ACTIVITY_COUNTS: (
        _OWNER,
        _OWNER_EMAIL,
        Field(Fact.WEEK, Holds.PERIOD, QUARTER),
        Field(Fact.YEAR, Holds.CHOICE, QUARTER),
        Field(Fact.DAY, Holds.DAY),
        _ACTIVITY,
        Field(Fact.COUNT, Holds.COUNT),
    ),
    Kind.ACTIVITY_LOG: (
        _KEY,
        _OWNER,
        _OWNER_EMAIL,
        Field(Fact.DAY, Holds.DAY),
        _ACTIVITY,
        Field(Fact.IS_DONE, Holds.CHOICE, WORDS),
    ),
    Kind.PRODUCTS: (
        Field(Fact.PRODUCT, Holds.TEXT, LABEL),
        Field(Fact.PRICE, Holds.AMOUNT),
        _CURRENCY,
    ),
}

# Of each group any one will do: a deal needs an owner, a stage or a status, and an
# account or a title.
_WHOSE = (Fact.OWNER, Fact.OWNER_EMAIL)
NEEDS: dict[Kind, tuple[tuple[Fact, ...], ...]] = {
    Kind.DEALS: (
        _WHOSE,
        (Fact.STAGE, Fact.OUTCOME, Fact.IS_WON, Fact.IS_LOST, Fact.IS_CLOSED),
        (Fact.ACCOUNT, Fact.TITLE),
    ),
    Kind.PEOPLE: ((Fact.NAME, Fact.LAST_NAME),),
    Kind.QUOTAS: (_WHOSE, (Fact.QUARTER,), (Fact.AMOUNT,)),
    Kind.QUOTA_GRID: (_WHOSE, (Fact.QUARTER_AMOUNT,)),
    Kind.ACTIVITY_COUNTS: (
        _WHOSE,
        (Fact.WEEK, Fact.DAY),
        (Fact.ACTIVITY,),
        (Fact.COUNT,),
    ),
    Kind.ACTIVITY_LOG: (_WHOSE, (Fact.DAY,), (Fact.ACTIVITY,)),
    Kind.PRODUCTS: ((Fact.PRODUCT,), (Fact.PRICE,)),
}

# Two that say the same thing: only one of them can be right.
AT_ODDS: dict[Kind, tuple[tuple[Fact, Fact], ...]] = {
    Kind.DEALS: ((Fact.CLOSE_ON, Fact.EXPECTED_CLOSE_ON),),
    Kind.PEOPLE: ((Fact.NAME, Fact.FIRST_NAME), (Fact.NAME, Fact.LAST_NAME)),
    Kind.ACTIVITY_COUNTS: ((Fact.WEEK, Fact.DAY),),
}

# What says nothing unless one of these is there as well.
GOES_WITH: dict[Kind, dict[Fact, tuple[Fact, ...]]] = {
    Kind.DEALS: {
        Fact.CURRENCY: (Fact.AMOUNT,),
        Fact.IS_ESTIMATE: (Fact.AMOUNT,),
        Fact.CANCELLED_ON: (Fact.AMOUNT,),
        Fact.IS_CLOSED: (Fact.STAGE, Fact.OUTCOME, Fact.IS_WON, Fact.IS_LOST),
        Fact.LOST_REASON: (Fact.STAGE, Fact.OUTCOME, Fact.IS_WON, Fact.IS_LOST),
        Fact.IN_STAGE_SINCE: (Fact.STAGE,),
    },
    Kind.PEOPLE: {
        Fact.FIRST_NAME: (Fact.LAST_NAME,),
        Fact.TEAM_ABOVE: (Fact.TEAM,),
        Fact.JOINED_ON: (Fact.TEAM, Fact.MANAGER, Fact.MANAGER_EMAIL),
        Fact.LEFT_ON: (Fact.TEAM, Fact.MANAGER, Fact.MANAGER_EMAIL),
    },
    Kind.QUOTAS: {Fact.CURRENCY: (Fact.AMOUNT,), Fact.YEAR: (Fact.QUARTER,)},
    Kind.QUOTA_GRID: {
        Fact.CURRENCY: (Fact.QUARTER_AMOUNT,),
        Fact.YEAR: (Fact.QUARTER_AMOUNT,),
    },
    Kind.ACTIVITY_COUNTS: {Fact.YEAR: (Fact.WEEK,)},
    Kind.PRODUCTS: {Fact.CURRENCY: (Fact.PRICE,)},
}


def field_of(kind: Kind, fact: Fact) -> Field | None:
    """The fact as this kind of file brings it; None where it brings no such thing."""
    return next((field for field in FIELDS[kind] if field.fact == fact), None)


def missing(kind: Kind, facts: Collection[Fact]) -> list[tuple[Fact, ...]]:
    """What such a file cannot do without and does not have: of each group, any one."""
    return [group for group in NEEDS[kind] if not set(group) & set(facts)]


def at_odds(kind: Kind, facts: Collection[Fact]) -> list[tuple[Fact, Fact]]:
    """The pairs among them that would say the same thing twice."""
    return [pair for pair in AT_ODDS.get(kind, ()) if set(pair) <= set(facts)]


def idle(kind: Kind, facts: Collection[Fact]) -> list[Fact]:
    """Those that say nothing, because what they go with is not there."""
    goes_with = GOES_WITH.get(kind, {})
    return [
        field.fact
        for field in FIELDS[kind]
        if field.fact in facts
        and field.fact in goes_with
        and not set(goes_with[field.fact]) & set(facts)
    ]

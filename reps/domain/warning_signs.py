"""What about an open deal is worth a look, by rules one can read, with their numbers.

A rule says no more than the records do: where they do not hold what it asks for, it is
silent. It answers in codes and numbers; the words are the view's. All of it is as of a
day, and uses only what was known on it, so that a rule can be held against deals whose
end is known.

Days are calendar days, except where working days are named. Shares are from 0 to 1.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil


class Rule(StrEnum):
    """What may be worth a look, the heaviest first."""

    OLDER_THAN_ANY_WIN = "older_than_any_win"
    LONG_IN_STAGE = "long_in_stage"
    CLOSE_SLIPPED = "close_slipped"
    NEXT_STEP_PAST = "next_step_past"
    NO_NEXT_STEP = "no_next_step"
    NO_TOUCH = "no_touch"
    MOSTLY_OURS = "mostly_ours"
    BUNCHED = "bunched"
    DECISION_MAKER_NOT_MET = "decision_maker_not_met"
    NEVER_CHANGED = "never_changed"


@dataclass(frozen=True, slots=True)
class Touch:
    """Contact with the buyer on a day; whether it was we who reached out."""

    on: date
    is_ours: bool


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """An open deal as it was known on a day.

    `opened_on` and `in_stage_since` are None where nobody knows. `slips` counts how
    often the expected close was put off. `quiet_for` is how many working days lie
    behind the last touch, or behind the opening where there was none; None where this
    team logs no touches. `decides_met`: whether somebody who decides was met; None
    where nobody is named who does. `has_changed`: whether amount or expected close
    were ever put otherwise than when it was opened.
    """

    opened_on: date | None
    in_stage_since: date | None
    next_step_on: date | None
    slips: int
    quiet_for: int | None
    touches: Sequence[Touch]
    decides_met: bool | None
    has_changed: bool


@dataclass(frozen=True, slots=True)
class Wins:
    """What the team's won deals took, in days, sorted: in this stage, and in all."""

    in_stage: Sequence[int] = ()
    in_all: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where each rule begins to speak; an organization may put them otherwise.

    `off` are the rules it does not want. `needs_a_look` is how many signs make a deal
    one that needs a look; below that they are told quietly.
    """

    fewest_wins: int = 10  # before won deals say what is usual
    share_of_wins: float = 0.8
    slips: int = 2
    quiet_days: int = 10  # working days
    last_touches: int = 10
    fewest_touches: int = 5
    share_ours: float = 0.8
    bunched_within: int = 14
    bunched_after: int = 60  # days open
    share_bunched: float = 0.5
    unchanged_for: int = 30
    needs_a_look: int = 1
    off: Collection[Rule] = frozenset()


@dataclass(frozen=True, slots=True)
class Sign:
    """A rule that speaks. `count` of `of`, as the rule's own words have it."""

    rule: Rule
    count: int = 0
    of: int = 0


def signs(
    deal: OpenDeal, wins: Wins, today: date, thresholds: Thresholds | None = None
) -> list[Sign]:
    """What speaks about this deal today, the heaviest first."""
    limits = thresholds or Thresholds()
    found = (
        _older_than_any_win(deal, wins, today, limits),
        _long_in_stage(deal, wins, today, limits),
        _close_slipped(deal, limits),
        _next_step(deal, today),
        _no_touch(deal, limits),
        _mostly_ours(deal, limits),
        _bunched(deal, today, limits),
        _decision_maker(deal),
        _never_changed(deal, today, limits),
    )
    return [sign for sign in found if sign and sign.rule not in limits.off]


def longest_usual(took: Sequence[int], limits: Thresholds) -> int | None:
    """The days that so large a share of the won deals took at most; None of too few.

    The least of them that at least this share does not exceed (a sample quantile
    without interpolation: Hyndman and Fan, 1996, definition 1).
    """
    if len(took) < limits.fewest_wins:
        return None
    many = round(limits.share_of_wins * len(took), 9)  # 0.55 x 100 is a little over 55
    return took[ceil(many) - 1]


def _older_than_any_win(
    deal: OpenDeal, wins: Wins, today: date, limits: Thresholds
) -> Sign | None:
    """Count: its age. Of: the oldest that was won."""
    if deal.opened_on is None or len(wins.in_all) < limits.fewest_wins:
        return None
    age, oldest = (today - deal.opened_on).days, wins.in_all[-1]
    return Sign(Rule.OLDER_THAN_ANY_WIN, age, oldest) if age > oldest else None


def _long_in_stage(
    deal: OpenDeal, wins: Wins, today: date, limits: Thresholds
) -> Sign | None:
    """Count: its days in the stage. Of: what most won deals took there at most."""
    usual = longest_usual(wins.in_stage, limits)
    if usual is None or deal.in_stage_since is None:
        return None
    days = (today - deal.in_stage_since).days
    return Sign(Rule.LONG_IN_STAGE, days, usual) if days > usual else None


def _close_slipped(deal: OpenDeal, limits: Thresholds) -> Sign | None:
    """Count: how often it was put off."""
    if deal.slips < limits.slips:
        return None
    return Sign(Rule.CLOSE_SLIPPED, deal.slips)


def _next_step(deal: OpenDeal, today: date) -> Sign | None:
    """Count: how many days its day is past."""
    if deal.next_step_on is None:
        return Sign(Rule.NO_NEXT_STEP)
    past = (today - deal.next_step_on).days
    return Sign(Rule.NEXT_STEP_PAST, past) if past > 0 else None


def _no_touch(deal: OpenDeal, limits: Thresholds) -> Sign | None:
    """Count: working days without one."""
    if deal.quiet_for is None or deal.quiet_for < limits.quiet_days:
        return None
    return Sign(Rule.NO_TOUCH, deal.quiet_for)


def _mostly_ours(deal: OpenDeal, limits: Thresholds) -> Sign | None:
    """Count: how many of the last touches were ours. Of: how many there were."""
    last = sorted(deal.touches, key=lambda touch: touch.on)[-limits.last_touches :]
    ours = sum(touch.is_ours for touch in last)
    if len(last) < limits.fewest_touches or ours < limits.share_ours * len(last):
        return None
    return Sign(Rule.MOSTLY_OURS, ours, len(last))


def _bunched(deal: OpenDeal, today: date, limits: Thresholds) -> Sign | None:
    """Count: how many of our touches are of the last days. Of: all of ours."""
    ours = sorted(touch.on for touch in deal.touches if touch.is_ours)
    if deal.opened_on is None or len(ours) < limits.fewest_touches:
        return None
    if (today - deal.opened_on).days < limits.bunched_after:
        return None
    before = today - timedelta(days=limits.bunched_within)
    late = len(ours) - bisect_right(ours, before)
    if late <= limits.share_bunched * len(ours):
        return None
    return Sign(Rule.BUNCHED, late, len(ours))


def _decision_maker(deal: OpenDeal) -> Sign | None:
    return Sign(Rule.DECISION_MAKER_NOT_MET) if deal.decides_met is False else None


def _never_changed(deal: OpenDeal, today: date, limits: Thresholds) -> Sign | None:
    """Count: its age in days."""
    if deal.has_changed or deal.opened_on is None:
        return None
    age = (today - deal.opened_on).days
    return Sign(Rule.NEVER_CHANGED, age) if age >= limits.unchanged_for else None

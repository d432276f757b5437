"""How a figure is written on screen. The only place where we round for the reader.

Halves go up, away from zero, as on a calculator. What is not known is an en dash,
never a zero. Grouping, the decimal sign and where a symbol stands follow the reader's
language.
"""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

from reps.figure_style import number, style, with_sign

register = template.Library()

UNKNOWN = "\N{EN DASH}"

# Up to which amount (once rounded), to what it is rounded, and the unit it is told in.
SHORT_STEPS = [
    (1_000, 1, 1),
    (10_000, 100, 1_000),
    (1_000_000, 1_000, 1_000),
    (10_000_000, 10_000, 1_000_000),
    (100_000_000, 100_000, 1_000_000),
    (1_000_000_000, 1_000_000, 1_000_000),
    (10_000_000_000, 10_000_000, 1_000_000_000),
    (float("inf"), 100_000_000, 1_000_000_000),
]


def day_and_clock(at: datetime, zone: ZoneInfo) -> str:
    """Thu 26 Nov, 09:40: an instant by the clock of one zone."""
    local = at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    return _day_and_clock(local, get_language())


@lru_cache(maxsize=4096)
def _day_and_clock(local: datetime, language: str) -> str:
    """Kept, for a page shows the same minutes again and again."""
    return date_format(local, "D j M, H:i")


@register.filter
def money(amount, currency: str) -> str:
    """Whole units: $38,000. A currency we have no symbol for shows its code."""
    if amount is None:
        return UNKNOWN
    whole, signs = _rounded(amount, 1), style()
    written = signs.with_symbol(signs.number(abs(whole)), currency)
    return with_sign(whole, written)


@register.filter
def money_short(amount, currency: str) -> str:
    """At a glance: $950, $1.2k, $38k, $559k, $1.56m. Not for what somebody signs."""
    if amount is None:
        return UNKNOWN
    rounded, unit = next(
        (rounded, unit)
        for limit, step, unit in SHORT_STEPS
        if abs(rounded := _rounded(amount, step)) < limit
    )
    signs = style()
    written = signs.units[unit].format(number=signs.number(abs(rounded) / unit))
    return with_sign(rounded, signs.with_symbol(written, currency))


@register.filter
def percent(share) -> str:
    """A share of one as whole percent: 0.304 is 30%."""
    if share is None:
        return UNKNOWN
    whole, signs = _rounded(_decimal(share) * 100, 1), style()
    return signs.percent.format(number=with_sign(whole, signs.number(abs(whole))))


@register.filter
def signed(change) -> str:
    """A change, with its sign even when it is a gain: +3. No change is 0."""
    if change is None:
        return UNKNOWN
    whole = _rounded(change, 1)
    plus = "+" if whole > 0 else ""
    return plus + with_sign(whole, number(abs(whole)))


@register.filter
def tenths(figure) -> str:
    """At most one decimal, and none that says nothing: 2.4, and 3 rather than 3.0."""
    if figure is None:
        return UNKNOWN
    rounded = _rounded(figure, Decimal("0.1"))
    return with_sign(rounded, number(abs(rounded)))


@register.filter
def times(ratio) -> str:
    """How many times over, to a tenth: 1.4×."""
    if ratio is None:
        return UNKNOWN
    return style().times.format(number=tenths(ratio))


@register.filter
def magnitude(figure):
    """Without its sign, where words say it: "$41k behind"."""
    return None if figure is None else abs(figure)


def _decimal(figure) -> Decimal:
    """By way of text: the float 0.285 means 0.285, not what binary makes of it."""
    return figure if isinstance(figure, Decimal) else Decimal(str(figure))


def _rounded(figure, step) -> Decimal:
    """To the nearest multiple of `step`."""
    steps = _decimal(figure) / step
    return steps.quantize(Decimal(1), rounding=ROUND_HALF_UP) * step

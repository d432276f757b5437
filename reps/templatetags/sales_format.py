"""How a figure is written on screen. The only place where we round for the reader.

Halves go up, away from zero, as on a calculator. What is not known is an en dash,
never a zero. Grouping, the decimal sign and where a symbol stands follow the reader's
language.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format, get_format
from django.utils.numberformat import format as format_number
from django.utils.translation import get_language, pgettext

register = template.Library()

UNKNOWN = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"

SYMBOLS = {
    "AUD": "A$",
    "BRL": "R$",
    "CAD": "CA$",
    "CNY": "CN¥",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "ILS": "₪",
    "INR": "₹",
    "JPY": "¥",
    "KRW": "₩",
    "MXN": "MX$",
    "NZD": "NZ$",
    "PHP": "₱",
    "TRY": "₺",
    "TWD": "NT$",
    "UAH": "₴",
    "USD": "$",
    "VND": "₫",
}

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
    whole = _rounded(amount, 1)
    return _with_sign(whole, _with_symbol(_number(abs(whole)), currency))


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
    figure = _number(abs(rounded) / unit)
    written = _style().units[unit].format(number=figure)
    return _with_sign(rounded, _with_symbol(written, currency))


@register.filter
def percent(share) -> str:
    """A share of one as whole percent: 0.304 is 30%."""
    if share is None:
        return UNKNOWN
    whole = _rounded(_decimal(share) * 100, 1)
    number = _with_sign(whole, _number(abs(whole)))
    return _style().percent.format(number=number)


@register.filter
def signed(change) -> str:
    """A change, with its sign even when it is a gain: +3. No change is 0."""
    if change is None:
        return UNKNOWN
    whole = _rounded(change, 1)
    plus = "+" if whole > 0 else ""
    return plus + _with_sign(whole, _number(abs(whole)))


@register.filter
def tenths(figure) -> str:
    """At most one decimal, and none that says nothing: 2.4, and 3 rather than 3.0."""
    if figure is None:
        return UNKNOWN
    rounded = _rounded(figure, Decimal("0.1"))
    return _with_sign(rounded, _number(abs(rounded)))


@register.filter
def times(ratio) -> str:
    """How many times over, to a tenth: 1.4×."""
    if ratio is None:
        return UNKNOWN
    return _style().times.format(number=tenths(ratio))


@register.filter
def magnitude(figure):
    """Without its sign, where words say it: "$41k behind"."""
    return None if figure is None else abs(figure)


@dataclass(frozen=True, slots=True)
class Style:
    """How one language writes figures; looked up once, since pages write hundreds."""

    decimal: str
    group: str
    groups_of: int | tuple
    money: str
    percent: str
    times: str
    units: dict[int, str]


@cache
def _style_of(language: str | None) -> Style:
    return Style(
        decimal=get_format("DECIMAL_SEPARATOR"),
        group=get_format("THOUSAND_SEPARATOR"),
        groups_of=get_format("NUMBER_GROUPING") or 3,
        money=pgettext("an amount of money", "{symbol}{number}"),
        percent=pgettext("a share", "{number}%"),
        times=pgettext("how many times over", "{number}×"),
        units={
            1: "{number}",
            1_000: pgettext("thousands", "{number}k"),
            1_000_000: pgettext("millions", "{number}m"),
            1_000_000_000: pgettext("thousand millions", "{number}bn"),
        },
    )


def _style() -> Style:
    return _style_of(get_language())


def _decimal(figure) -> Decimal:
    """By way of text: the float 0.285 means 0.285, not what binary makes of it."""
    return figure if isinstance(figure, Decimal) else Decimal(str(figure))


def _rounded(figure, step) -> Decimal:
    """To the nearest multiple of `step`."""
    steps = _decimal(figure) / step
    return steps.quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def _number(figure: Decimal) -> str:
    """As the reader's language groups it, without decimals that say nothing."""
    style = _style()
    return format_number(
        figure.normalize(),
        style.decimal,
        grouping=style.groups_of,
        thousand_sep=style.group,
        force_grouping=True,
    )


def _with_sign(figure: Decimal, written: str) -> str:
    return f"{MINUS}{written}" if figure < 0 else written


def _with_symbol(number: str, currency: str) -> str:
    """A symbol stands close to the number, a code with a space that does not break."""
    symbol = SYMBOLS.get(currency, f"{currency}\N{NO-BREAK SPACE}")
    return _style().money.format(symbol=symbol, number=number)

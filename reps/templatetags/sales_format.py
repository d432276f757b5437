"""How a figure is written on screen. The only place where we round for the reader.

Halves go up, away from zero, as on a calculator. What is not known is an en dash,
never a zero. Grouping, the decimal sign and where a symbol stands follow the reader's
language.
"""

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import pgettext

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
    return _with_sign(rounded, _with_symbol(_in_units(figure, unit), currency))


@register.filter
def percent(share) -> str:
    """A share of one as whole percent: 0.304 is 30%."""
    if share is None:
        return UNKNOWN
    whole = _rounded(_decimal(share) * 100, 1)
    number = _with_sign(whole, _number(abs(whole)))
    return pgettext("a share", "{number}%").format(number=number)


@register.filter
def signed(change) -> str:
    """A change, with its sign even when it is a gain: +3. No change is 0."""
    if change is None:
        return UNKNOWN
    whole = _rounded(change, 1)
    plus = "+" if whole > 0 else ""
    return plus + _with_sign(whole, _number(abs(whole)))


@register.filter
def times(ratio) -> str:
    """How many times over, to a tenth: 1.4, and 3 rather than 3.0."""
    if ratio is None:
        return UNKNOWN
    tenths = _rounded(ratio, Decimal("0.1"))
    number = _with_sign(tenths, _number(abs(tenths)))
    return pgettext("how many times over", "{number}\N{MULTIPLICATION SIGN}").format(
        number=number
    )


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


def _number(figure: Decimal) -> str:
    """As the reader's language groups it, without decimals that say nothing."""
    places = max(-figure.normalize().as_tuple().exponent, 0)
    return number_format(figure, decimal_pos=places, force_grouping=True)


def _with_sign(figure: Decimal, written: str) -> str:
    return f"{MINUS}{written}" if figure < 0 else written


def _with_symbol(number: str, currency: str) -> str:
    """A symbol stands close to the number, a code with a space that does not break."""
    symbol = SYMBOLS.get(currency, f"{currency}\N{NO-BREAK SPACE}")
    order = pgettext("an amount of money", "{symbol}{number}")
    return order.format(symbol=symbol, number=number)


def _in_units(number: str, unit: int) -> str:
    if unit == 1_000:
        return pgettext("thousands", "{number}k").format(number=number)
    if unit == 1_000_000:
        return pgettext("millions", "{number}m").format(number=number)
    if unit == 1_000_000_000:
        return pgettext("thousand millions", "{number}bn").format(number=number)
    return number

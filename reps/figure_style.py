"""How the reader's language writes figures: for who prints them and who reads them.

Grouping, the decimal sign, short units and where a symbol stands are the language's.
Nothing is rounded here.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.utils.formats import get_format
from django.utils.numberformat import format as format_number
from django.utils.translation import get_language, pgettext

from reps.domain.typed_figures import Notation, plain

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


@dataclass(frozen=True, slots=True)
class Style:
    """How one language writes figures: ask for it once a figure, not once a sign.

    A page writes hundreds of figures, and to ask in which language takes longer than
    to write one.
    """

    decimal: str
    group: str
    groups_of: int | tuple
    money: str
    percent: str
    times: str
    units: dict[int, str]

    def number(self, figure: Decimal) -> str:
        """Grouped, and without decimals that say nothing."""
        return self.in_digits(figure.normalize())

    def in_digits(self, figure: Decimal, places: int | None = None) -> str:
        return format_number(
            figure,
            self.decimal,
            places,
            grouping=self.groups_of,
            thousand_sep=self.group,
            force_grouping=True,
        )

    def with_symbol(self, written: str, currency: str) -> str:
        """Close to the number; a code with a space that does not break."""
        symbol = SYMBOLS.get(currency, f"{currency}\N{NO-BREAK SPACE}")
        return self.money.format(symbol=symbol, number=written)


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


def style() -> Style:
    """The reader's language's."""
    return _style_of(get_language())


def number(figure: Decimal) -> str:
    """As the reader's language groups it, without decimals that say nothing."""
    return style().number(figure)


def with_sign(figure: Decimal, written: str) -> str:
    return f"{MINUS}{written}" if figure < 0 else written


@cache
def _notation_of(language: str | None) -> Notation:
    signs = _style_of(language)
    units = {unit.format(number="").strip(): many for many, unit in signs.units.items()}
    return Notation(signs.decimal, signs.group, units)


def notation() -> Notation:
    """How the reader types them."""
    return _notation_of(get_language())


def exact_money(amount: Decimal, currency: str) -> str:
    """Every cent there is, and none that says nothing: $38,000, $38,000.50.

    Without a currency only the figure.
    """
    amount, signs = Decimal(amount), style()
    if amount == amount.to_integral_value():
        written = signs.number(abs(amount).to_integral_value())
    else:
        written = signs.in_digits(abs(amount), places=2)
    written = signs.with_symbol(written, currency) if currency else written
    return with_sign(amount, written)


def exact_percent(share: Decimal) -> str:
    """Every digit there is: 30%, 12.5%."""
    percent, signs = Decimal(share) * 100, style()
    written = with_sign(percent, signs.number(abs(percent)))
    return signs.percent.format(number=written)


def own_marks(currency: str) -> set[str]:
    """What may stand beside an amount of this currency, in plain spelling."""
    symbol = SYMBOLS.get(currency, currency)
    marks = {currency, symbol}
    if currency in SYMBOLS:
        sign = symbol[-1]
        marks |= {sign, currency[:2] + sign}  # "$" and "AU$" for "A$"
    return {plain(mark) for mark in marks}


def is_currency(mark: str) -> bool:
    """Whether this, in plain spelling, looks like a currency's sign or code."""
    sign_alone = len(mark) <= 3 and unicodedata.category(mark[-1]) == "Sc"
    return sign_alone or bool(re.fullmatch("[a-z]{3}", mark))

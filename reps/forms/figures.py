"""Figures as people type them: 30 for three in ten, $200,000 for money, a day, an hour.

A figure shown in a form is the figure kept: nothing is rounded on the way in or out.
"""

import re
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

DIGITS = re.compile(r"-?\d{1,20}(\.\d{1,10})?")  # no exponents: 1e999999 is no figure
GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
YEARS = range(2000, 2101)
NOT_A_DAY = _("Write a day of the calendar, such as 2026-11-30.")
MORE_THAN_NOTHING = MinValueValidator(Decimal("0.0001"))


def written(figure: Decimal) -> str:
    """All its digits, and none that say nothing: 30, 12.5."""
    digits = f"{figure:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


class FigureField(forms.DecimalField):
    """A figure typed as text, with whatever sign or space people put around it."""

    widget = forms.TextInput
    around = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value):
        if value is None or isinstance(value, (int, Decimal)):
            return value
        typed = str(value).translate(dict.fromkeys(map(ord, self.around)))
        if typed in self.empty_values:
            return None
        if GROUPED.fullmatch(typed):
            typed = typed.replace(",", "")
        if not DIGITS.fullmatch(typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(typed)


class MoneyField(FigureField):
    """An amount in the organization's currency, with or without its sign."""

    around = FigureField.around + "$€£¥"
    default_error_messages = {
        "invalid": _("Use an amount in figures, such as 200,000."),
        "min_value": _("Use an amount that is more than nothing."),
        "max_digits": _("This is more than anybody can sell. Use fewer digits."),
        "max_whole_digits": _("This is more than anybody can sell. Use fewer digits."),
        "max_decimal_places": _("Use no more than two digits after the point."),
    }

    def prepare_value(self, value):
        return f"{value:,.2f}".removesuffix(".00") if _is_figure(value) else value


class PercentField(FigureField):
    """A share of one, typed and shown in percent: 30 is kept as 0.3."""

    around = FigureField.around + "%"
    range_in_words = _("Use a percentage up to 100, such as 30.")
    default_error_messages = dict.fromkeys(
        ["invalid", "min_value", "max_value", "max_whole_digits"], range_in_words
    ) | {
        "max_digits": _("Use up to 100, and no more than two digits after the point."),
        "max_decimal_places": _("Use no more than two digits after the point."),
    }

    def to_python(self, value):
        percent = super().to_python(value)
        return None if percent is None else percent / 100

    def prepare_value(self, value):
        return written(Decimal(value) * 100) if _is_figure(value) else value


def _is_figure(value) -> bool:
    return isinstance(value, (int, Decimal))


def within_years(day: date):
    """Longer ago, or further ahead, is a slip of the finger."""
    if day.year not in YEARS:
        raise ValidationError(_("Use a year from 2000 to 2100."))


class DayInput(forms.DateInput):
    """The browser's own calendar, in the one format it takes."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    """The browser's own clock, without the seconds."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")

"""Figures as people type them: 30 for three in ten, $200,000 for money, a day, an hour.

A figure is shown as the app prints it, with all its digits, and read however its reader
writes it. Where two readings are possible the field asks, with both. Nothing is rounded
on the way in or out.
"""

from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from reps.domain.typed_figures import Typed, read_figure, shares_of_one
from reps.figure_style import (
    exact_money,
    exact_percent,
    is_currency,
    notation,
    number,
    own_marks,
)

YEARS = range(2000, 2101)
NOT_A_DAY = _("Write a day of the calendar, such as 2026-11-30.")
MOST_MONEY = (
    Decimal(10) ** 12
)  # and no more is kept: the migrations `money_has_a_bound`
MORE_THAN_NOTHING = MinValueValidator(Decimal("0.0001"))
CHOICE = "{name}-meant"  # beside a figure that was asked about: which of its readings


class FigureInput(forms.TextInput):
    """What was typed; or, once its readings were asked about, the one chosen.

    A choice counts only for a text that can be read so: whoever types something else
    instead has the last word.
    """

    def __init__(self, attrs=None):
        super().__init__(
            {"inputmode": "decimal", "autocomplete": "off"} | (attrs or {})
        )
        self.meanings_of = lambda typed: []  # its field's, in FigureField

    def value_from_datadict(self, data, files, name):
        typed = super().value_from_datadict(data, files, name)
        meant = data.get(CHOICE.format(name=name))
        return meant if meant and meant in self.meanings_of(typed) else typed


class FigureField(forms.DecimalField):
    """A figure typed as text. A field says which `figures` a text may mean to it."""

    widget = FigureInput
    default_error_messages = {"which": _("Do you mean %(figures)s?")}

    def __deepcopy__(self, memo):
        copied = super().__deepcopy__(memo)
        copied.widget.meanings_of = copied.meanings_of
        return copied

    def figures(self, typed: Typed) -> tuple[Decimal, ...]:
        """What it may mean here. A mark beside it is refused, unless it is ours."""
        return () if typed.mark else typed.readings

    def written(self, figure: Decimal) -> str:
        """As the app prints it, with all its digits."""
        return number(Decimal(figure))

    def to_python(self, value):
        if value is None or isinstance(value, (int, Decimal)):
            return value
        if not str(value).strip():
            return None
        figures = self._figures_in(str(value))
        if not figures:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if len(figures) == 1:
            return figures[0]
        readings = self._those_it_takes(figures)
        if not readings:
            self.run_validators(figures[0])
        facts = {"figures": pgettext("this or that", " or ").join(readings)}
        raise ValidationError(
            self.error_messages["which"], "which", facts | {"readings": readings}
        )

    def prepare_value(self, value):
        return self.written(value) if isinstance(value, (int, Decimal)) else value

    def meanings_of(self, text) -> list[str]:
        """Each reading as the field would show it, where there is more than one."""
        try:
            figures = self._figures_in(str(text))
        except ValidationError:
            return []
        return self._those_it_takes(figures) if len(figures) > 1 else []

    def _figures_in(self, text: str) -> tuple[Decimal, ...]:
        typed = read_figure(text, notation())
        return self.figures(typed) if typed else ()

    def _those_it_takes(self, figures) -> list[str]:
        return [self.written(figure) for figure in figures if self._takes(figure)]

    def _takes(self, figure: Decimal) -> bool:
        try:
            self.run_validators(figure)
        except ValidationError:
            return False
        return True


class MoneyField(FigureField):
    """An amount in the organization's currency, with or without its sign.

    A form says which that is: see `in_currency`. `also` are others it may be typed in.
    """

    currency = ""
    also: tuple[str, ...] = ()
    default_validators = [MaxValueValidator(MOST_MONEY)]
    default_error_messages = {
        "invalid": _("Use an amount in figures, such as 200,000."),
        "other_currency": _(
            "Amounts here are in %(currency)s, and nothing is converted."
        ),
        "min_value": _("Use an amount that is more than nothing."),
        "max_value": _("This is more than anybody can sell. Use fewer digits."),
        "max_digits": _("This is more than anybody can sell. Use fewer digits."),
        "max_whole_digits": _("This is more than anybody can sell. Use fewer digits."),
        "max_decimal_places": _("Use no more than two digits after the point."),
    }

    def figures(self, typed):
        own = set().union(*map(own_marks, (self.currency, *self.also)))
        if not typed.mark or typed.mark in own:
            return typed.readings
        if not is_currency(typed.mark):
            return ()
        words, facts = (
            self.error_messages["other_currency"],
            {"currency": self.currency or self.also[0]},
        )
        raise ValidationError(words, "other_currency", facts)

    def written(self, figure):
        return exact_money(figure, self.currency)


def in_currency(form: forms.BaseForm, currency: str):
    """Have all amounts of a form in this currency, the organization's."""
    for field in form.fields.values():
        if isinstance(field, MoneyField):
            field.currency = currency


class PercentField(FigureField):
    """A share of one, typed and shown in percent: 30 is kept as 0.3."""

    range_in_words = _("Use a percentage up to 100, such as 30.")
    default_error_messages = dict.fromkeys(
        ["invalid", "min_value", "max_value", "max_whole_digits"], range_in_words
    ) | {
        "max_digits": _("Use up to 100, and no more than two digits after the point."),
        "max_decimal_places": _("Use no more than two digits after the point."),
    }

    def figures(self, typed):
        return shares_of_one(typed) if typed.mark in {"", "%"} else ()

    def written(self, figure):
        return exact_percent(figure)


class CountField(FigureField):
    """How many: a whole number."""

    default_error_messages = {"invalid": _("Use a whole number, such as 12.")}

    def figures(self, typed):
        return tuple(figure for figure in super().figures(typed) if not figure % 1)

    def clean(self, value):
        count = super().clean(value)
        return None if count is None else int(count)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"inputmode": "numeric"}


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

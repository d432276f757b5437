"""What the columns of a file mean: each with its header and three of its values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reps.domain.files.fields import FIELDS, Fact, Kind, at_odds, missing
from reps.domain.files.questions import Asks
from reps.forms.imports.fact_words import FACTS

MANY_TIMES = {Fact.QUARTER_AMOUNT}
MAY_ERASE = {Kind.DEALS, Kind.QUOTAS, Kind.QUOTA_GRID}
ENCODINGS = {
    "utf-8": gettext_lazy("UTF-8"),
    "cp1252": gettext_lazy("Windows (Western)"),
    "mac_roman": gettext_lazy("Macintosh"),
}
DELIMITERS = {
    ",": gettext_lazy("commas"),
    ";": gettext_lazy("semicolons"),
    "\t": gettext_lazy("tabs"),
    "|": gettext_lazy("bars"),
}


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column on the page: what stands in it, and its fields of the form."""

    header: str
    examples: list[str]
    filled: int
    fact: forms.BoundField
    way: forms.BoundField | None


class ColumnsForm(forms.Form):
    """`reading` is what a worker found, `said` what a person answered so far."""

    def __init__(self, *args, reading: Mapping, said: Mapping, **kwargs):
        super().__init__(*args, **kwargs)
        self.reading, self.kind = reading, Kind(reading["kind"])
        choices = [("", _("Leave it out"))]
        choices += [
            (field.fact.value, capfirst(FACTS[field.fact]))
            for field in FIELDS[self.kind]
        ]
        for place, column in enumerate(reading["columns"]):
            self.fields[f"fact_{place}"] = forms.ChoiceField(
                label=column["header"],
                choices=choices,
                required=False,
                initial=column["fact"],
            )
            for name, words in (("numbers", _number_words), ("days", _day_words)):
                if ways := column[name]:
                    self.fields[f"{name}_{place}"] = forms.ChoiceField(
                        label=_("How is it written?"),
                        choices=[(way, words(*way_of)) for way, *way_of in ways],
                        widget=forms.RadioSelect,
                        required=False,
                        initial=said.get(name, {}).get(column["header"]),
                    )
        self._ask_of_the_table(said)
        if self.kind in MAY_ERASE:
            self.fields["erase"] = forms.BooleanField(
                label=_("Empty cells take away what we know"),
                help_text=_("Else an empty cell changes nothing."),
                required=False,
                initial=said.get("erase", False),
            )

    def _ask_of_the_table(self, said: Mapping):
        """How it is encoded and parted, where that is not sure or was said."""
        encodings, delimiters = self.reading["encodings"], self.reading["delimiters"]
        if len(encodings) > 1 or said.get("encoding"):
            self.fields["encoding"] = forms.ChoiceField(
                label=_("Which of these reads right?"),
                choices=[(name, f"{example} ({name})") for name, example in encodings],
                widget=forms.RadioSelect,
                required=False,
                initial=said.get("encoding") or encodings[0][0],
            )
        if len(delimiters) > 1 or said.get("delimiter"):
            self.fields["delimiter"] = forms.ChoiceField(
                label=_("What parts its cells?"),
                choices=[(one, DELIMITERS.get(one, one)) for one in delimiters],
                widget=forms.RadioSelect,
                required=False,
                initial=said.get("delimiter") or delimiters[0],
            )

    @property
    def rows(self) -> list[ColumnRow]:
        """The columns in the order of the file."""
        return [
            ColumnRow(
                column["header"],
                column["examples"],
                column["filled"],
                self[f"fact_{place}"],
                self._way(place),
            )
            for place, column in enumerate(self.reading["columns"])
        ]

    def _way(self, place: int) -> forms.BoundField | None:
        """How the column is written: asked only of one that holds such a thing."""
        names = (f"numbers_{place}", f"days_{place}")
        holds = {
            Asks.NUMBERS.value: names[0],
            Asks.DAYS.value: names[1],
        }
        header = self.reading["columns"][place]["header"]
        for asked in self.reading["asked"]:
            if asked["about"] == header and asked["asks"] in holds:
                return self[holds[asked["asks"]]]
        said = next((name for name in names if self.initial_of(name)), None)
        return self[said] if said else None

    def initial_of(self, name: str):
        return self.fields[name].initial if name in self.fields else None

    @property
    def table_fields(self) -> list[forms.BoundField]:
        names = ("encoding", "delimiter", "erase")
        return [self[name] for name in names if name in self.fields]

    def clean(self):
        """Every fact once, and what such a file cannot do without."""
        cleaned = super().clean()
        facts: dict[Fact, int] = {}
        for place in range(len(self.reading["columns"])):
            if word := cleaned.get(f"fact_{place}"):
                fact = Fact(word)
                if fact in facts and fact not in MANY_TIMES:
                    first = self.reading["columns"][facts[fact]]["header"]
                    words = _("“%(header)s” is that already: choose one of the two.")
                    self.add_error(f"fact_{place}", words % {"header": first})
                facts.setdefault(fact, place)
            way = self._way(place)
            if way is not None and word and not cleaned.get(way.name):
                self.add_error(way.name, _("Choose how it is written."))
        for group in missing(self.kind, facts):
            names = _(" or ").join(str(FACTS[fact]) for fact in group)
            words = _("Which column is the %(names)s?")
            self.add_error(None, words % {"names": names})
        for one, other in at_odds(self.kind, facts):
            words = _("%(one)s and %(other)s say the same: leave one of them out.")
            told = {"one": capfirst(FACTS[one]), "other": FACTS[other]}
            self.add_error(f"fact_{facts[other]}", words % told)
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        """What was said, as the import keeps it."""
        cleaned = self.cleaned_data
        headers = [column["header"] for column in self.reading["columns"]]
        said: dict[str, Any] = {
            "columns": {
                header: cleaned[f"fact_{place}"] or None
                for place, header in enumerate(headers)
            }
        }
        for name in ("numbers", "days"):
            said[name] = {
                header: way
                for place, header in enumerate(headers)
                if (way := cleaned.get(f"{name}_{place}"))
            }
        for name in ("encoding", "delimiter", "erase"):
            if cleaned.get(name):
                said[name] = cleaned[name]
        return said


def _number_words(example: str, meaning: str) -> str:
    return _("%(example)s is %(meaning)s") % {"example": example, "meaning": meaning}


def _day_words(example: str, meaning: str) -> str:
    day = date_format(date.fromisoformat(meaning), "j F Y")
    return _("%(example)s is %(day)s") % {"example": example, "day": day}

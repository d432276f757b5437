"""Their words for what we have: stages, owners and the like, each matched to ours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reps.domain.files.questions import REP, Asks

Choices = Sequence[tuple[str, str]]
NOT_SAID = "?"  # no answer of ours: "" is one, and means to leave out
REST = "rest"
ANSWERS = {
    Asks.STAGE: "stages",
    Asks.OWNER: "owners",
    Asks.ACTIVITY: "activities",
    Asks.QUARTER: "quarters",
    Asks.TEAM: "teams",
}
HEADINGS = {
    Asks.STAGE: gettext_lazy("Their stages"),
    Asks.OWNER: gettext_lazy("Their people"),
    Asks.ACTIVITY: gettext_lazy("Their activities"),
    Asks.QUARTER: gettext_lazy("Their quarters"),
    Asks.TEAM: gettext_lazy("Their teams"),
}


@dataclass(frozen=True, slots=True)
class WordRow:
    """One word on the page, in how many rows it stands, and its field."""

    theirs: str
    rows: int
    is_open: bool
    field: forms.BoundField


class WordsForm(forms.Form):
    """`words` are those that a worker found; `choices` what may be answered to each."""

    def __init__(
        self,
        *args,
        words: Sequence[Mapping],
        choices: Callable[[Asks], Choices],
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.words = words
        offered = {word["asks"]: choices(Asks(word["asks"])) for word in words}
        for place, word in enumerate(words):
            answer = word["answer"]
            proposed = word["fits"][0] if word["fits"] else NOT_SAID
            self.fields[f"word_{place}"] = forms.ChoiceField(
                label=word["theirs"],
                choices=[(NOT_SAID, _("Choose …")), *offered[word["asks"]]],
                initial=proposed if answer is None else answer,
                required=False,
            )

        self._ask_of_the_rest(offered)

    def _ask_of_the_rest(self, offered: Mapping[str, Choices]):
        """One answer for all people nobody knows: a first file is full of them."""
        unknown = [
            word
            for word in self.words
            if word["asks"] == Asks.OWNER
            and word["answer"] is None
            and not word["fits"]
        ]
        if len(unknown) > 1:
            rest = [one for one in offered[Asks.OWNER] if not one[0].startswith(REP)]
            self.fields[REST] = forms.ChoiceField(
                label=_("Everybody else nobody knows here"),
                choices=[(NOT_SAID, _("Choose for each below …")), *rest],
                initial=NOT_SAID,
                required=False,
            )

    @property
    def rest(self) -> forms.BoundField | None:
        return self[REST] if REST in self.fields else None

    @property
    def groups(self) -> list[tuple[str, list[WordRow]]]:
        """By what they are; those that nobody could tell first."""
        groups: dict[Asks, list[WordRow]] = {}
        for place, word in enumerate(self.words):
            row = WordRow(
                word["theirs"],
                word["rows"],
                word["answer"] is None,
                self[f"word_{place}"],
            )
            groups.setdefault(Asks(word["asks"]), []).append(row)
        return [
            (str(HEADINGS[asks]), sorted(rows, key=lambda row: not row.is_open))
            for asks, rows in groups.items()
        ]

    def clean(self):
        cleaned = super().clean()
        rest = cleaned.get(REST, NOT_SAID)
        for place, word in enumerate(self.words):
            name = f"word_{place}"
            if cleaned.get(name) != NOT_SAID:
                continue
            if word["asks"] == Asks.OWNER and rest != NOT_SAID:
                cleaned[name] = rest
            else:
                self.add_error(name, _("Choose what it is here, or leave it out."))
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        """What was said, by the kind of word, as the import keeps it."""
        said: dict[str, dict[str, str]] = {}
        for place, word in enumerate(self.words):
            answers = said.setdefault(ANSWERS[Asks(word["asks"])], {})
            answers[word["theirs"]] = self.cleaned_data[f"word_{place}"]
        return said

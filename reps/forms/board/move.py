"""Where a deal is to go, and why: what the Move menu and its gate send."""

import re
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reps.domain.transitions import Kind, Outcome, Place
from reps.forms.board.closing_day import (
    booked_elsewhere,
    refuse_closed,
    refuse_day,
)
from reps.forms.figures import NOT_A_DAY
from reps.forms.reason import LONGEST_REASON
from reps.models import Deal

STAGE = re.compile(r"\d{1,18}", re.ASCII)


class MoveForm(forms.Form):
    """`to` is the id of a stage, or `won` or `lost`, which a deal is where it stands;
    or `taken_back`, which a win is there.

    Which of them may be is not this form's to say, but the transition's. `day` is that
    of winning or losing it, today's if none is chosen; `sure_of` is one in another
    quarter that was asked about. `today` is the owner's. `closed` is the quarter of a
    chosen day, if that is closed.
    """

    to = forms.CharField(error_messages={"required": _("Choose where it goes.")})
    seen = forms.IntegerField(
        min_value=1,
        error_messages=dict.fromkeys(
            ["required", "invalid", "min_value"],
            _("Load the page again, then move it once more."),
        ),
    )
    reason = forms.CharField(
        required=False,
        max_length=LONGEST_REASON,
        error_messages={
            "max_length": _("Say it in fewer words: %(limit_value)s letters at most.")
        },
    )
    rep = forms.CharField(required=False)
    day = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": NOT_A_DAY},
    )
    sure_of = forms.CharField(required=False)

    def __init__(self, data, *, deal: Deal, today: date, by, at: datetime):
        super().__init__(data)
        self.deal, self.by, self.at = deal, by, at
        self.closed = None
        # Where it was opened it may be tomorrow already.
        self.today = max(today, deal.opened_on or today)

    def clean_to(self) -> Place:
        to = self.cleaned_data["to"]
        if to in {Outcome.WON, Outcome.LOST}:
            return Place(self.deal.stage_id, Outcome(to))
        if to == Kind.TAKEN_BACK:
            return Place(self.deal.stage_id)
        if not STAGE.fullmatch(to):
            raise ValidationError(_("Choose where it goes."))
        return Place(int(to))

    def clean_day(self) -> date:
        """The day it counts for. Only winning and losing have one to choose."""
        to, day = self.cleaned_data.get("to"), self.cleaned_data["day"]
        if to is None or to.outcome == Outcome.OPEN or day is None:
            return self.today
        refuse_day(self.deal, day, today=self.today)
        self.closed = self.deal.closed_books(day, by=self.by, at=self.at)
        refuse_closed(self.deal, to.outcome, day, self.closed)
        return day

    @property
    def taking_back(self) -> bool:
        """The win was a mistake."""
        return self.data.get("to") == Kind.TAKEN_BACK

    def to_be_sure_of(self) -> str:
        """What is to be said before it is kept, unless it was said of that day."""
        day = self.cleaned_data["day"].isoformat()
        return "" if self.cleaned_data["sure_of"] == day else self.elsewhere()

    def elsewhere(self) -> str:
        """What is said of a day in another quarter than today's."""
        to, day = self.cleaned_data["to"], self.cleaned_data["day"]
        there = {"instead_of": self.today, "closed": self.closed}
        return booked_elsewhere(self.deal, to.outcome, day, **there)

    @property
    def said_nothing(self) -> bool:
        """The gate asked for a reason, and none was given."""
        return "reason" in self.data and not self.data["reason"].strip()

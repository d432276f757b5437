"""Where a deal is to go, and why: what the Move menu and its gate send."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reps.domain.transitions import Outcome, Place
from reps.models import Deal

STAGE = re.compile(r"\d{1,18}", re.ASCII)
LONGEST_REASON = 2000


class MoveForm(forms.Form):
    """`to` is the id of a stage, or `won` or `lost`, which a deal is where it stands.

    Which of them may be is not this form's to say, but the transition's.
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

    def __init__(self, data, *, deal: Deal):
        super().__init__(data)
        self.deal = deal

    def clean_to(self) -> Place:
        to = self.cleaned_data["to"]
        if to in {Outcome.WON, Outcome.LOST}:
            return Place(self.deal.stage_id, Outcome(to))
        if not STAGE.fullmatch(to):
            raise ValidationError(_("Choose where it goes."))
        return Place(int(to))

    @property
    def said_nothing(self) -> bool:
        """The gate asked for a reason, and none was given."""
        return "reason" in self.data and not self.data["reason"].strip()

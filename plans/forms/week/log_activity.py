"""A tap on a week: one more, one fewer, or the number itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reps.models import ActivityEntry

MOST = 500  # of one activity in one week: more is a slip of the thumb
WHOLE_NUMBER = _("Use a whole number from 0 to 500.")
NOT_FROM_HERE = _("That did not save. Load the page again, then log it once more.")


class LogActivityForm(forms.Form):
    """Either `change`, the button's, or `count`, the number as somebody typed it."""

    key = forms.UUIDField(
        error_messages={"required": NOT_FROM_HERE, "invalid": NOT_FROM_HERE}
    )
    change = forms.TypedChoiceField(
        choices=[("1", _("One more")), ("-1", _("One fewer"))],
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": NOT_FROM_HERE},
    )
    count = forms.IntegerField(
        min_value=0,
        max_value=MOST,
        required=False,
        error_messages=dict.fromkeys(
            ["invalid", "min_value", "max_value"], WHOLE_NUMBER
        ),
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and cleaned["change"] is None and cleaned["count"] is None:
            self.add_error("count", WHOLE_NUMBER)
        return cleaned

    @property
    def what_is_wrong(self) -> str:
        """In one sentence, for beside the number."""
        return next(iter(self.errors.values()))[0] if self.errors else ""

    @property
    def takes_away(self) -> bool:
        return self.cleaned_data["change"] == -1

    def log(self, *, rep, kind, week, by, at, stood_in_for=None):
        """Write the tap down, if it is one; answers with the week's taps either way."""
        entries = ActivityEntry.objects
        if not self.is_valid():
            return entries.logged_counts(rep, week=week, kinds=[kind])[kind.pk]
        said = self.cleaned_data
        tap = {"rep": rep, "kind": kind, "week": week, "by": by, "at": at}
        tap["stood_in_for"] = stood_in_for
        if said["count"] is None:
            return entries.log(change=said["change"], key=said["key"], **tap)
        return entries.set_count(count=said["count"], key=said["key"], **tap)

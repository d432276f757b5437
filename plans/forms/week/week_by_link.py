"""A whole week at once, from the page behind a mailed link: a number per activity."""

from uuid import uuid5

from django import forms

from plans.forms.week.check_in import WordsField
from plans.forms.week.log_activity import MOST, NOT_FROM_HERE, WHOLE_NUMBER
from reps.models import ActivityEntry


class LogByLinkForm(forms.Form):
    """`key` was made with the page. An activity the page did not show has no field."""

    key = forms.UUIDField(
        error_messages={"required": NOT_FROM_HERE, "invalid": NOT_FROM_HERE}
    )
    note = WordsField(required=False)

    def __init__(self, data, *, activities):
        super().__init__(data)
        self.activities = [a for a in activities if _count(a.kind) in data]
        for activity in self.activities:
            self.fields[_count(activity.kind)] = forms.IntegerField(
                min_value=0,
                max_value=max(MOST, activity.done),
                error_messages=dict.fromkeys(
                    ["required", "invalid", "min_value", "max_value"], WHOLE_NUMBER
                ),
            )
            self.fields[_was(activity.kind)] = forms.IntegerField(required=False)

    def typed(self, kind) -> str | None:
        """What stands in an activity's field; None when the page did not show it."""
        return self.data.get(_count(kind))

    def what_is_wrong(self, kind) -> str:
        return next(iter(self.errors.get(_count(kind), [])), "")

    def log(self, *, rep, week, by, at):
        """Make each number that was changed what was typed. The rep is locked.

        One left as it was says that the number is right: what was logged meanwhile
        stays. The page sent once more changes nothing more, whatever came after it.
        """
        for activity in self.activities:
            kind = activity.kind
            count = self.cleaned_data[_count(kind)]
            if count == self.cleaned_data[_was(kind)]:
                continue
            ActivityEntry.objects.set_count(
                count=count,
                key=uuid5(self.cleaned_data["key"], f"{kind.pk}: {count}"),
                rep=rep,
                kind=kind,
                week=week,
                by=by,
                at=at,
            )


def _count(kind) -> str:
    return f"count-{kind.pk}"


def _was(kind) -> str:
    return f"was-{kind.pk}"

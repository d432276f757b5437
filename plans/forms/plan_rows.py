"""The rows of a plan's page: a strategy, a commitment; and reasons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.models import Commitment, Strategy


class StrategyForm(forms.ModelForm):
    class Meta:
        model = Strategy
        fields = ["words", "source", "owner"]
        labels = {
            "words": _("What will be done"),
            "source": _("Where the customers will come from"),
            "owner": _("Who does it"),
        }


class CommitmentForm(forms.ModelForm):
    class Meta:
        model = Commitment
        fields = ["words", "when", "is_shared"]
        labels = {
            "words": _("What you do for yourself"),
            "when": _("When"),
            "is_shared": _("Share it with my manager"),
        }


class ReasonForm(forms.Form):
    """Why a plan is changed: both read it, and it stays."""

    reason = forms.CharField(
        label=_("What changed, and why"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CloseForm(forms.Form):
    came_of_it = forms.CharField(
        label=_("What came of it"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For both of you to read next quarter."),
    )

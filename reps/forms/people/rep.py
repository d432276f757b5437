"""A rep nobody signs in as yet: one who came with an import."""

from datetime import datetime

from django import forms
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from reps.forms.figures import DayInput, within_years
from reps.forms.people.person import (
    COMPARED_WITHIN,
    SELLING,
    SEND_LINK,
    offer_segments,
)
from reps.forms.people.selling import FIELDS, SellingMixin
from reps.forms.set_up_form import ADDRESS_TAKEN, SetUpForm
from reps.models import Rep, User


class RepForm(SellingMixin, SetUpForm):
    is_of_rep = True  # the page of people shows forms of persons, and this one

    said_at = {"rep_leaves_after_joining": "left_on"}

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("Give them an address, and they can sign in."),
    )
    send_link = forms.BooleanField(label=SEND_LINK, required=False, initial=True)

    field_order = ["name", "email", "send_link", "team", *FIELDS, *SELLING]

    class Meta:
        model = Rep
        fields = ["name", *SELLING]
        widgets = {"joined_on": DayInput, "left_on": DayInput}
        help_texts = {
            "segment": COMPARED_WITHIN,
            "left_on": _("The last day they sold here. Deals and history stay."),
        }

    def __init__(self, *args, by, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.at = by, at
        self.rep = Rep.objects.get(
            pk=self.instance.pk
        )  # before validation writes to it
        self.fields["team"].queryset = self.organization.teams.order_by(Lower("name"))
        self.fields["team"].empty_label = None
        offer_segments(self)
        for name in ("joined_on", "left_on"):
            self.fields[name].validators.append(within_years)

    def clean_email(self):
        """A free address, or that of a colleague who does not sell as anybody yet."""
        email = self.cleaned_data["email"].lower()
        holder = User.objects.filter(email__iexact=email).first() if email else None
        if holder:
            ours = holder.organization_id == self.organization.pk
            if not ours or Rep.objects.filter(user=holder).exists():
                raise forms.ValidationError(ADDRESS_TAKEN)
        return email

    def clean(self):
        super().clean()
        self.check_team_change(self.rep)

    def keep(self):
        self.rep.refresh_from_db()
        self.instance.team = self.rep.team  # changed by the verb that keeps the days
        super().keep()
        self.keep_where_they_sell(self.rep)
        if self.cleaned_data["email"]:
            self.instance.give_address(self.cleaned_data["email"])

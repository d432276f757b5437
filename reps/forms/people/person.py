"""A person of the organization: how they sign in, what they keep, where they sell."""

from datetime import datetime

from django import forms
from django.db.models.functions import Lower
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from reps.forms.figures import DayInput, within_years
from reps.forms.people.selling import FIELDS, SellingMixin
from reps.forms.set_up_form import ADDRESS_TAKEN, SetUpForm
from reps.forms.time_zones import TimeZoneField
from reps.models import Rep, Segment, Team, User

LAST_DAY_FIRST = _("The last day comes before the first.")
SELLING = ("team", "segment", "joined_on", "left_on")
COMPARED_WITHIN = _("Their rates are compared with those of the same segment.")
SEND_LINK = _("Send them the link to set a password")


def offer_segments(form):
    """Those there are, the default chosen; with one there is nothing to choose."""
    if not form.organization.has_segments:
        del form.fields["segment"]
        return
    segments = form.organization.segments.order_by(Lower("name"))
    form.fields["segment"].queryset = segments
    form.initial.setdefault("segment", segments.get(is_default=True).pk)


class PersonForm(SetUpForm):
    """What a new person and one of long standing have in common. `by` is the admin."""

    said_at = {"user_email_whatever_its_case": "email"}

    team = forms.ModelChoiceField(
        label=_("Sells in team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("None: does not sell"),
        error_messages={"invalid_choice": _("Choose one of your teams.")},
    )
    segment = forms.ModelChoiceField(
        label=_("Segment"),
        queryset=Segment.objects.none(),
        required=False,
        empty_label=None,
        help_text=COMPARED_WITHIN,
        error_messages={"invalid_choice": _("Choose one of your segments.")},
    )
    joined_on = forms.DateField(
        label=_("Joined on"),
        required=False,
        validators=[within_years],
        widget=DayInput,
        help_text=_("For somebody who sells. Left empty, they were always here."),
    )

    class Meta:
        model = User
        fields = ["name", "email", "time_zone", "is_admin", "is_hr_partner"]
        field_classes = {"time_zone": TimeZoneField}
        widgets = {
            "name": forms.TextInput({"autocomplete": "off"}),
            "email": forms.EmailInput({"autocomplete": "off"}),
        }
        labels = {"is_admin": _("Admin")}
        help_texts = {
            "time_zone": "",
            "is_hr_partner": _("Works on formal improvement plans, and sees no notes."),
        }
        error_messages = {"email": {"unique": ADDRESS_TAKEN}}

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["team"].queryset = self.organization.teams.order_by(Lower("name"))
        offer_segments(self)
        here = _("The organization's: %(zone)s") % {"zone": self.organization.time_zone}
        self.fields["time_zone"].offer(self.instance.time_zone, empty=here)

    def clean_email(self):
        email = self.cleaned_data["email"]
        return email.lower() if email else None

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if said.get("joined_on") and not said.get("team") and "team" not in self.errors:
            self.add_error("team", _("Choose the team they sell in."))

    def keep(self):
        said = self.cleaned_data
        Rep.objects.keep_person(
            self.instance,
            by=self.by,
            team=said["team"],
            joined_on=said["joined_on"],
            left_on=said.get("left_on"),
            segment=said.get("segment"),
        )


class NewPersonForm(PersonForm):
    send_link = forms.BooleanField(
        label=SEND_LINK,
        required=False,
        initial=True,
        help_text=_("Needs an address. You can send it later, too."),
    )

    field_order = [
        *("name", "email", "send_link"),
        *("team", "segment", "joined_on", "time_zone"),
    ]


class KnownPersonForm(SellingMixin, PersonForm):
    """Somebody who is there already. Nobody locks themselves out, or opens more."""

    left_on = forms.DateField(
        label=_("Left on"),
        required=False,
        validators=[within_years],
        widget=DayInput,
        help_text=_(
            "The last day they sold here. Their deals and history stay. Take away “may"
            " sign in” as well when they should no longer come in."
        ),
    )

    field_order = ["name", "email", "team", *FIELDS, *SELLING, "time_zone"]

    class Meta(PersonForm.Meta):
        fields = [*PersonForm.Meta.fields, "is_active"]

    def __init__(self, *args, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.at = at
        reps = Rep.objects.select_related("team", "organization")
        self.rep = reps.filter(user=self.instance).first()
        if self.rep:
            self.initial |= model_to_dict(self.rep, SELLING)
        else:
            for name in ("left_on", *FIELDS):
                del self.fields[name]
        if self.instance == self.by:
            self.fields["email"].required = True
            for name in ("is_admin", "is_hr_partner", "is_active"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _(
                    "Another admin can change this for you."
                )
        self.keep_initial_values()  # of where they sell, too

    def saved_values(self):
        facts = super().saved_values()
        rep = facts and Rep.objects.filter(user=self.instance).first()
        return facts | model_to_dict(rep, SELLING) if rep else facts

    def clean(self):
        super().clean()
        said = self.cleaned_data
        joined_on, left_on = said.get("joined_on"), said.get("left_on")
        if self.rep and not said.get("team") and "team" not in self.errors:
            words = _(
                "They have sold in a team. Say on which day they left it instead."
            )
            self.add_error("team", words)
        if joined_on and left_on and left_on < joined_on:
            self.add_error("left_on", LAST_DAY_FIRST)
        if self.rep:
            self.check_team_change(self.rep)
        if not self.errors and not self._somebody_keeps_it():
            self.add_error("is_admin", _("There must be an admin, who can sign in."))

    def keep(self):
        super().keep()
        if self.rep:
            self.keep_where_they_sell(self.rep)

    def _somebody_keeps_it(self) -> bool:
        """Two admins may take the mark from each other: the second is refused."""
        said = self.cleaned_data
        if said.get("is_admin") and said.get("is_active") and said.get("email"):
            return True
        others = self.organization.people.exclude(pk=self.instance.pk)
        return others.active_admins().exists()

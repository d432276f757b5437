"""Who goes on when somebody leaves, changes team or is away for long."""

from datetime import date

from django import forms
from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plans.forms.absence import day_field
from plans.models import Handover, Plan
from reps.models import Deal, Rep, Team

Kind = Handover.Kind


class HandOverForm(forms.Form):
    """`rep` is who is handed over, `user` who does it, `today` the organization's day.

    Each open deal has a field of its own, which goes along with `all_to` until somebody
    says otherwise.
    """

    kind = forms.ChoiceField(
        label=_("What happens"), choices=Kind, widget=forms.RadioSelect
    )
    from_on = day_field(
        _("From which day"), missing=_("Say from which day somebody else goes on.")
    )
    until = forms.DateField(
        label=_("Last day away"),
        required=False,
        help_text=_("For somebody who is away."),
    )
    to_team = forms.ModelChoiceField(
        Team.objects.none(),
        label=_("To which team"),
        required=False,
        empty_label=_("None"),
        help_text=_("For somebody who goes to another team."),
    )
    all_to = forms.ModelChoiceField(
        Rep.objects.none(), label=_("All open deals go to"), required=False
    )
    closes_plan = forms.BooleanField(
        label=_("Their recovery plan ends with it"), required=False
    )
    came_of_it = forms.CharField(
        label=_("What came of the plan"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For both of you to read. Only if it ends."),
    )
    words = forms.CharField(
        label=_("What whoever goes on should know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands on the summary, which can be printed."),
    )

    def __init__(self, *args, rep: Rep, user, today: date, **kwargs):
        super().__init__(*args, initial={"from_on": today}, **kwargs)
        self.rep, self.today = rep, today
        self.open_deals = list(
            Deal.objects.filter(owner=rep)
            .still_open()
            .select_related("stage")
            .order_by("-amount", "pk")
        )
        self.plan = Plan.objects.filter(rep=rep).not_closed().first()
        stays = gettext("Nobody else yet")
        colleagues = Rep.objects.handed_over_by(user).selling_on(today)
        colleagues = colleagues.exclude(pk=rep.pk).order_by(Lower("name"))
        self.fields["all_to"].queryset = colleagues
        self.fields["all_to"].empty_label = stays
        teams = Team.objects.run_in_own_right_by(user).exclude(pk=rep.team_id)
        teams = teams.order_by(Lower("name"))
        self.fields["to_team"].queryset = teams
        self._offer_days(today)
        if not teams:
            del self.fields["to_team"]
            kinds = [choice for choice in Kind.choices if choice[0] != Kind.MOVES]
            self.fields["kind"].choices = kinds
        if not self.plan:
            del self.fields["closes_plan"], self.fields["came_of_it"]
        choices = [(rep.pk, rep.name) for rep in colleagues]
        for deal in self.open_deals:
            self.fields[f"deal-{deal.pk}"] = forms.TypedChoiceField(
                label=str(deal),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", gettext("As said above")), (0, stays), *choices],
            )

    def _offer_days(self, today: date):
        for name in ("from_on", "until"):
            field = self.fields[name]
            field.widget = type(self.fields["from_on"].widget)()
            field.input_formats = ["%Y-%m-%d"]
            field.widget.attrs["min"] = today.isoformat()

    @property
    def deal_fields(self):
        """Each open deal with its field, as the table shows them."""
        return [(deal, self[f"deal-{deal.pk}"]) for deal in self.open_deals]

    @property
    def shown_fields(self):
        """Those above the table of deals."""
        names = [name for name in self.fields if not name.startswith("deal-")]
        return [self[name] for name in names]

    def clean_from_on(self):
        day = self.cleaned_data["from_on"]
        if day < self.today:
            raise forms.ValidationError(
                _("A handover begins today or later; what is past is put right.")
            )
        return day

    def clean(self):
        said = super().clean()
        kind, first, last = said.get("kind"), said.get("from_on"), said.get("until")
        joined_on = self.rep.joined_on
        if kind == Kind.LEAVES and first and joined_on and first <= joined_on:
            words = gettext("They joined on {day}: choose a later one.")
            day = date_format(joined_on, "j F Y")
            self.add_error("from_on", words.format(day=day))
        if kind == Kind.AWAY:
            if not last and "until" not in self.errors:
                self.add_error("until", _("Say until which day they are away."))
            elif first and last and last < first:
                self.add_error("until", _("The last day comes before the first."))
        if kind == Kind.MOVES and not said.get("to_team"):
            self.add_error("to_team", _("Choose the team they go to."))
        if self.plan and kind == Kind.LEAVES and not said.get("closes_plan"):
            words = _(
                "Nobody works by it any more: tick this, and say what came of it."
            )
            self.add_error("closes_plan", words)
        if said.get("closes_plan") and not said.get("came_of_it"):
            self.add_error("came_of_it", _("Say what came of it, in a sentence."))
        return said

    def facts(self) -> dict:
        """What `Handover.objects.write_down` takes."""
        said = self.cleaned_data
        closes = bool(said.get("closes_plan"))
        return {
            "kind": said["kind"],
            "from_on": said["from_on"],
            "until": said["until"] if said["kind"] == Kind.AWAY else None,
            "to_team": said.get("to_team") if said["kind"] == Kind.MOVES else None,
            "closes_plan": closes,
            "came_of_it": said.get("came_of_it", "") if closes else "",
            "words": said["words"],
            "deals": self._deals(),
        }

    def _deals(self) -> dict[int, Rep]:
        reps = {rep.pk: rep for rep in self.fields["all_to"].queryset}
        all_to = self.cleaned_data["all_to"]
        found = {}
        for deal in self.open_deals:
            chosen = self.cleaned_data[f"deal-{deal.pk}"]
            to = all_to if chosen is None else reps.get(chosen)
            if to:
                found[deal.pk] = to
        return found

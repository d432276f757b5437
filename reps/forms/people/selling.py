"""Where somebody sells: since which day in another team, and until which day at all."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reps.forms.board.move import LONGEST_REASON
from reps.forms.figures import NOT_A_DAY, DayInput, within_years
from reps.models import Quota, Rep

FIELDS = ("since", "why")


class SellingMixin(forms.Form):
    """For the form of somebody who sells already. `by` is the admin, `at` the moment.

    What was won before they changed team stays where it was; their quota ends with
    their last day.
    """

    since = forms.DateField(
        label=_("In that team since"),
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=[within_years],
        widget=DayInput,
        help_text=_("If you change the team. Empty: today."),
        error_messages={"invalid": NOT_A_DAY},
    )
    why = forms.CharField(
        label=_("Why as of an earlier day"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("It moves what was won and owed since, and is kept with it."),
    )

    def check_team_change(self, rep: Rep):
        """From `clean`."""
        said = self.cleaned_data
        team, since = said.get("team"), said.get("since")
        if not (team and since):
            return
        if team.pk == rep.team_id:
            words = _("That is their team already. For another one choose it above.")
            self.add_error("since", words)
            return
        if since > self._today:
            words = _("That day is still to come: their manager hands over, for then.")
            self.add_error("since", words)
        elif since < self._today and not said.get("why"):
            self.add_error("why", _("Say why: it changes what two teams booked."))

    def keep_where_they_sell(self, rep: Rep):
        """After the rest is kept: the team by its own verb, the quota to its end.

        `rep` is as it was before.
        """
        said = self.cleaned_data
        by = {"by": self.by, "at": self.at}
        team, left_on, had_left_on = said["team"], said["left_on"], rep.left_on
        rep.refresh_from_db()
        if team != rep.team:
            since = said.get("since") or self._today
            rep.change_team(team, since=since, why=said.get("why", ""), **by)
        if left_on and left_on != had_left_on:
            day = date_format(left_on, "j F Y")
            why = gettext("Their last day was %(day)s.") % {"day": day}
            Quota.objects.end(rep, after=left_on, why=why, **by)

    @property
    def _today(self):
        """Where the organization is: a team's days are its."""
        return self.at.astimezone(self.organization.zone).date()

"""A team: its name, who runs it, and the team above."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reps.forms.set_up_form import SetUpForm
from reps.models import Team


class TeamForm(SetUpForm):
    said_at = {
        "team_one_of_each_name": "name",
        "team_is_not_above_itself": "above",
    }

    class Meta:
        model = Team
        fields = ["name", "manager", "above"]
        error_messages = {
            "manager": {"invalid_choice": _("Choose somebody who may sign in.")},
            "above": {
                "invalid_choice": _(
                    "Choose a team that is there and not below this one."
                )
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        manager, above = self.fields["manager"], self.fields["above"]
        manager.empty_label = _("Nobody yet")
        manager.queryset = self.organization.people.filter(
            Q(is_active=True) | Q(pk=self.instance.manager_id)
        ).order_by("name")
        above.empty_label = _("None: it stands at the top")
        above.queryset = self.organization.teams.order_by("name")
        if self.instance.pk:
            below = Team.objects.with_all_below(self.instance)
            above.queryset = above.queryset.exclude(pk__in=below.values("pk"))

"""An activity the organization counts."""

from reps.forms.set_up_form import SetUpForm
from reps.models import ActivityKind


class ActivityKindForm(SetUpForm):
    said_at = {"activitykind_one_of_each_name": "name"}

    class Meta:
        model = ActivityKind
        fields = ["name"]

    def keep(self):
        if self.instance.pk:
            super().keep()
        else:
            ActivityKind.objects.put_last(self.instance)

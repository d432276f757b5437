"""A stage of the whiteboard, and what a deal must show before it leaves one."""

from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from reps.forms.figures import PercentField
from reps.forms.set_up_form import SetUpForm
from reps.models import ExitCriterion, Stage


class StageForm(SetUpForm):
    said_at = {"stage_one_of_each_name": "name"}

    class Meta:
        model = Stage
        fields = ["name", "weight", "usual_days"]
        field_classes = {"weight": PercentField}
        labels = {"weight": _("Weight, %")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["usual_days"].validators.append(MinValueValidator(1))

    def keep(self):
        if self.instance.pk:
            super().keep()
        else:
            Stage.objects.put_last(self.instance)


class ExitCriterionForm(SetUpForm):
    said_at = {"exitcriterion_said_once_per_stage": "words"}

    class Meta:
        model = ExitCriterion
        fields = ["words"]

    def __init__(self, *args, stage, **kwargs):
        super().__init__(*args, organization=stage.organization, **kwargs)
        self.stage = self.instance.stage = stage

    def keep(self):
        if self.instance.pk:
            super().keep()
        else:
            ExitCriterion.objects.put_last(self.instance)

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"stage"}

"""A segment that reps sell to."""

from reps.forms.set_up_form import SetUpForm
from reps.models import Segment


class SegmentForm(SetUpForm):
    said_at = {"segment_one_of_each_name": "name"}

    class Meta:
        model = Segment
        fields = ["name"]

    def keep(self):
        if self.instance.pk:
            super().keep()
        else:
            Segment.objects.add(self.instance)

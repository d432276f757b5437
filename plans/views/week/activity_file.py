"""What was done in each week, to take along."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from reps.models import ActivityEntry
from reps.views.list_file import AT_A_TIME, ListFile, list_file
from reps.views.rep_filter import rep_filter

# As an import knows them again.
COLUMNS = [
    gettext_lazy("Rep"),
    gettext_lazy("Rep email"),
    gettext_lazy("Week"),
    gettext_lazy("Activity"),
    gettext_lazy("Count"),
]


@require_safe
def activity_file(request):
    """A row for each rep, week and activity; whose, `rep_filter` says.

    A week is told by its Monday, on whatever day the organization's weeks begin: that
    day is in the same week everywhere.
    """
    entries = ActivityEntry.objects.visible_to(request.user)
    rows = entries.filter(rep__in=rep_filter(request)).counted_by_week()
    size, lines = rows.count(), rows.iterator(AT_A_TIME)
    return list_file(request, ListFile(_("activity"), COLUMNS, lines, size))

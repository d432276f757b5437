"""Days away, noted by the rep or the rep's own manager. Why is nobody's business."""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from plans.forms.absence import AbsenceForm
from plans.views.rep.rep_context import rep_context
from reps.models import Absence, Rep


@require_POST
@transaction.atomic
def add_absence(request, rep_id):
    """Keep the days; answer with the list of them and the weeks they change."""
    # Two at once: the second waits, and sees the days the first has taken.
    reps = Rep.objects.workable_by(request.user).select_for_update(of=("self",))
    rep = get_object_or_404(reps.select_related("organization", "team"), pk=rep_id)
    form = AbsenceForm(request.POST, rep=rep)
    if not form.is_valid():
        return _show(request, rep, form=form, status=422)
    form.save()
    if not request.htmx:
        return redirect(_list_of(rep.pk))
    response = _show(request, rep, said=_("The days away are noted."))
    return trigger_client_event(response, "absence-added")


@require_POST
def remove_absence(request, absence_id):
    """Take the days back: they count as working days again."""
    absences = Absence.objects.editable_by(request.user)
    absences = absences.select_related("rep__organization", "rep__team")
    absence = get_object_or_404(absences, pk=absence_id)
    absence.delete()
    if not request.htmx:
        return redirect(_list_of(absence.rep_id))
    response = _show(request, absence.rep, said=_("The days away are removed."))
    return trigger_client_event(response, "absence-removed")


def _show(request, rep, *, form=None, said="", status=200):
    """The list and this week's numbers for htmx; the page around them without it."""
    user, form = request.user, form or AbsenceForm(rep=rep)
    page = rep_context(rep, user, today=user.local_date(timezone.now()), form=form)
    name = "days_away" if request.htmx else "rep_detail"
    context = page | {"said": said}
    return render(request, f"plans/rep/{name}.html", context, status=status)


def _list_of(rep_id: int) -> str:
    return reverse("plans:rep_detail", args=[rep_id]) + "#absence-list"

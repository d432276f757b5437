"""One rep's quarter: what they did this week, where they stand, what history says.

It is the rep's own page. Whoever runs their team, or a team above it, sees the same.
"""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plans.forms.absence import AbsenceForm
from plans.views.rep.rep_context import rep_context
from reps.models import Rep
from reps.models.compiled_query import compiled_once
from reps.views.list_file import Download, download


@require_safe
def rep_detail(request, rep_id):
    """The rep's page; all of a long list of open deals by `?all`."""
    user = request.user
    rep = _rep.first(user, rep_id)
    if rep is None:
        raise Http404
    form = AbsenceForm(rep=rep) if rep.is_workable else None
    today = user.local_date(timezone.now())
    page = rep_context(rep, user, today=today, form=form, show_all="all" in request.GET)
    page["downloads"] = _downloads(rep)
    return render(request, "plans/rep/rep_detail.html", page)


def _downloads(rep) -> list[Download]:
    """Check-ins only for the two: nobody else reads them."""
    files = [
        download(_("Activity"), "plans:activity_file", rep=rep.pk),
        download(_("Quotas"), "reps:quota_file", rep=rep.pk),
        download(_("Plans"), "plans:plan_file", rep=rep.pk),
    ]
    if rep.is_workable:
        files.append(download(_("Check-ins"), "plans:check_in_file", rep=rep.pk))
    return files


@compiled_once
def _rep(user, pk):
    """If this person may see them; and whether one does their work, too."""
    workable = Rep.objects.workable_by(user).filter(pk=OuterRef("pk"))
    reps = Rep.objects.visible_to(user).select_related("organization", "team")
    return reps.annotate(is_workable=Exists(workable)).filter(pk=pk)

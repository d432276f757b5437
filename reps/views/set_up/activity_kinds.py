"""The activities people log, and the one that leads to opportunities."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reps.forms.set_up.activity_kind import ActivityKindForm
from reps.models import ActivityKind
from reps.views.set_up_rows import admins_organization, row_asked_for, save_or_show


@require_safe
def activity_kinds(request):
    """What is counted, and what no longer is; beside them the form.

    `?retire` asks whether one is to be retired.
    """
    organization = admins_organization(request.user)
    kinds = ActivityKind.objects.editable_by(request.user)
    kind = row_asked_for(request, "edit", kinds)
    form = ActivityKindForm(instance=kind, organization=organization)
    retiring = row_asked_for(request, "retire", kinds.retirable())
    return _show(request, form.focus() if kind else form, retiring=retiring)


@require_POST
def add_activity_kind(request):
    organization = admins_organization(request.user)
    form = ActivityKindForm(request.POST, organization=organization)
    said = _("%(name)s can be logged now.")
    return save_or_show(
        request, form, said=said, page="reps:activity_kinds", show=_show
    )


@require_POST
def edit_activity_kind(request, kind_id):
    """Say it in other words. What was logged stays with it."""
    kind = _kind(request, kind_id)
    organization = admins_organization(request.user)
    form = ActivityKindForm(request.POST, instance=kind, organization=organization)
    said = _("%(name)s is saved.")
    if kind.is_retired:  # by somebody else, while the form was open
        said = _("%(name)s is saved. It is no longer logged.")
    return save_or_show(
        request, form, said=said, page="reps:activity_kinds", show=_show
    )


@require_POST
def retire_activity_kind(request, kind_id):
    """Log it no longer; or, with `back`, again. The leading one is not retired."""
    kind = _kind(request, kind_id)
    back = "back" in request.POST
    name = {"name": kind.name}
    if not ActivityKind.objects.retire(kind, retired=not back):
        words = _("%(name)s leads to opportunities. Let another lead, then retire it.")
        messages.warning(request, words % name)
    elif back:
        messages.success(request, _("%(name)s is logged again.") % name)
    else:
        words = _("%(name)s is no longer logged. What was logged stays.")
        messages.success(request, words % name)
    return redirect("reps:activity_kinds")


@require_POST
def lead_with_activity_kind(request, kind_id):
    """Make it the one activity a plan asks so many of a week."""
    kind = _kind(request, kind_id)
    ActivityKind.objects.lead_with(kind)
    words = _("%(name)s leads to opportunities now.") % {"name": kind.name}
    messages.success(request, words)
    return redirect("reps:activity_kinds")


def _kind(request, kind_id):
    kinds = ActivityKind.objects.editable_by(request.user)
    return get_object_or_404(kinds.select_related("organization"), pk=kind_id)


def _show(request, form, *, retiring=None, **kwargs):
    kinds = ActivityKind.objects.editable_by(request.user)
    context = {
        "part": "activity_kinds",
        "kinds": list(kinds.counted()),
        "retired": list(kinds.retired()),
        "form": form,
        "retiring": retiring,
    }
    return render(request, "reps/set_up/activity_kinds.html", context, **kwargs)

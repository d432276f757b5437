"""The segments that reps sell to: rates are compared within one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reps.domain.name_order import name_order
from reps.forms.set_up.segment import SegmentForm
from reps.models import Segment
from reps.views.set_up_rows import admins_organization, row_asked_for, save_or_show


@require_safe
def segments(request):
    """All segments; beside them the form to add one, or to rename the one asked for.

    `?remove` asks whether one is to go.
    """
    organization = admins_organization(request.user)
    kept = Segment.objects.editable_by(request.user)
    segment = row_asked_for(request, "edit", kept)
    form = SegmentForm(instance=segment, organization=organization)
    going = row_asked_for(request, "remove", kept.removable())
    return _show(request, form.focus() if segment else form, going=going)


@require_POST
def add_segment(request):
    form = SegmentForm(request.POST, organization=admins_organization(request.user))
    said = _("%(name)s is added. Say under People who sells to it.")
    return save_or_show(request, form, said=said, page="reps:segments", show=_show)


@require_POST
def edit_segment(request, segment_id):
    """Call it something else. Whoever is in it stays."""
    organization = admins_organization(request.user)
    kept = Segment.objects.editable_by(request.user)
    segment = kept.filter(pk=segment_id).first()
    if segment is None:
        form = SegmentForm.of_one_removed(request.POST, organization=organization)
        return _show(request, form, status=404)
    form = SegmentForm(request.POST, instance=segment, organization=organization)
    said = _("%(name)s is saved.")
    return save_or_show(request, form, said=said, page="reps:segments", show=_show)


@require_POST
def start_newcomers_in_segment(request, segment_id):
    """Make it the one newcomers come into. Whoever is in another stays there."""
    kept = Segment.objects.editable_by(request.user).select_related("organization")
    segment = get_object_or_404(kept, pk=segment_id)
    Segment.objects.start_newcomers_in(segment)
    words = _("Newcomers start in %(name)s now.") % {"name": segment.name}
    messages.success(request, words)
    return redirect("reps:segments")


@require_POST
def remove_segment(request, segment_id):
    """Take away one that nobody is in. The one newcomers come into stays."""
    kept = Segment.objects.editable_by(request.user).select_related("organization")
    segment = get_object_or_404(kept, pk=segment_id)
    name = {"name": segment.name}
    if segment.remove():
        messages.success(request, _("%(name)s is removed.") % name)
    elif segment.is_default:
        words = _(
            "Newcomers start in %(name)s, so it stays. Let them start in another first."
        )
        messages.warning(request, words % name)
    else:
        words = _("%(name)s has people, so it stays. Give them another segment first.")
        messages.warning(request, words % name)
    return redirect("reps:segments")


def _show(request, form, *, going=None, **kwargs):
    listed = Segment.objects.editable_by(request.user).with_size()
    context = {
        "part": "segments",
        "segments": sorted(listed, key=lambda one: name_order(one.name)),
        "form": form,
        "going": going,
    }
    return render(request, "reps/set_up/segments.html", context, **kwargs)

"""What a rep does to stay well: the rep's own to write, to share and to take back."""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plans.forms.plan_rows import CommitmentForm
from plans.models import Commitment, Plan
from plans.models.ogsm import MOST_COMMITMENTS
from plans.views.plan.plan_context import plan_context


@require_POST
@transaction.atomic
def add_commitment(request, plan_id):
    """The rep's own doing, and nobody else's to add; sent twice it is there once."""
    user = request.user
    own = Plan.objects.editable_by(user).filter(rep__user=user).for_page(user).locked()
    plan = get_object_or_404(own, pk=plan_id)
    form = CommitmentForm(request.POST, auto_id="commitment_%s")
    known = list(plan.commitments.values_list("words", "when"))
    said = form.cleaned_data if form.is_valid() else {}
    if (said.get("words"), said.get("when")) in known:
        return redirect(_page_of(plan.pk))
    if len(known) >= MOST_COMMITMENTS:
        form.add_error(None, _("Six are plenty. Take one out first."))
    if not form.is_valid():
        today = user.local_date(timezone.now())
        page = plan_context(plan, user, today=today, commitment_form=form)
        return render(request, "plans/plan/plan_detail.html", page, status=422)
    form.instance.plan, form.instance.rep = plan, plan.rep
    form.instance.organization_id = plan.organization_id
    form.save()
    return redirect(_page_of(plan.pk))


@require_POST
def share_commitment(request, commitment_id):
    """Show it to the manager, or keep it to oneself again."""
    own = Commitment.objects.editable_by(request.user)
    commitment = get_object_or_404(own, pk=commitment_id)
    commitment.is_shared = request.POST.get("share") == "yes"
    commitment.save(update_fields=["is_shared"])
    return redirect(_page_of(commitment.plan_id))


@require_POST
def remove_commitment(request, commitment_id):
    own = Commitment.objects.editable_by(request.user)
    commitment = get_object_or_404(own, pk=commitment_id)
    commitment.delete()
    return redirect(_page_of(commitment.plan_id))


def _page_of(plan_id: int) -> str:
    return reverse("plans:plan_detail", args=[plan_id]) + "#commitments"

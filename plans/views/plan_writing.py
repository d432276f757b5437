"""Writing a plan together: each field and row saved on its own, nobody's words lost."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plans.domain.arithmetic import Figures, chain
from plans.forms.plan_field import (
    WORDS,
    WRITABLE,
    PlanFieldForm,
    field_for,
    shown,
)
from plans.forms.rows import CommitmentForm, MetricForm, StrategyForm
from plans.models import Commitment, Plan, Strategy
from plans.models.measured import OVERRIDABLE, booked_of
from plans.models.ogsm import MOST_COMMITMENTS, MOST_STRATEGIES
from plans.models.plan import EditedMeanwhile
from plans.views.plan_page import end_of, plan_page
from reps.models import ActivityKind


@require_POST
def edit_plan_field(request, plan_id, name):
    """Save one field over what its writer saw; 409 with both texts where it changed."""
    plan = _plan(request, plan_id)
    if name not in WRITABLE:
        raise Http404
    form = PlanFieldForm(request.POST, name=name, plan=plan)
    if not form.is_valid():
        return _answer(request, plan, name, form=form, status=422)
    value, was = form.cleaned_data["value"], form.cleaned_data["was"]
    measured = request.POST.get("measured", "")
    if name in OVERRIDABLE:
        # What was only proposed by the records is no override until it is changed.
        if request.POST.get("was") == measured and getattr(plan, name) is None:
            was = None
        if request.POST.get("value", "").strip() in {"", measured}:
            value = None
    try:
        plan.write(name, value, was=was)
    except EditedMeanwhile as meanwhile:
        return _answer(request, plan, name, theirs=meanwhile, form=form, status=409)
    return _answer(request, plan, name, form=form)


def _answer(request, plan, name, *, form, theirs=None, status=200):
    """The field's state and the chain for htmx; the page for a browser without it."""
    now = getattr(plan, name) if theirs is None else theirs.now
    if status == 422:
        now_shown = request.POST.get("was", "")
    else:
        # An override taken away: the box goes back to what was measured.
        now_shown = shown(name, now) or request.POST.get("measured", "")
    context = {
        "plan": plan,
        "name": name,
        "label": field_for(name).label,
        "now": now_shown,
        "typed": request.POST.get("value", ""),
        "errors": form.errors.get("value", []),
        "is_conflict": theirs is not None,
        "saved_at": timezone.now(),
        "currency": request.user.organization.currency,
    }
    if request.htmx:
        if name not in WORDS:
            context["chains"] = _chains_as_typed(request, plan)
        return render(request, "plans/plan_saved.html", context, status=status)
    if status == 200:
        messages.success(request, _("%(name)s is saved.") % {"name": context["label"]})
        return redirect(_writing(plan))
    page = plan_page(
        plan, request.user, today=_today(request), writing=True, conflict=context
    )
    return render(request, "plans/plan_detail.html", page, status=status)


def _chains_as_typed(request, plan):
    """The chain from the figures on the page: nothing is measured again.

    The page sends every figure along; one that is none, or not sent, counts as nothing.
    """
    figures = {}
    for name in OVERRIDABLE:
        field = field_for(name)
        value = request.POST.get(f"figure_{name}", "")
        if name == request.resolver_match.kwargs["name"]:
            value = request.POST.get("value", "") or request.POST.get("measured", "")
        try:
            figures[name] = field.clean(value) or 0
        except ValidationError:
            figures[name] = 0
    booked = booked_of(plan)
    goals = dict.fromkeys(goal for goal in (plan.goal_low, plan.goal_high) if goal)
    currency = request.user.organization.currency
    return [end_of(chain(goal, booked, Figures(**figures)), currency) for goal in goals]


# --- Rows --------------------------------------------------------------------------


@require_POST
def add_strategy(request, plan_id):
    plan = _plan(request, plan_id)
    form = StrategyForm(request.POST)
    if plan.strategies.count() >= MOST_STRATEGIES:
        form.add_error(None, _("Four strategies are what one page holds."))
    if not form.is_valid():
        return _page(request, plan, strategy_form=form)
    form.instance.plan, form.instance.organization = plan, plan.organization
    form.save()
    return redirect(_writing(plan, "strategies"))


@require_POST
def edit_strategy(request, strategy_id):
    """Change one strategy over what its writer saw."""
    strategy = _strategy(request, strategy_id)
    plan = strategy.plan
    form = StrategyForm(request.POST, instance=strategy, prefix=f"s{strategy.pk}")
    if not form.is_valid():
        return _page(request, plan, wrong_strategy=form)
    was = {name: request.POST.get(f"was_{name}", "") for name in form.Meta.fields}
    try:
        strategy.write(was=was, **form.cleaned_data)
    except EditedMeanwhile as meanwhile:
        return _page(
            request,
            plan,
            status=409,
            wrong_strategy=form,
            their_strategy=meanwhile.now,
        )
    return redirect(_writing(plan, "strategies"))


@require_POST
def remove_strategy(request, strategy_id):
    strategy = _strategy(request, strategy_id)
    plan = strategy.plan
    strategy.delete()
    words = _("“%(words)s” is off the page.") % {"words": strategy.words}
    messages.success(request, words)
    return redirect(_writing(plan, "strategies"))


@require_POST
def set_metric(request, plan_id, kind_id):
    """So many of an activity a week. Empty: off the plan, or for demos the chain's."""
    plan = _plan(request, plan_id)
    kinds = ActivityKind.objects.visible_to(request.user).counted()
    kind = get_object_or_404(kinds, pk=kind_id)
    metric = plan.metrics.filter(kind=kind).first()
    form = MetricForm(request.POST, instance=metric)
    if not form.is_valid():
        return _page(request, plan, wrong_metric=form, wrong_kind=kind)
    target = form.cleaned_data["weekly_target"]
    if target is None and metric and not kind.is_leading:
        metric.delete()
    elif target is not None or kind.is_leading:
        plan.metrics.update_or_create(
            organization=plan.organization,
            kind=kind,
            defaults={"weekly_target": target},
        )
    return redirect(_writing(plan, "metrics"))


# --- What is one's own ---------------------------------------------------------------


@require_POST
def add_commitment(request, plan_id):
    """The rep's own doing, and nobody else's to add."""
    plans = Plan.objects.editable_by(request.user).for_page()
    plan = get_object_or_404(plans.filter(rep__user=request.user), pk=plan_id)
    form = CommitmentForm(request.POST)
    own = Commitment.objects.editable_by(request.user).filter(plan=plan)
    if own.count() >= MOST_COMMITMENTS:
        form.add_error(None, _("Six are plenty. Take one out first."))
    if not form.is_valid():
        return _page(request, plan, commitment_form=form)
    form.instance.plan, form.instance.rep = plan, plan.rep
    form.instance.organization = plan.organization
    form.save()
    return redirect(_writing(plan, "commitments"))


@require_POST
def share_commitment(request, commitment_id):
    """Show it to the manager, or keep it to oneself again."""
    own = Commitment.objects.editable_by(request.user)
    commitment = get_object_or_404(own, pk=commitment_id)
    commitment.is_shared = request.POST.get("share") == "yes"
    commitment.save(update_fields=["is_shared"])
    return redirect(_writing(commitment.plan, "commitments"))


@require_POST
def remove_commitment(request, commitment_id):
    own = Commitment.objects.editable_by(request.user)
    commitment = get_object_or_404(own, pk=commitment_id)
    commitment.delete()
    return redirect(_writing(commitment.plan, "commitments"))


def _plan(request, plan_id) -> Plan:
    plans = Plan.objects.editable_by(request.user).for_page()
    return get_object_or_404(plans, pk=plan_id)


def _strategy(request, strategy_id) -> Strategy:
    rows = Strategy.objects.editable_by(request.user)
    return get_object_or_404(
        rows.select_related("plan__rep__team", "plan__quarter"), pk=strategy_id
    )


def _page(request, plan, *, status=422, **words_kept):
    page = plan_page(
        plan, request.user, today=_today(request), writing=True, **words_kept
    )
    return render(request, "plans/plan_detail.html", page, status=status)


def _writing(plan, part="") -> str:
    """Back to the page as it is written, at the part that was changed."""
    url = reverse("plans:plan_detail", args=[plan.pk])
    change = "?change=1" if plan.status == Plan.Status.ACTIVE else ""
    return f"{url}{change}#{part}" if part else f"{url}{change}"


def _today(request):
    return request.user.local_date(timezone.now())

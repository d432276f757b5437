"""Writing a plan together: each field and row saved on its own, nobody's words lost."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
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
    SavedForm,
    field_for,
    label_of,
    shown,
    target_field,
)
from plans.forms.plan_rows import StrategyForm
from plans.models import Metric, Plan, Strategy
from plans.models.ogsm import MOST_STRATEGIES
from plans.models.plan import EditConflict
from plans.models.plan_figures import OVERRIDABLE, booked_of
from plans.views.plan.arithmetic_words import GoalEndWords, goal_end_words
from plans.views.plan.change_words import strategy_words
from plans.views.plan.field_states import FieldState, asked_in_words
from plans.views.plan.plan_context import plan_context
from reps.models import ActivityKind
from reps.models.compiled_query import compiled_once


@compiled_once
def _plan(user, pk):
    return Plan.objects.editable_by(user).for_page(user).filter(pk=pk)


@require_POST
def edit_plan_field(request, plan_id, name):
    """Save one field over what its writer saw; 409 with both texts where it changed."""
    plan = _plan.first(request.user, plan_id)
    if plan is None or name not in WRITABLE:
        raise Http404
    form = PlanFieldForm(request.POST, name=name, plan=plan)
    state = replace(
        _typed(request, name, label_of(name)),
        measured=request.POST.get("measured", ""),
        is_figure=name in OVERRIDABLE,
    )
    if form.wrong:
        refused = replace(state, error=form.wrong, readings=form.readings)
        return _answer(request, plan, refused, status=422)
    value, was = form.cleaned_data["value"], form.cleaned_data["was"]
    try:
        plan.write(name, value, was=was)
    except EditConflict as meanwhile:
        theirs = shown(name, meanwhile.now, _currency(plan))
        return _answer(request, plan, replace(state, theirs=theirs), status=409)
    except IntegrityError:  # the other end of the goal went past it at the same moment
        error = _("The other end of the goal has changed. Load the page again.")
        return _answer(request, plan, replace(state, error=error), status=422)
    says = shown(name, value, _currency(plan))
    saved = replace(state, was=says, saved_at=timezone.now())
    chains = None if name in WORDS else _chains_as_typed(request, plan, name)
    return _answer(request, plan, saved, chains=chains)


@require_POST
def set_metric(request, plan_id, kind_id):
    """So many of an activity a week. Empty: off the plan, or for demos the chain's."""
    plan = get_object_or_404(_editable(request), pk=plan_id)
    kinds = ActivityKind.objects.visible_to(request.user).counted()
    kind = get_object_or_404(kinds, pk=kind_id)
    form = SavedForm(request.POST, field=target_field())
    state = _typed(request, f"target-{kind.pk}", kind.name)
    if form.wrong:
        refused = replace(state, error=form.wrong, readings=form.readings)
        return _answer(request, plan, refused, status=422)
    value, was = form.cleaned_data["value"], form.cleaned_data["was"]
    try:
        Metric.objects.set_target(plan, kind, value, was=was)
    except EditConflict as meanwhile:
        theirs = "" if meanwhile.now is None else str(meanwhile.now)
        return _answer(request, plan, replace(state, theirs=theirs), status=409)
    says = "" if value is None else str(value)
    return _answer(request, plan, replace(state, was=says, saved_at=timezone.now()))


def _currency(plan) -> str:
    return plan.rep.organization.currency


def _typed(request, name: str, label: str) -> FieldState:
    value, was = request.POST.get("value", ""), request.POST.get("was", "")
    return FieldState(name=name, label=label, value=value, was=was)


def _answer(request, plan, state: FieldState, *, chains=None, status=200):
    """How it went, and the chain, for htmx; the page for a browser without it."""
    if request.htmx:
        context = {"state": state, "chains": chains}
        if chains is not None:
            asked = chains[0].chain.demos_a_week if chains and plan.goal_low else None
            context["asked"] = asked_in_words(asked)
        return render(request, "plans/plan/plan_saved.html", context, status=status)
    if status == 200:
        messages.success(request, _("%(name)s: saved.") % {"name": state.label})
        return redirect(_writing(plan))
    return _page(request, plan, status=status, kept=state)


def _chains_as_typed(request, plan, name: str) -> list[GoalEndWords] | None:
    """The chains from the figures on the page: nothing is measured again.

    The page sends every figure along. One that is refused counts as it is kept, so that
    it stops none of the others. None on a page from before, which sends fewer.
    """
    typed = {of: request.POST.get(f"figure_{of}", "") for of in OVERRIDABLE}
    measured = {of: request.POST.get(f"measured_{of}", "") for of in OVERRIDABLE}
    if name in OVERRIDABLE:
        measured[name] = request.POST.get("measured", "")
        typed[name] = request.POST.get("value", "").strip() or measured[name]
    currency = _currency(plan)
    figures = {
        of: _first_figure(
            field_for(of, currency), typed[of], getattr(plan, of), measured[of]
        )
        for of in OVERRIDABLE
    }
    if None in figures.values():
        return None
    booked = booked_of(plan)
    goals = dict.fromkeys(goal for goal in (plan.goal_low, plan.goal_high) if goal)
    return [
        goal_end_words(chain(goal, booked, Figures(**figures)), currency)
        for goal in goals
    ]


def _first_figure(field, *told):
    """The first of them that is one."""
    for text in told:
        try:
            figure = field.clean(text)
        except ValidationError:
            continue
        if figure is not None:
            return figure
    return None


# --- Strategies ----------------------------------------------------------------------


@require_POST
@transaction.atomic
def add_strategy(request, plan_id):
    """One more way to the goal; sent twice it is there once."""
    plan = get_object_or_404(_editable(request).locked(), pk=plan_id)
    form = StrategyForm(request.POST)
    known = list(plan.strategies.values(*form.Meta.fields))
    if form.is_valid() and form.cleaned_data in known:
        return redirect(_writing(plan, "strategies"))
    if len(known) >= MOST_STRATEGIES:
        form.add_error(None, _("Four strategies are what one page holds."))
    if not form.is_valid():
        return _page(request, plan, strategy_form=form)
    form.instance.plan = plan
    form.instance.organization_id = plan.organization_id
    form.save()
    words = _("“%(words)s” is on the page.") % {"words": form.instance.words}
    messages.success(request, words)
    return redirect(_writing(plan, "strategies"))


@require_POST
@transaction.atomic
def edit_strategy(request, strategy_id):
    """Change one strategy over what its writer saw."""
    strategy = _strategy(request, strategy_id)
    form = StrategyForm(request.POST, instance=strategy, prefix=f"s{strategy.pk}")
    if not form.is_valid():
        return _page(request, strategy.plan, wrong_strategy=form)
    try:
        strategy.write(was=_was(request), **form.cleaned_data)
    except EditConflict as meanwhile:
        return _strategy_changed(request, form, meanwhile)
    words = _("“%(words)s” is saved.") % {"words": strategy.words}
    messages.success(request, words)
    return redirect(_writing(strategy.plan, "strategies"))


@require_POST
@transaction.atomic
def remove_strategy(request, strategy_id):
    """Take it off the page, if it still says what was read."""
    strategy = _strategy(request, strategy_id)
    form = StrategyForm(request.POST, instance=strategy, prefix=f"s{strategy.pk}")
    try:
        strategy.take_off(was=_was(request))
    except EditConflict as meanwhile:
        return _strategy_changed(request, form, meanwhile)
    words = _("“%(words)s” is off the page.") % {"words": _was(request)["words"]}
    messages.success(request, words)
    return redirect(_writing(strategy.plan, "strategies"))


def _strategy_changed(request, form, meanwhile):
    kept = {"wrong_strategy": form, "their_strategy": strategy_words(meanwhile.now)}
    return _page(request, form.instance.plan, status=409, **kept)


def _was(request) -> dict:
    """What its reader saw. No text of ours has a NUL in it."""
    fields = StrategyForm.Meta.fields
    return {
        name: request.POST.get(f"was_{name}", "").replace("\0", "") for name in fields
    }


def _strategy(request, strategy_id) -> Strategy:
    """Locked to the transaction's end: one writer after the other."""
    rows = Strategy.objects.editable_by(request.user).select_for_update(of=("self",))
    strategy = get_object_or_404(rows, pk=strategy_id)
    strategy.plan = _editable(request).get(pk=strategy.plan_id)
    return strategy


# --- Where it leads ------------------------------------------------------------------


def _editable(request):
    return Plan.objects.editable_by(request.user).for_page(request.user)


def _page(request, plan, *, status=422, **kept):
    """The page around words that were not saved, with them in it."""
    today = request.user.local_date(timezone.now())
    page = plan_context(plan, request.user, today=today, writing=True, **kept)
    return render(request, "plans/plan/plan_detail.html", page, status=status)


def _writing(plan, part="") -> str:
    """Back to the page as it is written, at the part that was changed."""
    url = reverse("plans:plan_detail", args=[plan.pk])
    change = "?change=1" if plan.status == Plan.Status.ACTIVE else ""
    return f"{url}{change}#{part}" if part else f"{url}{change}"

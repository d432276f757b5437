"""Starting a plan, putting it on the table, signing it, ending it."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plans.forms.plan_rows import CloseForm, ReasonForm
from plans.models import Plan
from plans.models.plan import NotReady
from plans.views.plan.plan_context import plan_context
from reps.models import ActivityKind, Quarter, Rep
from reps.models.stand_in import acting_for, in_place_of
from reps.templatetags.stand_in_words import one_of

# What a plan still lacks, in the words of the page.
MISSING = {
    "objective": lambda: _("Say what this quarter is for: the objective."),
    "goal": lambda: _("Give the goal both ends."),
    "strategies": lambda: _("Write down at least one strategy."),
    "metrics": lambda: _("Set at least one weekly target."),
    "backup": lambda: _("One deal carries much of the goal: write the backup plan."),
    "reason": lambda: _("Say in a sentence what changed, and why."),
    "changes": lambda: _("Nothing is different from what lies on the table."),
    "another_proposal": lambda: _(
        "Something else lies on the table by now. Read it, then sign."
    ),
    "turn": lambda: _("It is not your turn to sign."),
    "both_sides": lambda: _(
        "Your name stands under it already. The other side has to be somebody else’s."
    ),
    "running_plan": lambda: _(
        "The plan of another quarter is still running. Close that one first."
    ),
    "closed": lambda: _("This plan was closed meanwhile."),
}


@require_POST
def start_plan(request, rep_id):
    """Begin a plan with a rep, for this quarter or the one asked for."""
    user = request.user
    today = user.local_date(timezone.now())
    reps = Rep.objects.workable_by(user).exclude(left_on__lt=today)
    rep = get_object_or_404(reps, pk=rep_id)
    quarters = Quarter.objects.visible_to(user).filter(ends_on__gte=today)
    asked_for = request.POST.get("quarter", "")
    if asked_for:
        quarters = quarters.filter(pk=_number(asked_for))
    quarter = quarters.order_by("starts_on").first()
    if quarter is None and asked_for:
        raise Http404
    if quarter is None:
        messages.warning(
            request, _("No quarter covers today. Ask an admin to add one.")
        )
        return redirect("plans:rep_detail", rep.pk)
    known = Plan.objects.filter(rep=rep, quarter=quarter).not_closed()
    leading = ActivityKind.objects.visible_to(user).filter(is_leading=True).first()
    try:
        with transaction.atomic():
            plan = known.first() or Plan.objects.start(
                rep=rep, quarter=quarter, leading=leading, by=user, at=timezone.now()
            )
    except IntegrityError:  # the other one started it at the same moment
        plan = known.get()
    return redirect(plan)


@require_POST
def propose_plan(request, plan_id):
    """Put the page as it is on the table, signed by whoever proposes."""
    plan = _plan(request, plan_id)
    today = request.user.local_date(timezone.now())
    page = plan_context(plan, request.user, today=today, writing=True)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            _back_up(page)
            plan.propose(
                page["content"],
                by=request.user,
                side=page["side"],
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
                stood_in_for=in_place_of(request.user, plan.rep),
            )
        except NotReady as not_ready:
            for code in not_ready.missing:
                field = "reason" if code == "reason" else None
                form.add_error(field, MISSING[code]())
        else:
            other = plan.rep.name if page["side"] == "manager" else _managers(plan)
            words = _("It is on the table, with your name. %(name)s reads it next.")
            messages.success(request, words % {"name": other})
            return redirect(plan)
    page["reason_form"] = form
    return render(request, "plans/plan/plan_detail.html", page, status=422)


@require_POST
def sign_plan(request, plan_id):
    """Put one's name under what lies on the table."""
    plans = Plan.objects.signable_by(request.user).for_page(request.user)
    plan = get_object_or_404(plans, pk=plan_id)
    try:
        plan.sign(
            _number(request.POST.get("proposal", "")),
            by=request.user,
            side=plan.side_of(request.user),
            at=timezone.now(),
            stood_in_for=in_place_of(request.user, plan.rep),
        )
    except NotReady as not_ready:
        messages.warning(
            request, " ".join(MISSING[code]() for code in not_ready.missing)
        )
    else:
        messages.success(request, _("Signed by both. This is what you work by now."))
    return redirect(plan)


@require_POST
@transaction.atomic
def close_plan(request, plan_id):
    """End it with what came of it; it stays to be read."""
    plans = Plan.objects.editable_by(request.user).for_page(request.user).locked()
    plan = get_object_or_404(plans, pk=plan_id)
    today = request.user.local_date(timezone.now())
    form = CloseForm(request.POST)
    if not form.is_valid():
        page = plan_context(plan, request.user, today=today, close_form=form)
        return render(request, "plans/plan/plan_detail.html", page, status=422)
    plan.close(on=today, came_of_it=form.cleaned_data["came_of_it"])
    messages.success(request, _("The plan is closed. It stays here to be read."))
    return redirect(plan)


def _plan(request, plan_id) -> Plan:
    plans = Plan.objects.editable_by(request.user).for_page(request.user)
    return get_object_or_404(plans, pk=plan_id)


def _managers(plan) -> str:
    """Whoever may sign for the manager's side, any of them."""
    people = acting_for(plan.rep.team)
    return one_of(p for p in people if p.pk != plan.rep.user_id) or _("the manager")


def _back_up(page):
    """A goal that hangs on one deal names what else there is."""
    plan = page["plan"]
    if page["is_big"] and not plan.backup_plan:
        raise NotReady(*plan.missing(page["content"]), "backup")


def _number(typed: str) -> int:
    """0, which nothing has, for what is no number of ours."""
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0

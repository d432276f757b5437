"""What a plan's page shows: the working copy, the chain, what is agreed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import prefetch_related_objects

from plans.domain.arithmetic import chain
from plans.forms.plan_rows import CloseForm, CommitmentForm, ReasonForm, StrategyForm
from plans.models import Commitment, Plan, Proposal
from plans.models.ogsm import MOST_COMMITMENTS, MOST_STRATEGIES
from plans.models.plan_figures import PlanFigures, measure
from plans.models.plan_snapshot import figures_of_snapshot, snapshot_of
from plans.views.plan.arithmetic_words import (
    GoalEndWords,
    goal_end_words,
    left_out,
    out_of_time,
)
from plans.views.plan.change_words import changes_in_words, revisions_of
from plans.views.plan.field_states import FieldState, field_states
from reps.models.compiled_query import compiled_once

BIG_DEAL = 40  # percent of the low end of the goal that one deal may carry


def plan_context(
    plan: Plan,
    user,
    *,
    today: date,
    writing=False,
    kept: FieldState | None = None,
    **forms,
) -> dict:
    """The page's context. `kept` and `forms` bring back the words somebody typed.

    A leader above gets what both have signed, and nothing of what they are writing.
    """
    side = plan.side_of(user)
    may_edit = bool(side) and plan.status != Plan.Status.CLOSED
    writing = may_edit and (writing or plan.status in {"draft", "proposed"})
    revisions = []
    if plan.status != Plan.Status.DRAFT:
        revisions = revisions_of(plan, signed_only=not side)
    agreed = next((row for row in revisions if row.proposal.revision), None)
    in_force = agreed.proposal if agreed else None
    context = {
        "plan": plan,
        "today": today,
        "currency": user.organization.currency,
        "side": side,
        "is_own": plan.rep.user_id == user.pk,
        "may_edit": may_edit,
        "may_read": bool(side or in_force),
        "writing": writing,
        "in_force": in_force,
        "agreed": agreed,
        "revisions": revisions,
        "waits_for_you": bool(side) and plan.turn == side,
    }
    if not context["may_read"]:
        return context
    currency = user.organization.currency
    plan_figures = measure(plan, today=today)
    if writing or not in_force:
        context |= _written(plan_figures, currency, revisions, kept=kept)
    values = context["content"] if writing or not in_force else in_force.content
    low, high = (Decimal(values[end] or 0) for end in ("goal_low", "goal_high"))
    context |= {
        "measured": plan_figures,
        "told": values,
        "told_metrics": _leading_first(values),
        "low": low,
        "high": high,
        "signed_chain": _signed_chain(in_force, currency),
        "commitments": _commitments(user, plan) if side else [],
        "commitment_form": CommitmentForm(auto_id="commitment_%s"),
        "most_commitments": MOST_COMMITMENTS,
        "close_form": CloseForm(),
    }
    context |= _largest_deal(plan_figures, low)
    if side and plan.turn:
        context["on_table"] = revisions[0]
        before = in_force.content if in_force else _before_last(revisions)
        context["table_changes"] = changes_in_words(
            before, revisions[0].proposal.content, currency
        )
    return context | forms


@compiled_once
def _commitments(user, plan):
    return Commitment.objects.visible_to(user).filter(plan=plan)


def _written(
    plan_figures: PlanFigures, currency: str, revisions, *, kept: FieldState | None
) -> dict:
    """The working copy: what is typed, and what the chain makes of it."""
    plan = plan_figures.plan
    prefetch_related_objects([plan], "strategies")
    states = field_states(plan_figures)
    if kept:
        states[kept.name] = replace(
            states[kept.name],
            value=kept.value,
            was=kept.was,
            error=kept.error,
            readings=kept.readings,
            theirs=kept.theirs,
        )
    content = snapshot_of(plan_figures)
    last = revisions[0].proposal.content if revisions else None
    no_time = out_of_time(plan_figures)
    return {
        "content": content,
        "fields": states,
        "targets": [states[f"target-{kind.pk}"] for kind in plan_figures.targets],
        "chains": _chains(plan_figures, currency),
        "strategies": [
            (row, StrategyForm(instance=row, prefix=f"s{row.pk}"))
            for row in plan.strategies.all()
        ],
        "strategy_form": StrategyForm(),
        "most_strategies": MOST_STRATEGIES,
        "unproposed": changes_in_words(last, content, currency),
        "reason_form": ReasonForm(),
        "left_out": left_out(plan_figures),
        "out_of_time": no_time,
        "outlook": plan_figures.outlook(plan.goal_low)
        if no_time and plan.goal_low
        else None,
    }


def _chains(plan_figures: PlanFigures, currency: str) -> list[GoalEndWords]:
    """Of each end of the goal there is."""
    plan = plan_figures.plan
    goals = dict.fromkeys(goal for goal in (plan.goal_low, plan.goal_high) if goal)
    return [goal_end_words(plan_figures.chain(goal), currency) for goal in goals]


def _largest_deal(plan_figures: PlanFigures, low: Decimal) -> dict:
    """Of those counted on, and how much of the goal's lower end hangs on it."""
    deals = (row.deal for row in plan_figures.counted)
    biggest = max(deals, key=lambda deal: deal.amount, default=None)
    if not biggest or not low:
        return {"biggest": None, "is_big": False}
    return {
        "biggest": biggest,
        "biggest_share": int(100 * biggest.amount / low),
        "is_big": 100 * biggest.amount > BIG_DEAL * low,
    }


def _leading_first(values) -> list[dict]:
    """The weekly targets there are."""
    asked = [row for row in values["metrics"].values() if row["weekly"]]
    return sorted(asked, key=lambda row: not row["leading"])


def _before_last(revisions):
    return revisions[1].proposal.content if len(revisions) > 1 else None


def _signed_chain(in_force: Proposal | None, currency: str) -> GoalEndWords | None:
    """The low end as both have signed it, from the figures of that day."""
    if in_force is None:
        return None
    values = in_force.content
    low, booked = Decimal(values["goal_low"]), Decimal(values["booked"])
    return goal_end_words(chain(low, booked, figures_of_snapshot(values)), currency)

"""The copy for the desk: one page of paper, for a pen and a pinboard."""

from datetime import date
from decimal import Decimal
from math import ceil

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.views.decorators.http import require_safe

from plans.domain.arithmetic import chain
from plans.forms.plan_field import RATES
from plans.models import Commitment, Plan, Proposal, Signature
from plans.models.plan_figures import measure
from plans.models.plan_snapshot import figures_of_snapshot, snapshot_of
from plans.views.plan.arithmetic_words import goal_end_words
from reps.figure_style import exact_percent

MOST_IN_A_ROW = 14  # weeks whose cells are still wide enough for a pen


@require_safe
def desk_copy(request, plan_id):
    """What both have signed; until then the draft, marked as one, for the two alone."""
    user = request.user
    plan = get_object_or_404(Plan.objects.visible_to(user).for_page(user), pk=plan_id)
    in_force = plan.in_force()
    side = plan.side_of(user)
    if not in_force and not side:
        raise Http404
    today = user.local_date(timezone.now())
    quarter = plan.quarter.span
    work_week = user.organization.work_week
    mondays = work_week.weeks_of(quarter.starts_on, quarter.ends_on)
    values = in_force.content if in_force else snapshot_of(measure(plan, today=today))
    figures = figures_of_snapshot(values)
    context = {
        "plan": plan,
        "side": side,
        "today": today,
        "week": work_week.week_number(today, quarter.starts_on, quarter.ends_on),
        "weeks": len(mondays),
        "filled_in_on": WEEKDAYS[user.organization.check_in_day - 1],
        "week_rows": rows_of([work_week.begins_on(week) for week in mondays]),
        "currency": user.organization.currency,
        "in_force": in_force,
        "signatures": _rep_first(in_force) if in_force else [],
        "told": values,
        "leading": _leading(values),
        "others": _others(values),
        "rates": {rate: exact_percent(getattr(figures, rate)) for rate in RATES},
        "end": _low_end(values, user.organization.currency),
        "commitments": Commitment.objects.visible_to(user).filter(plan=plan),
    }
    return render(request, "plans/plan/desk_copy.html", context)


def rows_of(weeks) -> list[list[tuple[int, date] | None]]:
    """Weeks, by their first days, with their numbers, in rows of one length.

    None where a row is short.
    """
    if not weeks:
        return []
    rows = ceil(len(weeks) / MOST_IN_A_ROW)
    length = ceil(len(weeks) / rows)
    cells = [*enumerate(weeks, start=1), *[None] * (rows * length - len(weeks))]
    return [cells[row * length : (row + 1) * length] for row in range(rows)]


def _leading(values) -> dict | None:
    """The one number: so many of the leading activity a week."""
    metrics = values["metrics"].values()
    return next((row for row in metrics if row["leading"] and row["weekly"]), None)


def _others(values) -> list[dict]:
    metrics = values["metrics"].values()
    return [row for row in metrics if row["weekly"] and not row["leading"]]


def _low_end(values, currency: str):
    """The arithmetic of the goal's lower end, as it was on the day it was told."""
    if not values["goal_low"]:
        return None
    low, booked = Decimal(values["goal_low"]), Decimal(values["booked"])
    return goal_end_words(chain(low, booked, figures_of_snapshot(values)), currency)


def _rep_first(in_force: Proposal) -> list[Signature]:
    signatures = in_force.signatures.select_related("signer", "stood_in_for")
    return sorted(signatures, key=lambda signature: signature.side != Plan.Turn.REP)

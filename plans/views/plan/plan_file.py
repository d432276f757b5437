"""The plans one may read, to take along and read."""

from decimal import Decimal

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from plans.models import Plan, Proposal
from plans.views.plan.change_words import strategy_words
from reps.views.list_file import AT_A_TIME, ListFile, list_file
from reps.views.rep_filter import rep_filter

COLUMNS = [
    gettext_lazy("Rep"),
    gettext_lazy("Rep email"),
    gettext_lazy("Quarter"),
    gettext_lazy("Status"),
    gettext_lazy("Revision"),
    gettext_lazy("Objective"),
    gettext_lazy("Goal, at least"),
    gettext_lazy("Goal, at best"),
    gettext_lazy("Strategies"),
    gettext_lazy("A week"),
    gettext_lazy("Backup plan"),
    gettext_lazy("Closed on"),
    gettext_lazy("What came of it"),
]
NOT_SIGNED_YET = {Plan.Status.DRAFT, Plan.Status.PROPOSED}


@require_safe
def plan_file(request):
    """A row for each plan, the latest quarter first; whose, `rep_filter` says.

    What is signed as it was signed, and to the two what they are still writing. A
    leader above learns only that there is such a one. Nothing that is one's own.
    """
    user = request.user
    plans = Plan.objects.visible_to(user).filter(rep__in=rep_filter(request))
    signed = Proposal.objects.filter(revision__isnull=False).order_by("-revision")
    rows = plans.for_page(user).prefetch_related(
        Prefetch("proposals", signed, to_attr="signed"), "strategies", "metrics__kind"
    )
    rows = rows.order_by("-quarter__starts_on", "rep__name", "pk").iterator(AT_A_TIME)
    lines = (_line(plan, user) for plan in rows)
    return list_file(request, ListFile(_("plans"), COLUMNS, lines, plans.count()))


def _line(plan, user):
    rep, signed = plan.rep, plan.signed[0] if plan.signed else None
    head = [
        rep.name,
        rep.user.email if rep.user else None,
        plan.quarter.name,
        plan.get_status_display(),
        signed and signed.revision,
    ]
    if signed and plan.status not in NOT_SIGNED_YET:
        return [*head, *_as_signed(signed.content), plan.closed_on, plan.came_of_it]
    if plan.side_of(user):
        return [*head, *_as_written(plan), plan.closed_on, plan.came_of_it]
    return [*head, *[None] * 6, plan.closed_on, None]


def _as_signed(content):
    metrics = content["metrics"].values()
    return [
        content["objective"],
        _figure(content["goal_low"]),
        _figure(content["goal_high"]),
        _lines(map(strategy_words, content["strategies"].values())),
        _lines(_target(row["name"], row["weekly"]) for row in metrics if row["weekly"]),
        content["backup_plan"],
    ]


def _as_written(plan):
    """The working copy. What the arithmetic alone asks for a week is on its page."""
    targets = (row for row in plan.metrics.all() if row.weekly_target)
    return [
        plan.objective,
        plan.goal_low,
        plan.goal_high,
        _lines(strategy_words(vars(row)) for row in plan.strategies.all()),
        _lines(_target(row.kind.name, row.weekly_target) for row in targets),
        plan.backup_plan,
    ]


def _target(activity: str, weekly: int) -> str:
    return f"{activity}: {weekly}"


def _lines(words) -> str:
    return "\n".join(words)


def _figure(text: str) -> Decimal | None:
    return Decimal(text) if text else None

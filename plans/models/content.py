"""A plan's page as plain values: what a proposal freezes, and two differ by.

Numbers are text, as JSON has no decimals; rows stand under a key of their own, so that
two revisions compare row by row.
"""

from decimal import Decimal

from plans.domain.arithmetic import Figures
from plans.models.measured import OVERRIDABLE
from plans.models.plan import Plan


def content_of(plan: Plan, *, figures: Figures, booked: Decimal, asked: int | None):
    """The working copy, frozen. `asked` is what the arithmetic asks for a week."""
    return {
        "objective": plan.objective,
        "goal_low": _text(plan.goal_low),
        "goal_high": _text(plan.goal_high),
        "strategies": {
            str(place): {"words": row.words, "source": row.source, "owner": row.owner}
            for place, row in enumerate(plan.strategies.all(), start=1)
        },
        "metrics": {
            str(metric.kind_id): {
                "name": metric.kind.name,
                "leading": metric.kind.is_leading,
                "weekly": target_of(metric, asked),
            }
            for metric in plan.metrics.select_related("kind")
        },
        "backup_plan": plan.backup_plan,
        "booked": _text(booked),
        "figures": {name: _text(getattr(figures, name)) for name in OVERRIDABLE},
    }


def target_of(metric, asked: int | None) -> int:
    """What somebody set; for the leading activity else what the arithmetic asks for."""
    if metric.weekly_target is not None:
        return metric.weekly_target
    return (asked or 0) if metric.kind.is_leading else 0


def figures_in(content) -> Figures:
    """The figures a proposal was signed with."""
    told = content["figures"]
    return Figures(
        average_deal=Decimal(told["average_deal"]),
        win_rate=Decimal(told["win_rate"]),
        open_deals=int(told["open_deals"]),
        demo_rate=Decimal(told["demo_rate"]),
        demos_pending=int(told["demos_pending"]),
        effective_weeks=Decimal(told["effective_weeks"]),
    )


def _text(figure) -> str:
    if figure is None:
        return ""
    return f"{figure.normalize():f}" if isinstance(figure, Decimal) else str(figure)

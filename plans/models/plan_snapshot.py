"""A plan's page as plain values: what a proposal freezes, and two differ by.

Numbers are text, as JSON has no decimals; rows stand under a key of their own, so that
two revisions compare row by row.
"""

from decimal import Decimal

from plans.domain.arithmetic import Figures
from plans.models.plan_figures import OVERRIDABLE, PlanFigures


def snapshot_of(plan_figures: PlanFigures):
    """The working copy of a plan, frozen with the figures it is worked with."""
    plan, figures = plan_figures.plan, plan_figures.used
    return {
        "objective": plan.objective,
        "goal_low": _text(plan.goal_low),
        "goal_high": _text(plan.goal_high),
        "strategies": {
            str(row.pk): {"words": row.words, "source": row.source, "owner": row.owner}
            for row in plan.strategies.all()
        },
        "metrics": {
            str(kind.pk): {
                "name": kind.name,
                "leading": kind.is_leading,
                "weekly": target_of(kind, plan_figures.asked),
            }
            for kind in plan_figures.targets
            if kind.metric
        },
        "backup_plan": plan.backup_plan,
        "booked": _text(plan_figures.standing.booked),
        "figures": {name: _text(getattr(figures, name)) for name in OVERRIDABLE},
    }


def target_of(kind, asked: int | None) -> int:
    """What somebody set; for the leading activity else what the arithmetic asks for.

    `kind` is one of the `targets_on` the plan.
    """
    if kind.weekly_target is not None:
        return kind.weekly_target
    return (asked or 0) if kind.metric and kind.is_leading else 0


def figures_of_snapshot(content) -> Figures:
    """The figures a proposal was signed with."""
    values = content["figures"]
    return Figures(
        average_deal=Decimal(values["average_deal"]),
        win_rate=Decimal(values["win_rate"]),
        open_deals=int(values["open_deals"]),
        demo_rate=Decimal(values["demo_rate"]),
        demos_pending=int(values["demos_pending"]),
        effective_weeks=Decimal(values["effective_weeks"]),
    )


def _text(figure) -> str:
    if figure is None:
        return ""
    return f"{figure.normalize():f}" if isinstance(figure, Decimal) else str(figure)

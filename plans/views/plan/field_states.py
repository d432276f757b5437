"""What is typed on a plan's page: each field, what stands in it and beside it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.forms.plan_field import WORDS, WRITABLE, label_of, shown
from plans.models import Plan
from plans.models.plan_figures import OVERRIDABLE, PlanFigures
from plans.views.group_words import beside, lent_by
from reps.domain.funnel import Source, differ_much
from reps.templatetags.sales_format import money, percent


@dataclass(frozen=True, slots=True)
class FieldState:
    """One field that is saved on its own, and how its last saving went."""

    name: str  # the plan's field, or "target-7" for so many of an activity a week
    label: str
    value: str  # in the input: what holds, or what was typed and not saved
    was: str  # what the plan says, as typed; its next save is over this
    measured: str = ""  # what holds where the plan says nothing
    sample: str = ""  # where the measured figure comes from
    is_figure: bool = False  # of the chain: the records propose it
    leads: bool = False  # the target that the arithmetic proposes
    error: str = ""
    readings: tuple[str, ...] = ()  # what it may mean, where that is the question
    theirs: str | None = None  # what somebody else wrote meanwhile
    saved_at: datetime | None = None

    @property
    def is_override(self) -> bool:
        return self.is_figure and self.was != ""

    @property
    def is_conflict(self) -> bool:
        return self.theirs is not None

    @property
    def is_refused(self) -> bool:
        """Its last saving saved nothing."""
        return bool(self.error) or self.is_conflict

    @property
    def holds(self) -> str:
        """What the page says by now, in a conflict."""
        return self.theirs or self.measured

    @property
    def most(self) -> int | None:
        """How many letters it takes; None for a figure."""
        return WORDS.get(self.name)


def field_states(plan_figures: PlanFigures) -> dict[str, FieldState]:
    """Every field of the plan by name, and every target."""
    plan, samples = plan_figures.plan, _samples(plan_figures)
    currency = plan.rep.organization.currency
    states = {
        name: field_state(plan, name) for name in WRITABLE if name not in OVERRIDABLE
    }
    for name in OVERRIDABLE:
        was = shown(name, getattr(plan, name), currency)
        proposed = shown(name, getattr(plan_figures.figures, name), currency)
        states[name] = FieldState(
            name=name,
            label=label_of(name),
            value=was or proposed,
            was=was,
            measured=proposed,
            sample=samples[name],
            is_figure=True,
        )
    return states | {
        state.name: state
        for state in (
            target_state(kind, plan_figures.asked) for kind in plan_figures.targets
        )
    }


def field_state(plan: Plan, name: str) -> FieldState:
    """A field of words, or an end of the goal: the plan says it or nobody does."""
    says = shown(name, getattr(plan, name), plan.rep.organization.currency)
    return FieldState(name=name, label=label_of(name), value=says, was=says)


def target_state(kind, asked: int | None) -> FieldState:
    """So many a week of an activity; `kind` is one of the `targets_on` a plan."""
    says = "" if kind.weekly_target is None else str(kind.weekly_target)
    return FieldState(
        name=f"target-{kind.pk}",
        label=kind.name,
        value=says,
        was=says,
        sample=asked_in_words(asked) if kind.is_leading else "",
        leads=kind.is_leading,
    )


def asked_in_words(asked: int | None) -> str:
    if not asked:
        return _("the arithmetic asks for none")
    words = ngettext(
        "the arithmetic asks for %(asked)s a week",
        "the arithmetic asks for %(asked)s a week",
        asked,
    )
    return words % {"asked": asked}


# --- Where a measured figure comes from ----------------------------------------------


def _samples(plan_figures: PlanFigures) -> dict[str, str]:
    history = plan_figures.history
    days = ngettext(
        "%(days)s working day; late days count less, since few deals close that fast",
        "%(days)s working days; late ones count less, since few deals close that fast",
        len(plan_figures.days),
    )
    return {
        "average_deal": _amount_sample(history),
        "win_rate": _rate_sample(history, history.win_rate, _("opportunities")),
        "open_deals": _("open now that can still close"),
        "demo_rate": _rate_sample(history, history.demo_rate, _("demos")),
        "demos_pending": _("nobody logs these: put in how many there are"),
        "effective_weeks": days % {"days": len(plan_figures.days)},
    }


def _amount_sample(history) -> str:
    """With mean and median where one whale may have carried off the mean."""
    figure = history.average_deal
    if figure.source != Source.OWN:
        return _label(history, figure.source)
    words = _("%(count)s won, last four quarters") % {"count": figure.own.cases}
    mean, median = figure.own.mean, history.median_amount
    if differ_much(mean, median):
        currency = history.organization.currency
        words += _("; mean %(mean)s, median %(median)s") % {
            "mean": money(mean, currency),
            "median": money(median, currency),
        }
    return words


def _rate_sample(history, figure, of: str) -> str:
    if figure.source != Source.OWN:
        return _label(history, figure.source)
    words = _("%(total)s of %(cases)s %(of)s, last four quarters; %(whose)s %(rate)s")
    return words % {
        "total": figure.own.total,
        "cases": figure.own.cases,
        "of": of,
        "whose": beside(history.group),
        "rate": percent(figure.team.mean),
    }


def _label(history, source: Source) -> str:
    if source == Source.TEAM:
        words = _("%(lent)s, until there is a history of one’s own")
        return words % {"lent": lent_by(history.group)}
    return _("a starting figure, nothing logged yet")

"""The chain as it is printed: what a person with a calculator would type."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from plans.domain.arithmetic import (
    Chain,
    LeftOut,
    OutOfTime,
    Quotient,
    Verdict,
)
from plans.models.plan_figures import PlanFigures
from plans.views.group_words import group_words
from reps.figure_style import exact_percent
from reps.templatetags.sales_format import money, tenths


@dataclass(frozen=True, slots=True)
class GoalEndWords:
    """One end of the goal, worked out step by step, each as it is said."""

    goal: str
    chain: Chain
    still_to_book: str
    still: str
    deals: str
    opportunities: str
    demos: str
    weekly: str
    verdict: str


def goal_end_words(steps: Chain, currency: str) -> GoalEndWords:
    """A step that the chain does not take has no words."""
    figures = steps.figures
    goal, booked = money(steps.goal, currency), money(steps.booked, currency)
    deals = opportunities = demos = weekly = ""
    if steps.deals:
        deals = _("%(still)s ÷ %(average)s = %(exact)s") % {
            "still": money(steps.still_to_book, currency),
            "average": money(figures.average_deal, currency),
            "exact": _exact(steps.deals),
        }
    if steps.opportunities:
        opportunities = _("%(deals)s ÷ %(rate)s = %(exact)s") % {
            "deals": steps.deals.whole,
            "rate": exact_percent(figures.win_rate),
            "exact": _exact(steps.opportunities),
        }
        if figures.open_deals:
            opportunities += _("; %(whole)s less %(open)s open now") % {
                "whole": steps.opportunities.whole,
                "open": figures.open_deals,
            }
    if steps.demos:
        demos = _("%(new)s ÷ %(rate)s = %(exact)s") % {
            "new": steps.new_opportunities,
            "rate": exact_percent(figures.demo_rate),
            "exact": _exact(steps.demos),
        }
        if figures.demos_pending:
            demos += _("; %(whole)s less %(pending)s held already") % {
                "whole": steps.demos.whole,
                "pending": figures.demos_pending,
            }
    if steps.weekly:
        weekly = _("%(demos)s ÷ %(weeks)s = %(exact)s a week") % {
            "demos": steps.demos_to_hold,
            "weeks": tenths(figures.effective_weeks),
            "exact": _exact(steps.weekly),
        }
    return GoalEndWords(
        goal=goal,
        chain=steps,
        still_to_book=money(steps.still_to_book, currency),
        still=_("%(goal)s − %(booked)s booked") % {"goal": goal, "booked": booked},
        deals=deals,
        opportunities=opportunities,
        demos=demos,
        weekly=weekly,
        verdict=VERDICTS[steps.verdict]() if steps.verdict in VERDICTS else "",
    )


def _exact(quotient: Quotient) -> str:
    """To a tenth; to two where a tenth would hide why it was rounded up."""
    exact = quotient.exact
    if round(exact, 1) in {quotient.whole, quotient.whole - 1}:
        return f"{exact:.2f}".rstrip("0").rstrip(".")
    return tenths(exact)


VERDICTS = {
    Verdict.GOAL_MET: lambda: _("The goal is booked."),
    Verdict.OPEN_DEALS_ENOUGH: lambda: _(
        "The open deals carry this end at these rates. New demos are for next quarter."
    ),
    Verdict.DEMOS_HELD_ENOUGH: lambda: _(
        "The demos already held are enough for this end, at these rates."
    ),
    Verdict.NO_AVERAGE_DEAL: lambda: _("Say what an average deal is worth."),
    Verdict.NO_WIN_RATE: lambda: _("Say how many opportunities are won."),
    Verdict.NO_DEMO_RATE: lambda: _("Say how many demos become an opportunity."),
    Verdict.NO_TIME: lambda: _(
        "No demo from now on can still close this quarter, so there is no rate."
    ),
}

OUT_OF_TIME = {
    OutOfTime.QUARTER_OVER: lambda: _("The quarter is over."),
    OutOfTime.NO_WORKING_DAY: lambda: _("No working day is left in the quarter."),
    OutOfTime.TOO_SLOW: lambda: _(
        "Hardly any deal was ever won in the days that are left."
    ),
    None: lambda: _("The effective weeks were set to none."),
}


def out_of_time(plan_figures: PlanFigures) -> str:
    """Why there is no rate; nothing to say while there is time."""
    if plan_figures.used.effective_weeks:
        return ""
    return OUT_OF_TIME[plan_figures.out_of_time]()


def left_out(plan_figures: PlanFigures):
    """(deal, why) of each open opportunity that is not counted on."""
    group = group_words(plan_figures.history.group)
    return [
        (row.deal, LEFT_OUT_WORDS[why](group)) for row, why in plan_figures.left_out
    ]


def _too_old(group: str) -> str:
    if group:
        words = _("older than 95%% of won deals were (%(group)s)")
        return words % {"group": group}
    return _("older than 95% of the team’s won deals were")


LEFT_OUT_WORDS = {
    LeftOut.EXPECTED_LATER: lambda _group: _("expected after the quarter"),
    LeftOut.EXPECTED_EARLIER: lambda _group: _("its expected close has passed"),
    LeftOut.TOO_OLD: _too_old,
}

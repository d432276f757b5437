"""What a plan's page shows: the working copy, the chain, what is agreed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from plans.domain.arithmetic import Chain, LeftOut, OutOfTime, Verdict, chain
from plans.domain.changes import Change, changes
from plans.forms.plan_field import WORDS, field_for, shown
from plans.forms.rows import CommitmentForm, ReasonForm, StrategyForm
from plans.models import Commitment, Plan, Proposal
from plans.models.content import content_of, figures_in, target_of
from plans.models.measured import OVERRIDABLE, Measured, measure
from plans.models.ogsm import MOST_COMMITMENTS, MOST_STRATEGIES
from reps.domain.funnel import Source, differ_much
from reps.models import ActivityKind
from reps.templatetags.sales_format import money, percent, tenths

BIG_DEAL = 40  # percent of the low end of the goal that one deal may carry


@dataclass(frozen=True, slots=True)
class Box:
    """One field of the page: its value as typed, and what is said beside it."""

    name: str
    value: str
    is_override: bool = False
    measured: str = ""  # what it would be without the override
    sample: str = ""  # where the measured figure comes from

    @property
    def label(self) -> str:
        return str(field_for(self.name).label).capitalize()

    @property
    def most(self) -> int | None:
        """How many letters it takes; None for a figure."""
        return WORDS.get(self.name)

    @property
    def is_figure(self) -> bool:
        """One that the records propose, and a person may override."""
        return self.name in OVERRIDABLE


def plan_page(plan: Plan, user, *, today: date, **extra) -> dict:
    """The page's context. `extra` brings forms back with the words typed."""
    measured = measure(plan, today=today)
    may_edit = bool(plan.side_of(user)) and plan.status != Plan.Status.CLOSED
    writing = extra.pop("writing", plan.status in {"draft", "proposed"})
    proposals = list(
        plan.proposals.prefetch_related("signatures__signer").order_by("-number")
    )
    in_force = next((p for p in proposals if p.revision), None)
    waiting = proposals[0] if proposals and plan.turn else None
    asked = measured.chain(plan.goal_low).demos_a_week if plan.goal_low else None
    content = content_of(
        plan, figures=measured.used, booked=measured.standing.booked, asked=asked
    )
    last = proposals[0] if proposals else None
    commitments = list(Commitment.objects.visible_to(user).filter(plan=plan))
    is_own = plan.rep.user_id == user.pk
    biggest = max(measured.counted, key=lambda row: row.deal.amount, default=None)
    context = {
        "plan": plan,
        "today": today,
        "side": plan.side_of(user),
        "is_own": is_own,
        "may_edit": may_edit,
        "writing": may_edit and writing,
        "may_read": may_edit or plan.status in {"active", "closed"},
        "currency": user.organization.currency,
        "measured": measured,
        "boxes": boxes(plan, measured),
        "chains": _chains(plan, measured),
        "asked": asked,
        "strategies": [
            (row, StrategyForm(instance=row, prefix=f"s{row.pk}"))
            for row in plan.strategies.all()
        ],
        "strategy_form": StrategyForm(),
        "most_strategies": MOST_STRATEGIES,
        "metrics": _metrics(plan, asked),
        "commitments": commitments,
        "commitment_form": CommitmentForm(),
        "most_commitments": MOST_COMMITMENTS,
        "in_force": in_force,
        "waiting": waiting,
        "waits_for_you": bool(plan.turn) and plan.turn == plan.side_of(user),
        "revisions": _revisions(proposals, user.organization.currency),
        "unproposed": _in_words(
            changes(last.content if last else {}, content), user.organization.currency
        )
        if last
        else [],
        "reason_form": ReasonForm(),
        "biggest": biggest,
        "biggest_share": int(100 * biggest.deal.amount / plan.goal_low)
        if biggest and plan.goal_low
        else 0,
        "big_deal": BIG_DEAL,
        "left_out": [(row, LEFT_OUT_WORDS[why]()) for row, why in measured.left_out],
        "out_of_time": OUT_OF_TIME[measured.out_of_time]()
        if measured.out_of_time
        else "",
        "outlook": measured.outlook(plan.goal_low)
        if measured.out_of_time and plan.goal_low
        else None,
        "signed_chain": _signed_chain(in_force, plan.organization.currency),
        "content": content,
    }
    return context | extra


def boxes(plan: Plan, measured: Measured) -> dict[str, Box]:
    """Every field that is typed, by name."""
    figures = measured.figures
    samples = _samples(measured)
    made = {
        name: Box(name, shown(name, getattr(plan, name)))
        for name in (*WORDS, "goal_low", "goal_high")
    }
    for name in OVERRIDABLE:
        own = getattr(plan, name)
        used = getattr(figures, name) if own is None else own
        made[name] = Box(
            name,
            shown(name, used),
            is_override=own is not None,
            measured=shown(name, getattr(figures, name)),
            sample=samples.get(name, ""),
        )
    return made


def _samples(measured: Measured) -> dict[str, str]:
    history = measured.history
    currency = history.organization.currency
    won = history.average_deal.own.cases
    words = {
        "win_rate": _rate_sample(history.win_rate, _("opportunities")),
        "demo_rate": _rate_sample(history.demo_rate, _("demos")),
    }
    if history.average_deal.source == Source.OWN:
        words["average_deal"] = _("%(count)s won, last four quarters") % {"count": won}
        mean, median = history.average_deal.own.mean, history.own.median_amount
        if differ_much(mean, median):
            words["average_deal"] += _("; mean %(mean)s, median %(median)s") % {
                "mean": money(mean, currency),
                "median": money(median, currency),
            }
    else:
        words["average_deal"] = _label(history.average_deal.source)
    words["open_deals"] = _("open now that can still close")
    words["demos_pending"] = _("held, with the answer still open")
    words["effective_weeks"] = _(
        "%(days)s working days, each weighed by the wins that still close after it"
    ) % {"days": len(measured.days)}
    return words


def _rate_sample(figure, of: str) -> str:
    if figure.source != Source.OWN:
        return _label(figure.source)
    words = _("%(total)s of %(cases)s %(of)s, last four quarters; team %(team)s")
    return words % {
        "total": figure.own.total,
        "cases": figure.own.cases,
        "of": of,
        "team": percent(figure.team.mean),
    }


def _label(source: Source) -> str:
    if source == Source.TEAM:
        return _("the team’s, nothing of your own yet")
    return _("a starting figure, nothing logged yet")


# --- The chain ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class End:
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


def _chains(plan: Plan, measured: Measured) -> list[End]:
    goals = [goal for goal in (plan.goal_low, plan.goal_high) if goal]
    currency = plan.organization.currency
    return [end_of(measured.chain(goal), currency) for goal in dict.fromkeys(goals)]


def end_of(steps: Chain, currency: str) -> End:
    """A chain in words: what a person with a calculator would type."""
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
        opportunities = _(
            "%(deals)s ÷ %(rate)s = %(exact)s, less %(open)s open now"
        ) % {
            "deals": steps.deals.whole,
            "rate": percent(figures.win_rate),
            "exact": _exact(steps.opportunities),
            "open": figures.open_deals,
        }
    if steps.demos:
        demos = _("%(new)s ÷ %(rate)s = %(exact)s") % {
            "new": steps.new_opportunities,
            "rate": percent(figures.demo_rate),
            "exact": _exact(steps.demos),
        }
        if figures.demos_pending:
            demos += _(", less %(pending)s held already") % {
                "pending": figures.demos_pending
            }
    if steps.weekly:
        weekly = _("%(demos)s ÷ %(weeks)s = %(exact)s a week") % {
            "demos": steps.demos_to_hold,
            "weeks": tenths(figures.effective_weeks),
            "exact": _exact(steps.weekly),
        }
    return End(
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


def _exact(quotient) -> str:
    """To a tenth; to two where a tenth would hide why it was rounded up."""
    exact = quotient.exact
    if round(exact, 1) == quotient.whole or round(exact, 1) == quotient.whole - 1:
        return f"{exact:.2f}".rstrip("0").rstrip(".")
    return tenths(exact)


VERDICTS = {
    Verdict.GOAL_MET: lambda: _("The goal is booked."),
    Verdict.OPEN_DEALS_ENOUGH: lambda: _(
        "The open deals carry this end at your rates. New demos are for next quarter."
    ),
    Verdict.DEMOS_HELD_ENOUGH: lambda: _(
        "The demos already held are enough for this end, at your rates."
    ),
    Verdict.NO_AVERAGE_DEAL: lambda: _("Say what an average deal is worth."),
    Verdict.NO_WIN_RATE: lambda: _("Say how many opportunities you win."),
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
}
LEFT_OUT_WORDS = {
    LeftOut.EXPECTED_LATER: lambda: _("expected after the quarter"),
    LeftOut.EXPECTED_EARLIER: lambda: _("its expected close has passed"),
    LeftOut.TOO_OLD: lambda: _("older than 95% of the team’s won deals were"),
}


def _signed_chain(in_force: Proposal | None, currency: str) -> End | None:
    """The low end as both have signed it, from the figures of that day."""
    if in_force is None:
        return None
    told = in_force.content
    low, booked = Decimal(told["goal_low"]), Decimal(told["booked"])
    return end_of(chain(low, booked, figures_in(told)), currency)


# --- Metrics and revisions ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    """One activity the organization counts, on the plan or not."""

    kind: ActivityKind
    typed: str
    weekly: int
    from_arithmetic: bool


def _metrics(plan: Plan, asked: int | None) -> list[Target]:
    on_plan = {metric.kind_id: metric for metric in plan.metrics.all()}
    kinds = ActivityKind.objects.filter(organization=plan.organization_id).counted()
    targets = []
    for kind in kinds:
        metric = on_plan.get(kind.pk)
        if metric:
            metric.kind = kind
        own = metric.weekly_target if metric else None
        targets.append(
            Target(
                kind=kind,
                typed="" if own is None else str(own),
                weekly=target_of(metric, asked) if metric else 0,
                from_arithmetic=bool(metric) and own is None and kind.is_leading,
            )
        )
    return targets


@dataclass(frozen=True, slots=True)
class Revision:
    proposal: Proposal
    changes: list[str]

    @property
    def proposed(self):
        """Whoever proposed it signed first."""
        return min(self.proposal.signatures.all(), key=lambda s: s.signed_at)


def _revisions(proposals, currency) -> list[Revision]:
    """The latest first, each with what it changed of the one before."""
    before = [*(p.content for p in proposals[1:]), None]
    return [
        Revision(p, _in_words(changes(old, p.content), currency) if old else [])
        for p, old in zip(proposals, before, strict=False)
    ]


FIGURE_NAMES = {
    "figures.average_deal": lambda: _("Average deal"),
    "figures.win_rate": lambda: _("Win rate"),
    "figures.open_deals": lambda: _("Open deals"),
    "figures.demo_rate": lambda: _("Demo-to-opportunity rate"),
    "figures.demos_pending": lambda: _("Demos with the answer open"),
    "figures.effective_weeks": lambda: _("Effective weeks"),
    "goal_low": lambda: _("Goal, at least"),
    "goal_high": lambda: _("Goal, at best"),
    "objective": lambda: _("Objective"),
    "backup_plan": lambda: _("Backup plan"),
}


def _in_words(differences: list[Change], currency: str) -> list[str]:
    return [_change_in_words(change, currency) for change in differences]


def _change_in_words(change: Change, currency: str) -> str:
    what, _dot, key = change.what.partition(".")
    before, after = change.before, change.after
    if what == "strategies":
        if after is None:
            return _("Strategy taken out: %(words)s") % {"words": before["words"]}
        if before is None:
            return _("Strategy added: %(words)s") % {"words": after["words"]}
        return _("Strategy %(place)s says: %(words)s") % {
            "place": key,
            "words": after["words"],
        }
    if what == "metrics":
        told = after or before
        return _("%(activity)s a week: %(before)s → %(after)s") % {
            "activity": told["name"],
            "before": before["weekly"] if before else "–",
            "after": after["weekly"] if after else "–",
        }
    name = FIGURE_NAMES[change.what]()
    if change.what in {"objective", "backup_plan"}:
        return _("%(name)s rewritten") % {"name": name}
    return f"{name}: {_told(change.what, before, currency)} → " + _told(
        change.what, after, currency
    )


def _told(what: str, text, currency: str) -> str:
    if text in {None, ""}:
        return "–"
    if what in {"figures.win_rate", "figures.demo_rate"}:
        return percent(text)
    if what in {"goal_low", "goal_high", "figures.average_deal"}:
        return money(text, currency)
    return str(text)

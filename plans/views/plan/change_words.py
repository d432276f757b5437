"""What was proposed when, by whom, and what it changed: in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from plans.domain.changes import Change, changes
from plans.models import Plan, Proposal, Signature, Strategy
from reps.figure_style import exact_percent
from reps.models.compiled_query import compiled_once
from reps.templatetags.sales_format import UNKNOWN, money, tenths


@dataclass(frozen=True, slots=True)
class Revision:
    """A proposal with its names and what it changed of the one before."""

    proposal: Proposal
    signatures: list[Signature]  # whoever proposed it signed first
    changes: list[str]

    @property
    def proposed(self) -> Signature:
        return self.signatures[0]

    @property
    def agreed(self) -> Signature | None:
        """The second name, once there is one."""
        return self.signatures[1] if len(self.signatures) > 1 else None


def revisions_of(plan: Plan, *, signed_only: bool) -> list[Revision]:
    """The latest first. For a leader above only what both have signed."""
    by_proposal: dict[Proposal, list[Signature]] = {}
    for name in _signatures(plan, signed_only):
        by_proposal.setdefault(name.proposal, []).append(name)
    before = [*(proposal.content for proposal in by_proposal), None][1:]
    currency = plan.rep.organization.currency
    return [
        Revision(proposal, signed, changes_in_words(old, proposal.content, currency))
        for (proposal, signed), old in zip(by_proposal.items(), before, strict=True)
    ]


@compiled_once
def _signatures(plan, signed_only):
    names = Signature.objects.filter(proposal__plan=plan)
    if signed_only:
        names = names.filter(proposal__revision__isnull=False)
    names = names.select_related("proposal", "signer", "stood_in_for")
    return names.order_by("-proposal__number", "signed_at", "pk")


def changes_in_words(before, after, currency: str) -> list[str]:
    """In the order of the page; none where there is nothing before."""
    if before is None:
        return []
    return [
        _change_in_words(change, currency)
        for change in sorted(changes(before, after), key=_place)
    ]


NAMES = {
    "objective": lambda: _("Objective"),
    "goal_low": lambda: _("Goal, at least"),
    "goal_high": lambda: _("Goal, at best"),
    "strategies": lambda: _("Strategy"),
    "metrics": lambda: _("Target"),
    "figures.average_deal": lambda: _("Average deal"),
    "figures.win_rate": lambda: _("Win rate"),
    "figures.open_deals": lambda: _("Open deals"),
    "figures.demo_rate": lambda: _("Demo-to-opportunity rate"),
    "figures.demos_pending": lambda: _("Demos with the answer open"),
    "figures.effective_weeks": lambda: _("Effective weeks"),
    "backup_plan": lambda: _("Backup plan"),
}
MONEY = {"goal_low", "goal_high", "figures.average_deal"}
RATES = {"figures.win_rate", "figures.demo_rate"}
WORDS = {"objective", "backup_plan"}


def _place(change: Change) -> int:
    what = change.what if change.what in NAMES else change.what.partition(".")[0]
    return list(NAMES).index(what)


def _change_in_words(change: Change, currency: str) -> str:
    what = change.what.partition(".")[0]
    before, after = change.before, change.after
    if what == "strategies":
        return _strategy_in_words(before, after)
    if what == "metrics":
        return _("%(activity)s a week: %(before)s → %(after)s") % {
            "activity": (after or before)["name"],
            "before": before["weekly"] if before else UNKNOWN,
            "after": after["weekly"] if after else UNKNOWN,
        }
    return _("%(name)s: %(before)s → %(after)s") % {
        "name": NAMES[change.what](),
        "before": _value_in_words(change.what, before, currency),
        "after": _value_in_words(change.what, after, currency),
    }


def _strategy_in_words(before, after) -> str:
    if after is None:
        return _("Strategy taken out: %(words)s") % {"words": strategy_words(before)}
    if before is None:
        return _("Strategy added: %(words)s") % {"words": strategy_words(after)}
    return _("Strategy: %(before)s → %(after)s") % {
        "before": strategy_words(before),
        "after": strategy_words(after),
    }


def strategy_words(strategy) -> str:
    owner = str(Strategy.Owner(strategy["owner"]).label)
    parts = [strategy["words"], strategy["source"], owner]
    return "“" + ", ".join(filter(None, parts)) + "”"


def _value_in_words(what: str, text, currency: str) -> str:
    if not text:
        return UNKNOWN
    if what in WORDS:
        return f"“{text}”"
    if what in RATES:
        return exact_percent(Decimal(text))
    if what in MONEY:
        return money(text, currency)
    return tenths(text)

"""Attainment as closed: what each rep owed and had booked as a quarter closed, by team.

It is worked out from the ledgers, from what was written down before the instant of the
closing: so it comes to the same whenever it is, and whatever changed since. A row is
written once and never changed; another closing has rows of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import Exists, OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from reps.domain.pacing import owed_between
from reps.domain.quarter import Span
from reps.domain.teams_over_time import Stretch, days_within, stretches, team_on
from reps.models.cancellation import Cancellation
from reps.models.deal import Deal
from reps.models.deal_facts import DealFacts
from reps.models.membership import TeamChange
from reps.models.organization import Organization
from reps.models.quarter import SETTLED_AFTER, Quarter
from reps.models.quarter_closing import QuarterClosing
from reps.models.quarter_days import QuarterDays
from reps.models.quota_revision import QuotaRevision
from reps.models.rep import Rep
from reps.models.same_organization import SameOrganization
from reps.models.stage_move import StageMove
from reps.models.team import Team

ZERO = Decimal(0)
MONEY = {"max_digits": 17, "decimal_places": 2}


@dataclass(frozen=True, slots=True)
class AsClosed:
    """What somebody owed and had booked as a quarter closed, in all teams together."""

    owed: Decimal
    booked: Decimal

    @property
    def attainment(self) -> Decimal | None:
        """Booked ÷ quota; None when nothing was owed."""
        return self.booked / self.owed if self.owed else None

    def differs_from(self, *, owed: Decimal, booked: Decimal) -> bool:
        """Whether these are others, to the cent."""
        figures = (self.owed, owed), (self.booked, booked)
        return any(round(was, 2) != round(now, 2) for was, now in figures)


class ClosedAttainmentQuerySet(models.QuerySet):
    def keep_missing(self, at: datetime):
        """Write down what stood at each closing that has none yet.

        What was under way when it closed is waited for. Twice at once, each is once.
        """
        rows = self.model.objects.filter(closing=OuterRef("pk"))
        closings = QuarterClosing.objects.filter(
            ~Exists(rows),
            kind=QuarterClosing.Kind.CLOSED,
            took_effect_at__lte=at - SETTLED_AFTER,
        )
        for closing in closings.order_by("took_effect_at", "pk"):
            self.bulk_create(as_closed(closing), ignore_conflicts=True)

    def of_the_last_closing(self, rep):
        """A rep's of the last closing of an outer query's quarter, to be summed."""
        closings = QuarterClosing.objects.filter(
            quarter=OuterRef(OuterRef("pk")), kind=QuarterClosing.Kind.CLOSED
        )
        last = closings.order_by("-number").values("pk")[:1]
        return self.filter(rep=rep, closing=Subquery(last)).order_by().values("rep")

    def last_of(self, quarters: Iterable[int]):
        """Those of the last closing of each of these quarters, by their ids."""
        return self.filter(closing__quarter__in=quarters).of_last_closings()

    def of_last_closings(self):
        """Those of the last closing of each quarter."""
        closings = QuarterClosing.objects.filter(quarter=OuterRef("closing__quarter"))
        closings = closings.filter(kind=QuarterClosing.Kind.CLOSED).order_by("-number")
        last = Subquery(closings.values("number")[:1])
        return self.filter(closing__number=last).select_related("closing")


class ClosedAttainment(models.Model):
    """What one rep stood at for one team. `booked` is won less `cancelled`.

    Names and days are kept as they were.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    closing = models.ForeignKey(
        QuarterClosing, on_delete=models.PROTECT, related_name="attainments"
    )
    rep = models.ForeignKey(Rep, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    owed = models.DecimalField(_("owed"), max_digits=24, decimal_places=8)
    booked = models.DecimalField(_("booked"), **MONEY)
    cancelled = models.DecimalField(_("cancelled"), **MONEY)
    days_in_team = models.PositiveSmallIntegerField(_("days in the team"))
    rep_name = models.CharField(_("rep"), max_length=120)
    team_name = models.CharField(_("team"), max_length=120)
    above_name = models.CharField(_("team above"), max_length=120, blank=True)
    quarter_name = models.CharField(_("quarter"), max_length=40)
    quarter_starts_on = models.DateField(_("first day"))
    quarter_ends_on = models.DateField(_("last day"))

    objects = ClosedAttainmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attainment as closed")
        verbose_name_plural = _("attainments as closed")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "closing", "rep", "team"],
                name="closedattainment_once_per_closing",
            ),
            SameOrganization("closing", name="closedattainment_same_organization_of"),
            SameOrganization("rep", name="closedattainment_same_organization_rep"),
            SameOrganization("team", name="closedattainment_same_organization_team"),
        ]

    def __str__(self):
        return f"{self.rep_name}, {self.team_name}, {self.quarter_name}"


def as_closed_by_rep(organization: Organization) -> dict[tuple[int, int], AsClosed]:
    """By the ids of rep and quarter: what each quarter that closed was closed with."""
    rows = ClosedAttainment.objects.filter(organization=organization)
    rows = rows.of_last_closings().order_by().values("rep", "closing__quarter")
    sums = rows.annotate(all_owed=Sum("owed"), all_booked=Sum("booked"))
    return {
        (row["rep"], row["closing__quarter"]): AsClosed(
            row["all_owed"], row["all_booked"]
        )
        for row in sums
    }


@dataclass(slots=True)
class _Sums:
    """Of one rep in one team."""

    owed: Decimal = ZERO
    won: Decimal = ZERO
    cancelled: Decimal = ZERO
    days: int = 0


def as_closed(closing: QuarterClosing) -> list[ClosedAttainment]:
    """The rows of a closing, from what was written down before its instant. Unsaved."""
    quarter = Quarter.objects.select_related("organization").get(pk=closing.quarter_id)
    span = _days_of(quarter, closing.took_effect_at)
    sums = _sums(quarter, span, before=closing.took_effect_at)
    reps = Rep.objects.in_bulk({rep for rep, _ in sums})
    teams = Team.objects.filter(organization=quarter.organization_id)
    teams = teams.select_related("above").in_bulk()
    return [
        ClosedAttainment(
            organization_id=quarter.organization_id,
            closing=closing,
            rep=reps[rep],
            team=teams[team],
            owed=of.owed,
            booked=of.won - of.cancelled,
            cancelled=of.cancelled,
            days_in_team=of.days,
            rep_name=reps[rep].name,
            team_name=teams[team].name,
            above_name=teams[team].above.name if teams[team].above else "",
            quarter_name=quarter.name,
            quarter_starts_on=span.starts_on,
            quarter_ends_on=span.ends_on,
        )
        for (rep, team), of in sums.items()
    ]


def _sums(quarter: Quarter, span: Span, *, before: datetime) -> dict:
    """What each rep stood at for each team, by the ids of both."""
    sums: dict[tuple[int, int], _Sums] = defaultdict(_Sums)
    teams = _teams_of_reps(quarter.organization_id, before)
    revisions = _revisions(quarter, before)
    selling = _selling(quarter.organization_id, span)
    for rep in selling.keys() | revisions.keys():
        for team, days in days_within(teams[rep], span):
            of, held = sums[rep, team], (days.starts_on, days.ends_on)
            of.owed += owed_between(revisions[rep], span, *held)
            of.days += _days_both(days, selling.get(rep))
    for rep, won_on, amount in _won(quarter, span, before):
        sums[rep, team_on(won_on, teams[rep])].won += amount
    for rep, won_on, amount in _cancelled(quarter, span, before):
        sums[rep, team_on(won_on, teams[rep])].cancelled += amount
    return sums


def _days_of(quarter: Quarter, before: datetime) -> Span:
    rows = QuarterDays.objects.filter(quarter=quarter, recorded_at__lt=before)
    last = rows.order_by("-number").first()
    return Span(last.starts_on, last.ends_on) if last else quarter.span


def _teams_of_reps(organization: int, before: datetime) -> dict[int, list[Stretch]]:
    """By rep: in which teams, as it was known then."""
    changes = defaultdict(list)
    rows = TeamChange.objects.filter(organization=organization).order_by("pk")
    first = dict(
        Rep.objects.filter(organization=organization).values_list("pk", "team")
    )
    for change in rows:
        if change.rep_id not in changes:
            first[change.rep_id] = change.from_team_id
        known = change.recorded_at < before
        changes[change.rep_id] += [(change.to_team_id, change.since)] if known else []
    return {rep: stretches(team, changes[rep]) for rep, team in first.items()}


def _selling(organization: int, span: Span) -> dict[int, Span]:
    """By rep who sold in the quarter: from when to when."""
    reps = Rep.objects.filter(organization=organization)
    reps = reps.selling_between(span.starts_on, span.ends_on)
    return {
        rep.pk: Span(
            max(rep.joined_on or span.starts_on, span.starts_on),
            min(rep.left_on or span.ends_on, span.ends_on),
        )
        for rep in reps
    }


def _days_both(one: Span, other: Span | None) -> int:
    """How many days both have."""
    if other is None:
        return 0
    first, last = max(one.starts_on, other.starts_on), min(one.ends_on, other.ends_on)
    return max((last - first).days + 1, 0)


def _revisions(quarter: Quarter, before: datetime) -> dict[int, list]:
    """By rep: what the quota was set to, in the order in which it was."""
    rows = QuotaRevision.objects.filter(quota__quarter=quarter, recorded_at__lt=before)
    revisions = defaultdict(list)
    for row in rows.select_related("quota").order_by("quota", "number"):
        revisions[row.quota.rep_id].append(row.as_held())
    return revisions


def _known_facts(organization, before: datetime):
    """The last row about each deal that was written down before then."""
    facts = DealFacts.objects.filter(organization=organization, recorded_at__lt=before)
    later = facts.filter(deal=OuterRef("deal"), number__gt=OuterRef("number"))
    return facts.filter(~Exists(later))


def _won(quarter: Quarter, span: Span, before: datetime) -> Iterator[tuple]:
    """(rep, day, amount) of each win of these days that stood then."""
    facts = _known_facts(quarter.organization_id, before)
    facts = facts.filter(closed_on__range=(span.starts_on, span.ends_on))
    moves = StageMove.objects.filter(deal=OuterRef("deal"), recorded_at__lt=before)
    outcome = Subquery(moves.order_by("-number").values("outcome")[:1])
    facts = facts.annotate(outcome=outcome).filter(outcome=Deal.Outcome.WON)
    return facts.values_list("owner", "closed_on", "amount").iterator()


def _cancelled(quarter: Quarter, span: Span, before: datetime) -> Iterator[tuple]:
    """(rep who had the win, its day, amount) of what was called off on these days.

    Of a win that is none any more, whatever was called off was taken back.
    """
    facts = _known_facts(OuterRef("organization"), before).filter(deal=OuterRef("deal"))
    rows = Cancellation.objects.filter(
        organization=quarter.organization_id, recorded_at__lt=before
    ).between(span.starts_on, span.ends_on)
    rows = rows.annotate(
        owner=Subquery(facts.values("owner")[:1]),
        won_on=Subquery(facts.values("closed_on")[:1]),
    )
    rows = rows.filter(won_on__isnull=False)
    return rows.values_list("owner", "won_on", "amount").iterator()

"""Somebody leaves, goes to another team, or is away for long: who goes on, and since.

What was decided is kept as it was written down, and carried out on its day: at once
where that is today, else by the clock (`plans.tasks.carry_out_handovers`).
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from plans.models.plan import Plan
from reps.models import Absence, Deal, Organization, Quota, Rep, Team, User
from reps.models.same_organization import SameOrganization

ONE_DAY = timedelta(days=1)


class HandoverQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For whoever runs, in their own right, the team that they were handed from."""
        return self.filter(
            team__in=Team.objects.run_in_own_right_by(user),
            organization=user.organization_id,
        )

    def waiting(self):
        """Those whose day is still to come, or has come just now."""
        return self.filter(carried_out_at=None, dropped_at=None)

    @transaction.atomic
    def write_down(self, rep, *, deals: dict, by, at: datetime, **facts) -> "Handover":
        """Keep what was decided, and carry it out if its day is here.

        `deals` is to whom each goes, by its id; what is not in it stays as it is.
        """
        handover = self.create(
            organization_id=rep.organization_id,
            rep=rep,
            team_id=rep.team_id,
            written_by=by,
            written_at=at,
            **facts,
        )
        HandedDeal.objects.bulk_create(
            HandedDeal(
                organization_id=rep.organization_id,
                handover=handover,
                deal_id=deal,
                to=to,
            )
            for deal, to in deals.items()
        )
        if handover.from_on <= at.astimezone(rep.organization.zone).date():
            handover.carry_out(at=at)
        return handover


class Handover(models.Model):
    class Kind(models.TextChoices):
        LEAVES = "leaves", _("Leaves")
        MOVES = "moves", _("Goes to another team")
        AWAY = "away", _("Is away for long")

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="handovers"
    )
    rep = models.ForeignKey(Rep, on_delete=models.PROTECT, related_name="handovers")
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="+", help_text=_("Until then.")
    )
    kind = models.CharField(max_length=6, choices=Kind)
    from_on = models.DateField(
        _("from"), help_text=_("The first day on which somebody else goes on.")
    )
    until = models.DateField(_("until"), null=True, help_text=_("Away: the last day."))
    to_team = models.ForeignKey(
        Team, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closes_plan = models.BooleanField(_("the plan ends with it"), default=False)
    came_of_it = models.TextField(_("what came of the plan"), blank=True)
    words = models.TextField(_("what others should know"), blank=True)
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="handovers_written"
    )
    written_at = models.DateTimeField()
    carried_out_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="handover_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "rep"],
                condition=Q(carried_out_at=None, dropped_at=None),
                name="handover_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(kind="away", until__gte=F("from_on"), to_team=None)
                | Q(kind="moves", until=None, to_team__isnull=False)
                | Q(kind="leaves", until=None, to_team=None),
                name="handover_says_where_to",
            ),
            models.CheckConstraint(
                condition=Q(closes_plan=False) | ~Q(came_of_it=""),
                name="handover_says_what_came_of_the_plan",
            ),
            models.CheckConstraint(
                condition=Q(carried_out_at=None) | Q(dropped_at=None),
                name="handover_is_done_or_dropped",
            ),
            SameOrganization("rep", name="handover_same_organization_rep"),
            SameOrganization("team", name="handover_same_organization_team"),
            SameOrganization("to_team", name="handover_same_organization_to_team"),
            SameOrganization("written_by", name="handover_same_organization_by"),
        ]

    def __str__(self):
        return f"{self.rep_id}: {self.kind} from {self.from_on}"

    def get_absolute_url(self):
        return reverse("plans:handover", args=[self.pk])

    @property
    def last_day(self) -> date:
        """Their last in the team, or the last before they are away."""
        return self.from_on - ONE_DAY

    @transaction.atomic
    def drop(self, *, at: datetime) -> bool:
        """It does not happen after all. Whether it was still waiting."""
        waiting = Handover.objects.waiting().filter(pk=self.pk)
        return bool(waiting.update(dropped_at=at))

    @transaction.atomic
    def carry_out(self, *, at: datetime):
        """Do what was decided. Twice at once, it is done once."""
        rep = Rep.objects.locked().select_related("organization").get(pk=self.rep_id)
        waiting = Handover.objects.waiting().filter(pk=self.pk)
        if not waiting.update(carried_out_at=at):
            return
        self.carried_out_at = at
        said = {"by": self.written_by, "at": at, "why": self._why()}
        self._hand_deals_over(said)
        if self.closes_plan:
            plans = Plan.objects.locked().filter(rep=rep).not_closed()
            for plan in plans:
                plan.close(on=self.last_day, came_of_it=self.came_of_it)
        if self.kind == self.Kind.LEAVES:
            rep.left_on = self.last_day
            rep.save(update_fields=["left_on"])
            Quota.objects.end(rep, after=self.last_day, **said)
        elif self.kind == self.Kind.MOVES:
            rep.change_team(self.to_team, since=self.from_on, **said)
        else:
            self._note_days_away(rep)

    def _why(self) -> str:
        if self.kind == self.Kind.MOVES:
            return _gettext("Handed over: they went to another team.")
        if self.kind == self.Kind.AWAY:
            return _gettext("Handed over: they are away for long.")
        return _gettext("Handed over: they left.")

    def _hand_deals_over(self, said):
        """What is still theirs and open, to whom it was given and who still sells."""
        rows = self.deals.select_related("deal", "to").order_by("deal")
        for row in rows.select_for_update(of=("deal",)):
            is_theirs = row.deal.owner_id == self.rep_id
            goes_on = row.to.left_on is None or row.to.left_on >= self.from_on
            if is_theirs and goes_on and row.deal.outcome == Deal.Outcome.OPEN:
                row.deal.correct({"owner": row.to}, **said)

    def _note_days_away(self, rep):
        """The days of which none was noted before."""
        taken = Absence.objects.filter(rep=rep).touching(self.from_on, self.until)
        taken = [(off.starts_on, off.ends_on) for off in taken.order_by("starts_on")]
        first = self.from_on
        for starts_on, ends_on in [*taken, (self.until + ONE_DAY, self.until)]:
            if first < starts_on:
                Absence.objects.create(
                    organization_id=rep.organization_id,
                    rep=rep,
                    starts_on=first,
                    ends_on=starts_on - ONE_DAY,
                )
            first = max(first, ends_on + ONE_DAY)


class HandedDeal(models.Model):
    """An open deal, and who goes on with it."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    handover = models.ForeignKey(
        Handover, on_delete=models.PROTECT, related_name="deals"
    )
    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="handed_over")
    to = models.ForeignKey(Rep, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("deal that is handed over")
        verbose_name_plural = _("deals that are handed over")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="handeddeal_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "handover", "deal"],
                name="handeddeal_once_per_handover",
            ),
            SameOrganization("handover", name="handeddeal_same_organization_handover"),
            SameOrganization("deal", name="handeddeal_same_organization_deal"),
            SameOrganization("to", name="handeddeal_same_organization_to"),
        ]

    def __str__(self):
        return f"{self.deal_id} to {self.to_id}"


def total(deals) -> Decimal:
    """What these come to."""
    return sum((deal.amount for deal in deals), Decimal(0))

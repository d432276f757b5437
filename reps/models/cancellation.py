"""What a customer called off after it was won: a row for each time, never changed.

The win stays in its quarter. What was called off comes off what is booked, on its own
day. One that was a mistake is taken back by a second row, of the same day and less than
nothing, so that their sum is what was really called off. The database (migration 0018)
refuses more than is left of the deal.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from reps.models.compiled_query import compiled_once
from reps.models.membership import Membership
from reps.models.organization import Organization
from reps.models.same_organization import SameOrganization
from reps.models.user import User
from reps.models.who_and_why import WHOM

ZERO = Decimal(0)


class CancellationQuerySet(models.QuerySet):
    def between(self, first: date, last: date):
        """Those of these days, both counted."""
        return self.filter(cancelled_on__range=(first, last))

    def still_so(self):
        """Those that nobody took back."""
        return self.filter(takes_back=None, taken_back_by=None)

    def by_day(self):
        """(deal, day, amount) of each day on which anything was called off, in order.

        Less what was taken back.
        """
        days = self.order_by("deal", "cancelled_on").values_list("deal", "cancelled_on")
        return days.annotate(off=Sum("amount")).exclude(off=0)

    def total(self) -> Decimal:
        return self.aggregate(total=Sum("amount", default=ZERO))["total"]


class Cancellation(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="cancellations"
    )
    deal = models.ForeignKey(
        "reps.Deal", on_delete=models.PROTECT, related_name="cancellations"
    )
    cancelled_on = models.DateField(_("cancelled on"))
    amount = models.DecimalField(
        _("amount"),
        max_digits=15,
        decimal_places=2,
        help_text=_("Less than nothing takes an earlier one back."),
    )
    words = models.TextField(_("what the customer said"))
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="taken_back_by"
    )
    cancelled_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    stood_in_for = models.ForeignKey(User, **WHOM)
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = CancellationQuerySet.as_manager()

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="cancellation_in_organization"
            ),
            models.CheckConstraint(
                condition=Q(takes_back=None, amount__gt=0)
                | Q(takes_back__isnull=False, amount__lt=0),
                name="cancellation_takes_off_or_back",
            ),
            models.CheckConstraint(
                condition=~Q(words=""), name="cancellation_says_why"
            ),
            SameOrganization("deal", name="cancellation_same_organization_deal"),
            SameOrganization("takes_back", name="cancellation_same_organization_back"),
            SameOrganization("cancelled_by", name="cancellation_same_organization_by"),
            SameOrganization("stood_in_for", name="cancellation_same_organization_for"),
        ]
        indexes = [
            models.Index(
                fields=["cancelled_on"],
                include=["deal", "amount"],
                name="cancellation_by_day",
            ),
        ]

    def __str__(self):
        return f"{self.deal_id}: {self.amount}, {self.cancelled_on}"

    @property
    def is_still_so(self) -> bool:
        """Nobody took it back, and it takes none back."""
        return self.takes_back_id is None and not hasattr(self, "taken_back_by")

    @transaction.atomic
    def take_back(
        self, *, words: str, by, at: datetime, stood_in_for=None
    ) -> "Cancellation":
        """It was a mistake: nothing was called off.

        Raises `QuarterIsClosed` where that quarter is not theirs to put right.
        """
        self.deal.check_quarters(self.cancelled_on, by=by, at=at)
        return Cancellation.objects.create(
            organization_id=self.organization_id,
            deal_id=self.deal_id,
            cancelled_on=self.cancelled_on,
            amount=-self.amount,
            words=words,
            takes_back=self,
            cancelled_by=by,
            stood_in_for=stood_in_for,
            recorded_at=at,
        )


@compiled_once
def called_off_in(reps: list[int], teams: list[int], first, last):
    """What was called off on these days, by whose win it was, and in which team.

    Of deals of these reps, and of whoever won one while in one of these teams.
    """
    then = Membership.objects.filter(rep=OuterRef("deal__owner"))
    then = then.holding(OuterRef("deal__closed_on")).values("team")
    rows = Cancellation.objects.between(first, last).annotate(
        team=Subquery(then, output_field=models.BigIntegerField())
    )
    rows = rows.filter(Q(deal__owner__id__among=reps) | Q(team__among=teams))
    of = ("deal__owner", "deal__owner__name", "team")
    sums = rows.order_by().values(*of).annotate(total=Sum("amount"))
    return sums.values_list(*of, "total", named=True)

"""What one rep owes in one quarter, and what they have booked of it."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from reps.domain.pacing import Standing, quota_owed
from reps.models.cancellation import Cancellation
from reps.models.deal import Deal
from reps.models.organization import RATE, Organization
from reps.models.quarter import Quarter
from reps.models.rep import Rep
from reps.models.same_organization import SameOrganization
from reps.models.team import Team

MONEY = {"max_digits": 15, "decimal_places": 2}
ZERO = Decimal(0)


class QuotaQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, those of the teams one runs, and for an admin all of them."""
        own = self.filter(organization=user.organization_id)
        if user.is_admin:
            return own
        return own.filter(
            Q(rep__user=user) | Q(rep__team__in=Team.objects.run_by(user))
        )

    def editable_by(self, user):
        """An admin sets quotas; nobody sets their own team's."""
        return self.visible_to(user) if user.is_admin else self.none()

    def with_booked(self):
        """Add `booked`: won in each quota's own quarter, less what was cancelled."""
        days = OuterRef("quarter__starts_on"), OuterRef("quarter__ends_on")
        won = Deal.objects.filter(owner=OuterRef("rep")).won_between(*days)
        won = won.order_by().values("owner").values(total=Sum("amount"))
        cancelled = Cancellation.objects.filter(deal__owner=OuterRef("rep"))
        cancelled = cancelled.between(*days).order_by().values("deal__owner")
        cancelled = cancelled.values(total=Sum("amount"))
        booked = _or_nothing(won) - _or_nothing(cancelled)
        return self.select_related("quarter").annotate(booked=booked)

    @transaction.atomic
    def set_quotas(self, quarter, *, owed: list["Quota"], nothing_owed_by):
        """Set a quarter's quotas together: those given, and none for the reps named."""
        Organization.objects.lock(quarter.organization)
        self.filter(quarter=quarter, rep__in=nothing_owed_by).delete()
        self.bulk_create(
            owed,
            update_conflicts=True,
            unique_fields=["organization", "rep", "quarter"],
            update_fields=["amount", "ramp", "starts_on"],
        )


def _or_nothing(sums):
    money = models.DecimalField(**MONEY)
    return Coalesce(Subquery(sums), ZERO, output_field=money)


class Quota(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="quotas"
    )
    rep = models.ForeignKey(Rep, on_delete=models.PROTECT, related_name="quotas")
    quarter = models.ForeignKey(
        Quarter, on_delete=models.PROTECT, related_name="quotas"
    )
    amount = models.DecimalField(
        _("quota"),
        **MONEY,
        validators=[MinValueValidator(0)],
        help_text=_("For the whole quarter, before ramp and late start."),
    )
    starts_on = models.DateField(
        _("starts on"),
        help_text=_("The quarter's first day, unless they joined or came back later."),
    )
    ramp = models.DecimalField(
        _("ramp"),
        **RATE,
        default=1,
        validators=[MinValueValidator(Decimal("0.0001")), MaxValueValidator(1)],
        help_text=_("The share asked of somebody still learning the job."),
    )

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="quota_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "rep", "quarter"],
                name="quota_one_per_rep_and_quarter",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="quota_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(ramp__gt=0, ramp__lte=1), name="quota_ramp_is_a_share"
            ),
            SameOrganization("rep", name="quota_same_organization_rep"),
            SameOrganization("quarter", name="quota_same_organization_quarter"),
        ]

    def __str__(self):
        return f"{self.rep}, {self.quarter}"

    def clean(self):
        super().clean()
        if self.starts_on and self.quarter_id:
            first, last = self.quarter.starts_on, self.quarter.ends_on
            if not first <= self.starts_on <= last:
                raise ValidationError(
                    {"starts_on": _("Choose a day inside the quarter.")}
                )

    @property
    def owed(self) -> Decimal:
        """The quota after ramp and late start: what the rep is measured by."""
        return quota_owed(
            self.amount,
            ramp=self.ramp,
            starts_on=self.starts_on,
            quarter_starts_on=self.quarter.starts_on,
            quarter_ends_on=self.quarter.ends_on,
        )

    def standing(self, *, as_of: date) -> Standing:
        """This quota as plain figures. Load it through `with_booked` first."""
        return Standing(
            quota=self.owed,
            booked=self.booked,
            starts_on=self.starts_on,
            ends_on=self.quarter.ends_on,
            as_of=as_of,
        )

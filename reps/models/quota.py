"""What one rep owes in one quarter, and what they have booked of it.

A quota is what its last revision made it. Each is written down by the database (the
migration `quota_revisions`), whoever changes a quota and by whatever way.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Case, OuterRef, Q, Subquery, Sum, TextField, When
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from reps.domain.pacing import Revision, Standing, first_day_owed, owed_between
from reps.domain.quarter import ONE_DAY
from reps.models.cancellation import Cancellation
from reps.models.deal import Deal
from reps.models.organization import RATE, Organization
from reps.models.quarter import Quarter
from reps.models.quota_revision import QuotaRevision
from reps.models.rep import Rep
from reps.models.same_organization import SameOrganization
from reps.models.team import Team
from reps.models.who_and_why import say_who_and_why

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

    def owing(self):
        """Those that owe something, or did until a day in the quarter."""
        return self.filter(Q(amount__gt=0) | Q(holds_from__isnull=False))

    def with_earlier(self):
        """Add `earlier`: the revisions before the last, where that one holds in part.

        Where it holds in the whole quarter, as most do, nothing else is looked at.
        """
        words = {name: Cast(name, TextField()) for name in ("amount", "ramp")}
        days = {name: name for name in ("starts_on", "holds_from")}
        revisions = QuotaRevision.objects.filter(
            organization=OuterRef("organization"),
            quota=OuterRef("pk"),
            number__lt=OuterRef("revision"),
        )
        rows = revisions.order_by("number").values(row=JSONObject(**words, **days))
        in_part = When(holds_from__isnull=False, then=ArraySubquery(rows))
        return self.annotate(earlier=Case(in_part))

    def with_booked(self):
        """Add `booked`: won in each quota's own quarter, less what was cancelled."""
        days = OuterRef("quarter__starts_on"), OuterRef("quarter__ends_on")
        won = Deal.objects.filter(owner=OuterRef("rep")).won_between(*days)
        won = won.order_by().values("owner").values(total=Sum("amount"))
        cancelled = Cancellation.objects.filter(deal__owner=OuterRef("rep"))
        cancelled = cancelled.between(*days).order_by().values("deal__owner")
        cancelled = cancelled.values(total=Sum("amount"))
        booked = _or_nothing(won) - _or_nothing(cancelled)
        return self.select_related("quarter").with_earlier().annotate(booked=booked)

    @transaction.atomic
    def set_quotas(
        self,
        organization,
        quotas: Iterable["Quota"],
        *,
        at: datetime,
        by=None,
        why: str = "",
        holds_from: date | None = None,
        file_import: int | None = None,
    ):
        """Have these owed: each by its rep, in its quarter. 0 is nothing owed.

        What changes becomes a revision, which holds from its quarter's first day unless
        another is chosen; what does not is left as it is. Once the quarter has begun
        the database refuses a change without a reason.
        """
        Organization.objects.lock(organization)
        quotas = list(quotas)
        quarters = {quota.quarter_id for quota in quotas}
        known = self.filter(organization=organization, quarter__in=quarters)
        known = {
            (quota.rep_id, quota.quarter_id): quota
            for quota in known.select_related("quarter")
        }
        changed = [
            quota
            for quota in quotas
            if quota.differs_from(known.get((quota.rep_id, quota.quarter_id)))
        ]
        for quota in changed:
            quota.holds_from = None if quota.holds_throughout else holds_from
        say_who_and_why(by=by, why=why, at=at, file_import=file_import)
        self.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["organization", "rep", "quarter"],
            update_fields=["amount", "ramp", "starts_on", "holds_from"],
        )

    @transaction.atomic
    def end(self, rep, *, after: date, by, at: datetime, why: str):
        """Nothing more is owed after this day: what was owed to it stays."""
        Organization.objects.lock(rep.organization)
        say_who_and_why(by=by, why=why, at=at)
        day = after + ONE_DAY
        owes = Q(amount__gt=0) | Q(holds_from__gt=day)  # or did until later
        running = self.filter(owes, rep=rep, quarter__ends_on__gt=after)
        for quota in running.select_related("quarter"):
            quota.holds_from = day if day > quota.quarter.starts_on else None
            quota.amount = ZERO
            quota.save(update_fields=["amount", "holds_from"])


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
        null=True,
        blank=True,
        help_text=_("Empty: the quarter's first day. Later if they joined after it."),
    )
    ramp = models.DecimalField(
        _("ramp"),
        **RATE,
        default=1,
        validators=[MinValueValidator(Decimal("0.0001")), MaxValueValidator(1)],
        help_text=_("The share asked of somebody still learning the job."),
    )
    holds_from = models.DateField(
        _("holds from"),
        null=True,
        blank=True,
        help_text=_("Empty: the quarter's first day. What held before stands earlier."),
    )
    revision = models.PositiveIntegerField(
        default=1,
        db_default=1,
        editable=False,
        help_text=_("The number of the last: the database counts them."),
    )

    # To be set in the whole quarter, whatever day the others are set from.
    holds_throughout = False

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
        if self.quarter_id and self.first_day not in self.quarter.span:
            raise ValidationError({"starts_on": _("Choose a day inside the quarter.")})

    def differs_from(self, known: "Quota | None") -> bool:
        """Whether to set this one changes what is owed, beside the one there is."""
        if known is None:
            return self.amount > 0
        if self.holds_throughout and known.holds_from:
            return True
        if known.amount == self.amount == 0:
            return False
        facts = (self.amount, self.ramp, self.first_day)
        return facts != (known.amount, known.ramp, known.first_day)

    @property
    def first_day(self) -> date:
        """The day it starts: the quarter's first, or a later one."""
        return self.starts_on or self.quarter.starts_on

    @property
    def in_force(self) -> list[Revision]:
        """What it was and is, in the order recorded, as far as it still matters."""
        now = Revision(self.amount, self.ramp, self.starts_on, self.holds_from)
        if self.holds_from is None:
            return [now]
        if not hasattr(self, "earlier"):
            rows = self.revisions.filter(number__lt=self.revision).order_by("number")
            return [*(row.as_held() for row in rows), now]
        return [*map(_revision, self.earlier), now]

    @property
    def owed(self) -> Decimal:
        """The quota after ramp and late start: what the rep is measured by."""
        return self.owed_by(self.quarter.ends_on)

    def owed_by(self, day: date) -> Decimal:
        """What of it is owed to the close of this day."""
        return self.owed_between(self.quarter.starts_on, day)

    def owed_between(self, first: date, last: date) -> Decimal:
        """What of it is owed for these days, both counted."""
        return owed_between(self.in_force, self.quarter.span, first, last)

    def standing(self, *, as_of: date, booked: Decimal) -> Standing:
        """This quota as plain figures, with what was booked of it."""
        revisions, quarter = self.in_force, self.quarter.span
        first, last = quarter.starts_on, quarter.ends_on
        return Standing(
            quota=owed_between(revisions, quarter, first, last),
            expected=owed_between(revisions, quarter, first, as_of),
            booked=booked,
            starts_on=first_day_owed(revisions, quarter),
            ends_on=last,
            as_of=as_of,
        )


def _revision(row: dict) -> Revision:
    """One of `earlier`, which comes as text."""

    def day(name):
        return date.fromisoformat(row[name]) if row[name] else None

    amounts = Decimal(row["amount"]), Decimal(row["ramp"])
    return Revision(*amounts, day("starts_on"), day("holds_from"))

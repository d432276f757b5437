"""A quarter of the organization: its own dates, never assumed."""

from datetime import date, datetime, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateRangeField,
    RangeOperators,
)
from django.db import models, transaction
from django.db.models import Count, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from reps.domain.quarter import (
    Span,
    last_day_to_put_right,
    midnight_after,
)
from reps.models.compiled_query import compiled_once
from reps.models.one_spelling import OneSpelling
from reps.models.organization import Organization
from reps.models.quarter_closing import QuarterClosing, QuarterIsClosed
from reps.models.who_and_why import say_who_and_why


def only(column: str):
    """A range that holds one key: the wheel has no btree_gist to compare keys."""
    return Func(
        F(column),
        F(column),
        Value("[]"),
        function="int8range",
        output_field=BigIntegerRangeField(),
    )


def days(first: str, last: str):
    """Both days and all between, as a range the database can compare."""
    return Func(
        F(first),
        F(last),
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )


CLOSED, REOPENED = QuarterClosing.Kind.CLOSED, QuarterClosing.Kind.REOPENED
# What was under way when a quarter closed has been kept, or has failed, by then.
SETTLED_AFTER = timedelta(minutes=2)
LAST_DAY_FIRST = _("The last day must come after the first.")


class QuarterQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(organization=user.organization_id)

    def editable_by(self, user):
        """An admin keeps the organization's calendar."""
        return self.visible_to(user) if user.is_admin else self.none()

    def containing(self, day: date):
        """The quarter this day falls in, or None between quarters."""
        return self.filter(starts_on__lte=day, ends_on__gte=day).first()

    def touching(self, first: date, last: date):
        """Those that share a day with these."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def begun_by(self, day: date):
        """Those that are over or running, the latest first."""
        return self.filter(starts_on__lte=day).order_by("-starts_on")

    def latest_first(self):
        return self.order_by("-starts_on")

    def with_closing(self):
        """Add what tells whether each is closed: the last row about it, its zone."""
        last = QuarterClosing.objects.filter(quarter=OuterRef("pk"))
        last = last.order_by("-number")
        return self.select_related("organization").annotate(
            closing_number=Subquery(last.values("number")[:1]),
            closing_kind=Subquery(last.values("kind")[:1]),
            closing_at=Subquery(last.values("took_effect_at")[:1]),
        )

    def closed_quarter_of(self, organization, day: date, at: datetime):
        """The quarter that holds this day, if it is closed at that instant; or None."""
        if day >= at.astimezone(organization.zone).date():
            return None  # it is not over
        quarter = _holding.first(organization, day)
        return quarter if quarter and quarter.is_closed(at) else None

    def closed_in(self, organization, at: datetime) -> list["Quarter"]:
        """All of an organization's that are closed at that instant."""
        today = at.astimezone(organization.zone).date()
        over = self.filter(organization=organization, ends_on__lt=today)
        quarters = over.with_closing().latest_first()
        return [quarter for quarter in quarters if quarter.is_closed(at)]

    def close_due(self, at: datetime):
        """Write down the closings whose time has come. Twice at once, each is one row.

        What is recorded before that time counts: it is waited for, for a while.
        """
        over = self.with_closing().filter(ends_on__lte=at.date())
        still_open = Q(closing_kind=None) | Q(closing_kind=REOPENED)
        for quarter in over.filter(still_open).order_by("ends_on", "pk"):
            if at >= quarter.closes_at + SETTLED_AFTER:
                quarter.close(at=at)

    def with_quota_count(self):
        """Add `quota_count`: how many people owe something in it."""
        owes = Q(quotas__amount__gt=0) | Q(quotas__holds_from__isnull=False)
        return self.annotate(quota_count=Count("quotas", filter=owes))


class Quarter(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="quarters"
    )
    name = models.CharField(
        _("name"), max_length=40, help_text=_("As people say it, such as Q4 2026.")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    made_at = models.DateTimeField(
        _("made at"),
        db_default=Now(),
        editable=False,
        help_text=_("Of those from before it was kept: when that began."),
    )

    objects = QuarterQuerySet.as_manager()

    class Meta:
        verbose_name = _("quarter")
        verbose_name_plural = _("quarters")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="quarter_in_organization"
            ),
            models.UniqueConstraint(
                "organization",
                OneSpelling("name"),
                name="quarter_one_of_each_name",
                violation_error_message=_("There is a quarter of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="quarter_ends_after_it_starts",
                violation_error_message=LAST_DAY_FIRST,
            ),
            ExclusionConstraint(
                name="quarter_shares_no_day",
                expressions=[
                    (only("organization"), RangeOperators.OVERLAPS),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another quarter already has these days."),
            ),
        ]

    def __str__(self):
        return self.name

    def todays_date(self, at: datetime) -> date:
        """What day it is where the organization is: by it the quarter has begun."""
        return at.astimezone(self.organization.zone).date()

    @transaction.atomic
    def keep_dates(self, *, by, at: datetime, why: str = ""):
        """Save its name and its days. Quotas of the whole quarter go along with them.

        The database writes down what the days were, and once it has begun refuses
        others without a reason. Raises `QuarterIsClosed` where they stay.
        """
        if self.pk:
            known = self._locked()
            if known.span != self.span and known.is_closed(at):
                raise QuarterIsClosed(known)
        say_who_and_why(by=by, why=why, at=at)
        facts = ["name", "starts_on", "ends_on"]
        self.save(update_fields=facts if self.pk else None)

    @property
    def last_day_to_put_right(self) -> date:
        """The last day on which it is open; load it `with_closing`."""
        zone, reopened = self.organization.zone, None
        if self.is_reopened:
            reopened = self.closing_at.astimezone(zone).date()
        return last_day_to_put_right(
            self.ends_on,
            days=self.organization.days_to_put_right,
            made_on=self.made_at.astimezone(zone).date(),
            reopened_on=reopened,
        )

    @property
    def is_reopened(self) -> bool:
        """It was closed, and is open again or was; load it `with_closing`."""
        return self.closing_kind == REOPENED

    @property
    def closes_at(self) -> datetime:
        """The midnight at which it closes by itself; load it `with_closing`."""
        return midnight_after(self.last_day_to_put_right, self.organization.zone)

    def is_closed(self, at: datetime) -> bool:
        """By a row or by the clock, whichever was first; load it `with_closing`."""
        if self.closing_kind == CLOSED:
            return True
        return at >= self.closes_at

    @transaction.atomic
    def close(self, *, at: datetime, by=None) -> bool:
        """Close it: by itself at its midnight, or before it if it was reopened.

        Answers whether it is this that closed it.
        """
        quarter = self._locked()
        by_hand = by is not None and quarter.is_reopened
        if quarter.closing_kind == CLOSED or not (by_hand or quarter.is_closed(at)):
            return False
        if quarter.is_closed(at):
            quarter._close_by_itself(at)
        else:
            quarter._write_down(CLOSED, by=by, took_effect_at=at, recorded_at=at)
        return True

    @transaction.atomic
    def reopen(self, *, by, why: str, at: datetime) -> bool:
        """Open a closed quarter for some days. Answers whether it was closed."""
        quarter = self._locked()
        if not quarter.is_closed(at):
            return False
        if quarter.closing_kind != CLOSED:
            quarter._close_by_itself(at)
        said = {"by": by, "why": why}
        quarter._write_down(REOPENED, took_effect_at=at, recorded_at=at, **said)
        return True

    def _locked(self) -> "Quarter":
        """As it stands by now: it is closed and reopened by one at a time."""
        quarters = Quarter.objects.filter(pk=self.pk)
        quarters.select_for_update(no_key=True).get()
        return quarters.with_closing().get()

    def _close_by_itself(self, at: datetime):
        self._write_down(CLOSED, took_effect_at=self.closes_at, recorded_at=at)

    def _write_down(self, kind, **facts):
        self.closing_number = (self.closing_number or 0) + 1
        self.closing_kind, self.closing_at = kind, facts["took_effect_at"]
        QuarterClosing.objects.create(
            organization_id=self.organization_id,
            quarter=self,
            number=self.closing_number,
            kind=kind,
            **facts,
        )

    @property
    def span(self) -> Span:
        """Its days as a plain value."""
        return Span(self.starts_on, self.ends_on)


@compiled_once
def _holding(organization, day):
    quarters = Quarter.objects.with_closing().filter(organization=organization)
    return quarters.filter(starts_on__lte=day, ends_on__gte=day)

"""A quarter of the organization: its own dates, never assumed."""

from datetime import date, datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateRangeField,
    RangeOperators,
)
from django.db import models, transaction
from django.db.models import Count, F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from reps.domain.quarter import Span
from reps.models.one_spelling import OneSpelling
from reps.models.organization import Organization
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
        others without a reason.
        """
        say_who_and_why(by=by, why=why, at=at)
        facts = ["name", "starts_on", "ends_on"]
        self.save(update_fields=facts if self.pk else None)

    @property
    def span(self) -> Span:
        """Its days as a plain value."""
        return Span(self.starts_on, self.ends_on)

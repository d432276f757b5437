"""The organization: the tenant every other row belongs to."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import holidays
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reps.domain.quarter import ONE_DAY
from reps.domain.work_week import FIRST_DAYS, MONDAY, WorkWeek
from reps.models.one_spelling import OneSpelling

RATE = {"max_digits": 5, "decimal_places": 4}
RATE_RANGE = [MinValueValidator(0), MaxValueValidator(1)]


def known_time_zone(name: str):
    """Refuse what the tz database does not have."""
    if name not in available_timezones():
        raise ValidationError(
            _("There is no time zone called “%(name)s”."), params={"name": name}
        )


def known_holiday_calendar(code: str):
    """Refuse a country or a part of one that the holidays package does not have."""
    country, _dash, part = code.partition("-")
    known = holidays.list_supported_countries()
    if country not in known or (part and part not in known[country]):
        raise ValidationError(
            _("There is no calendar of holidays called “%(code)s”. Try US or US-CA."),
            params={"code": code},
        )


def monday_to_friday():
    return [1, 2, 3, 4, 5]


class OrganizationQuerySet(models.QuerySet):
    def editable_by(self, user):
        """The one an admin keeps; none for anybody else."""
        own = self.filter(pk=user.organization_id)
        return own if user.is_admin else own.none()

    def named(self, name: str):
        """The one of this name, however it is spelled."""
        spelled = OneSpelling(models.Value(name))
        return self.alias(spelling=OneSpelling("name")).filter(spelling=spelled)

    def lock(self, organization):
        """Lock it to the transaction's end: its admins change things one at a time."""
        return self.select_for_update(no_key=True).get(pk=organization.pk)


class Organization(models.Model):
    name = models.CharField(_("name"), max_length=120, unique=True)
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="USD",
        help_text=_("Three letters, such as USD or EUR."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[known_time_zone]
    )
    working_days = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("working days"),
        default=monday_to_friday,
        help_text=_("1 is Monday, 7 is Sunday."),
    )
    # Changed by `begin_weeks_on` alone, which says from when on.
    first_day_of_week = models.PositiveSmallIntegerField(
        _("weeks begin on"), default=MONDAY
    )
    # Those before, the oldest first, and the Mondays from which they hold no more.
    earlier_first_days = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True
    )
    first_day_changed_in = ArrayField(models.DateField(), default=list, blank=True)
    holiday_calendar = models.CharField(
        _("public holidays of"),
        max_length=12,
        blank=True,
        validators=[known_holiday_calendar],
        help_text=_("A country, or a part of one: US, US-CA. Empty: none."),
    )
    first_month = models.PositiveSmallIntegerField(
        _("fiscal year begins in"),
        default=1,
        db_default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("1 is January. Quarters are proposed by it."),
    )
    check_in_day = models.PositiveSmallIntegerField(
        _("check-in day"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(7)],
        help_text=_("The day people are asked how the week went: 5 is Friday."),
    )
    check_in_at = models.TimeField(
        _("check-in hour"), default=time(15), help_text=_("In each person’s own zone.")
    )
    quiet_from = models.TimeField(_("quiet from"), default=time(18, 30))
    quiet_to = models.TimeField(
        _("quiet to"),
        default=time(8),
        help_text=_("Nothing is sent in these hours; the same twice means none."),
    )
    days_to_put_right = models.PositiveSmallIntegerField(
        _("a quarter closes so many days after its end"),
        default=10,
        validators=[MaxValueValidator(90)],
        help_text=_(
            "Until then its deals and quotas are put right as ever. After it a manager"
            " or an admin does, says why, and the page shows both."
        ),
    )
    answer_within_days = models.PositiveSmallIntegerField(
        _("working days a check-in may wait"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("After that whoever runs the team above sees that it waits."),
    )
    starting_average_deal = models.DecimalField(
        _("average deal to start from"),
        max_digits=15,
        decimal_places=2,
        default=Decimal(10_000),
    )
    starting_win_rate = models.DecimalField(
        _("win rate to start from"),
        **RATE,
        default=Decimal("0.30"),
        validators=RATE_RANGE,
    )
    starting_demo_rate = models.DecimalField(
        _("demo-to-opportunity rate to start from"),
        **RATE,
        default=Decimal("0.50"),
        validators=RATE_RANGE,
    )
    starting_cycle_days = models.PositiveSmallIntegerField(
        _("days from opening to won to start from"), default=45
    )
    has_segments = models.BooleanField(
        _("has several segments"), default=False, editable=False
    )  # kept by Segment's verbs: with one, nobody is compared by it
    # What is left to bring in is listed until then; None: it still is.
    checklist_closed_at = models.DateTimeField(
        _("first checklist closed at"), null=True, blank=True, editable=False
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            models.UniqueConstraint(
                OneSpelling("name"),
                name="organization_one_of_each_name",
                violation_error_message=_("Another organization has this name."),
            ),
            models.CheckConstraint(
                condition=Q(starting_win_rate__gt=0, starting_win_rate__lte=1)
                & Q(starting_demo_rate__gt=0, starting_demo_rate__lte=1),
                name="organization_starting_rates_are_rates",
            ),
            models.CheckConstraint(
                condition=Q(first_month__gte=1, first_month__lte=12),
                name="organization_year_begins_in_a_month",
            ),
            models.CheckConstraint(
                condition=Q(check_in_day__gte=1, check_in_day__lte=7),
                name="organization_checks_in_on_a_weekday",
            ),
            models.CheckConstraint(
                condition=Q(answer_within_days__gte=1, answer_within_days__lte=10),
                name="organization_answers_within_1_to_10_days",
            ),
            models.CheckConstraint(
                condition=Q(starting_average_deal__gt=0, starting_cycle_days__gt=0),
                name="organization_starting_figures_are_positive",
            ),
            models.CheckConstraint(
                condition=Q(days_to_put_right__lte=90),
                name="organization_closes_a_quarter_in_90_days",
            ),
            models.CheckConstraint(
                condition=Q(
                    working_days__contained_by=[1, 2, 3, 4, 5, 6, 7],
                    working_days__len__gte=1,
                ),
                name="organization_works_on_some_days",
            ),
            models.CheckConstraint(
                condition=Q(
                    first_day_of_week__in=FIRST_DAYS,
                    earlier_first_days__contained_by=list(FIRST_DAYS),
                ),
                name="organization_weeks_begin_around_a_monday",
            ),
            models.CheckConstraint(
                condition=Q(earlier_first_days__len=F("first_day_changed_in__len")),
                name="organization_knows_when_weeks_changed",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def work_week(self) -> WorkWeek:
        return WorkWeek(
            frozenset(self.working_days),
            self.first_day_of_week,
            tuple(zip(self.earlier_first_days, self.first_day_changed_in, strict=True)),
        )

    def has_weeks(self) -> bool:
        """Whether a week means something already: somebody logged, checked in, or has
        a plan with targets.
        """
        return (
            self.activity_entries.exists()
            or self.check_ins.exists()
            or self.plans.exists()
        )

    def work_week_beginning_on(self, first_day: int, *, today: date) -> WorkWeek:
        """As it becomes: from a coming week on, or at once while no week has been.

        Tomorrow is somebody's today already.
        """
        if self.has_weeks():
            return self.work_week.beginning_on(first_day, after=today + ONE_DAY)
        return WorkWeek(frozenset(self.working_days), first_day)

    @transaction.atomic
    def begin_weeks_on(self, first_day: int, *, today: date):
        """Have weeks begin on a Monday (1), a Saturday (6) or a Sunday (7)."""
        kept = Organization.objects.lock(self)
        becomes = kept.work_week_beginning_on(first_day, today=today)
        self.first_day_of_week = becomes.first_day
        self.earlier_first_days = [first for first, _until in becomes.earlier]
        self.first_day_changed_in = [until for _first, until in becomes.earlier]
        self.save(
            update_fields=[
                "first_day_of_week",
                "earlier_first_days",
                "first_day_changed_in",
            ]
        )

    def close_checklist(self, *, at: datetime):
        """Show no more what is left to bring in. Closed twice: since the first."""
        still = Organization.objects.filter(pk=self.pk, checklist_closed_at=None)
        still.update(checklist_closed_at=at)
        self.refresh_from_db(fields=["checklist_closed_at"])

    def open_checklist(self):
        """Show again what is left to bring in."""
        self.checklist_closed_at = None
        self.save(update_fields=["checklist_closed_at"])

    def working_days_between(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both counted."""
        days = range((last - first).days + 1)
        weekdays = set(self.working_days)
        return sum((first + timedelta(days=n)).isoweekday() in weekdays for n in days)

    def holidays_between(self, first: date, last: date) -> dict[date, str]:
        """Public holidays from `first` to `last`, both counted, with their names."""
        if not self.holiday_calendar or last < first:
            return {}
        named = _named_holidays(self.holiday_calendar, first.year, last.year)
        return {day: name for day, name in named.items() if first <= day <= last}


@lru_cache(maxsize=64)
def _named_holidays(calendar: str, first_year: int, last_year: int) -> dict[date, str]:
    """Of whole years: each takes milliseconds, and letters ask one by one."""
    country, _dash, part = calendar.partition("-")
    years = range(first_year, last_year + 1)
    named = holidays.country_holidays(country, subdiv=part or None, years=years)
    return dict(named)

"""The first day of an organization's weeks: free, then from a coming week on."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from reps.domain.work_week import MONDAY, SATURDAY, SUNDAY
from reps.models import Organization
from tests.factories.check_ins import CheckInFactory
from tests.factories.plans import PlanFactory
from tests.factories.reps import ActivityEntryFactory, RepFactory

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 12)
WEEK, NEXT = date(2026, 11, 9), date(2026, 11, 16)


@pytest.fixture
def organization(rep):
    return rep.organization


def begun(organization, first_day, today=THURSDAY):
    organization.begin_weeks_on(first_day, today=today)
    return Organization.objects.get(pk=organization.pk).work_week


def test_before_anything_is_logged_it_holds_at_once(organization):
    weeks = begun(organization, SUNDAY)
    assert (weeks.first_day, weeks.earlier) == (SUNDAY, ())
    assert begun(organization, MONDAY).earlier == ()


@pytest.mark.parametrize("made", [ActivityEntryFactory, CheckInFactory, PlanFactory])
def test_once_a_week_means_something_it_holds_from_a_coming_week_on(
    rep, organization, made
):
    made(rep=rep)
    weeks = begun(organization, SUNDAY)
    assert weeks.days_of(WEEK).starts_on == WEEK
    assert weeks.days_of(NEXT).starts_on == date(2026, 11, 15)


def test_what_another_organization_logged_is_nothing(organization):
    ActivityEntryFactory(rep=RepFactory())
    assert begun(organization, SUNDAY).earlier == ()


def test_tomorrow_is_somebodys_today_already(rep, organization):
    ActivityEntryFactory(rep=rep)
    saturday = date(2026, 11, 14)
    weeks = begun(organization, SUNDAY, today=saturday)
    assert weeks.change_to_come(saturday) == date(2026, 11, 23)


def test_changed_again_the_weeks_before_keep_their_days(rep, organization):
    ActivityEntryFactory(rep=rep)
    begun(organization, SUNDAY)
    weeks = begun(organization, SATURDAY, today=date(2026, 11, 25))
    assert weeks.earlier == ((MONDAY, NEXT), (SUNDAY, date(2026, 11, 30)))
    assert weeks.days_of(WEEK).starts_on == WEEK
    assert weeks.days_of(NEXT).starts_on == date(2026, 11, 15)


def test_the_same_once_more_changes_nothing(rep, organization):
    ActivityEntryFactory(rep=rep)
    weeks = begun(organization, SUNDAY)
    assert begun(organization, SUNDAY, today=date(2026, 11, 14)) == weeks
    assert begun(organization, MONDAY).earlier == ()  # it was to come: given up


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_day_of_week": 3},
        {"earlier_first_days": [2], "first_day_changed_in": [NEXT]},
        {"earlier_first_days": [7]},
        {"first_day_changed_in": [NEXT]},
    ],
)
def test_the_database_keeps_no_other_weeks(organization, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=organization.pk).update(**wrong)

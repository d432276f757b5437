"""Quarters share no day inside one organization."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from reps.models import Quarter
from tests.factories.reps import AbsenceFactory, OrganizationFactory, QuarterFactory

pytestmark = pytest.mark.django_db
Q1 = {"name": "Q1 2027", "starts_on": date(2027, 1, 4), "ends_on": date(2027, 4, 4)}


def test_the_next_quarter_may_begin_the_day_after():
    quarter = QuarterFactory()
    following = QuarterFactory(organization=quarter.organization, **Q1)
    assert Quarter.objects.containing(date(2027, 1, 3)) == quarter
    assert Quarter.objects.containing(date(2027, 1, 4)) == following
    assert Quarter.objects.containing(date(2027, 4, 5)) is None


def test_two_quarters_of_an_organization_share_no_day():
    quarter = QuarterFactory()
    overlapping = Q1 | {"starts_on": date(2027, 1, 3)}
    with pytest.raises(IntegrityError, match="quarter_shares_no_day"):
        QuarterFactory(organization=quarter.organization, **overlapping)


def test_two_organizations_may_have_the_same_days():
    QuarterFactory()
    QuarterFactory(organization=OrganizationFactory())
    assert Quarter.objects.count() == 2


def test_a_form_hears_of_an_overlap_in_words():
    quarter = QuarterFactory()
    other = Quarter(organization=quarter.organization, **Q1)
    other.starts_on = date(2027, 1, 3)
    with pytest.raises(ValidationError, match="already has these days"):
        other.validate_constraints()


def test_nobody_is_away_twice_on_a_day():
    away = AbsenceFactory()
    with pytest.raises(IntegrityError, match="absence_once_per_day"):
        AbsenceFactory(rep=away.rep, starts_on=away.ends_on, ends_on=date(2026, 11, 20))

"""Quarters share no day inside one organization."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from reps.models import Quarter
from reps.models.quarter_closing import QuarterIsClosed
from tests.factories.reps import (
    AbsenceFactory,
    OrganizationFactory,
    QuarterFactory,
    UserFactory,
)

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


# When it is closed


def at(*hour):
    return datetime(*hour, tzinfo=UTC)


def third(organization, **facts):
    days = {"starts_on": date(2026, 7, 6), "ends_on": date(2026, 10, 4)}
    facts = days | {"made_at": at(2026, 7, 6)} | facts
    return QuarterFactory(organization=organization, name="Q3 2026", **facts)


def closed_on(organization, day, when):
    return Quarter.objects.closed_quarter_of(organization, day, when)


@pytest.mark.parametrize(
    ("days", "zone", "made_at", "closes_at"),
    [
        (10, "UTC", at(2026, 7, 6), at(2026, 10, 15)),
        (0, "UTC", at(2026, 7, 6), at(2026, 10, 5)),  # with its last day
        (90, "UTC", at(2026, 7, 6), at(2027, 1, 3)),
        (10, "Pacific/Auckland", at(2026, 7, 6), at(2026, 10, 14, 11)),
        (10, "UTC", at(2026, 12, 1, 9), at(2026, 12, 12)),  # made long after its end
        # The clock goes back on 25 October there: midnight is still midnight.
        (21, "Europe/Riga", at(2026, 7, 6), at(2026, 10, 25, 22)),
    ],
)
def test_the_clock_closes_it_though_nothing_has_run(days, zone, made_at, closes_at):
    organization = OrganizationFactory(days_to_put_right=days, time_zone=zone)
    quarter = third(organization, made_at=made_at)
    before = closes_at - timedelta(seconds=1)
    assert closed_on(organization, date(2026, 9, 30), before) is None
    assert closed_on(organization, date(2026, 9, 30), closes_at) == quarter


def test_a_day_of_another_quarter_or_of_none_is_in_no_closed_one():
    organization = OrganizationFactory()
    third(organization)
    QuarterFactory(organization=organization)
    late = at(2026, 12, 1)
    assert closed_on(organization, date(2026, 7, 5), late) is None
    assert closed_on(organization, date(2026, 10, 5), late) is None
    assert closed_on(OrganizationFactory(), date(2026, 9, 30), late) is None


def test_reopened_it_is_open_for_as_long_and_closed_by_hand_at_once():
    organization = OrganizationFactory()
    quarter = third(organization)
    admin = UserFactory(organization=organization, is_admin=True)
    day = date(2026, 9, 30)
    assert not quarter.reopen(by=admin, why="Too early.", at=at(2026, 10, 14, 23))

    reopened = at(2026, 11, 2, 9)
    assert quarter.reopen(by=admin, why="Two wins were forgotten.", at=reopened)
    assert closed_on(organization, day, at(2026, 11, 12, 23)) is None
    assert closed_on(organization, day, at(2026, 11, 13)) == quarter

    assert quarter.close(by=admin, at=at(2026, 11, 3, 9))
    assert closed_on(organization, day, at(2026, 11, 3, 9)) == quarter
    assert not quarter.close(by=admin, at=at(2026, 11, 3, 10))
    rows = quarter.closings.order_by("number")
    assert list(rows.values_list("number", "kind", "took_effect_at", "by")) == [
        (1, "closed", at(2026, 10, 15), None),
        (2, "reopened", reopened, admin.pk),
        (3, "closed", at(2026, 11, 3, 9), admin.pk),
    ]


def test_one_that_was_never_closed_is_closed_by_its_clock_alone():
    organization = OrganizationFactory()
    quarter = third(organization)
    admin = UserFactory(organization=organization, is_admin=True)
    assert not quarter.close(by=admin, at=at(2026, 10, 14))


def test_reopening_says_why():
    organization = OrganizationFactory()
    quarter = third(organization)
    admin = UserFactory(organization=organization, is_admin=True)
    with pytest.raises(IntegrityError, match="quarterclosing_reopened_says_why"):
        quarter.reopen(by=admin, why="", at=at(2026, 11, 2))


def test_the_days_of_a_closed_one_stay():
    quarter = third(OrganizationFactory())
    admin = UserFactory(organization=quarter.organization, is_admin=True)
    quarter.ends_on = date(2026, 9, 20)
    with pytest.raises(QuarterIsClosed):
        quarter.keep_dates(by=admin, at=at(2026, 11, 2), why="To match finance.")

"""Quotas: what is owed, what is booked of it, and who sees it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from reps.models import Quota
from tests.factories.reps import (
    NOON,
    Q4_ENDS_ON,
    Q4_STARTS_ON,
    DealFactory,
    QuotaFactory,
    RepFactory,
    UserFactory,
    revise,
)

pytestmark = pytest.mark.django_db


def booked(quota):
    return Quota.objects.with_booked().get(pk=quota.pk).booked


def won(quota, on, **facts):
    return DealFactory(owner=quota.rep, opened_on=date(2026, 9, 1), won_on=on, **facts)


def test_what_was_won_on_the_quarters_first_and_last_day_is_booked():
    quota = QuotaFactory()
    won(quota, Q4_STARTS_ON, amount=1_000)
    won(quota, Q4_ENDS_ON, amount=200)
    won(quota, date(2026, 10, 4), amount=30)
    won(quota, date(2027, 1, 4), amount=4)
    assert booked(quota) == 1_200


def test_lost_and_open_deals_and_other_reps_book_nothing():
    quota = QuotaFactory()
    facts = {"organization": quota.organization, "owner": quota.rep}
    DealFactory(**facts)
    DealFactory(lost_on=date(2026, 11, 2), **facts)
    other = RepFactory(team=quota.rep.team)
    DealFactory(**facts | {"owner": other}, won_on=date(2026, 11, 2))
    assert booked(quota) == 0


@pytest.mark.parametrize(
    ("on", "left"), [(date(2026, 11, 3), 30_000), (date(2027, 1, 4), 41_000)]
)
def test_what_is_called_off_comes_off_in_the_quarter_of_its_own_day(on, left):
    quota = QuotaFactory()
    deal = won(quota, date(2026, 10, 20), amount=41_000)
    by = quota.rep.user
    deal.cancel(Decimal(11_000), on=on, words="Less of it.", by=by, at=NOON)
    assert booked(quota) == left


def test_ramp_and_a_late_start_lower_what_is_owed():
    # 91 days, from day 46 on: 46 days left. 200,000 × 0.5 × 46 ÷ 91.
    quota = QuotaFactory(ramp=Decimal("0.5"), starts_on=date(2026, 11, 19))
    assert round(quota.owed, 2) == Decimal("50549.45")
    standing = quota.standing(as_of=date(2026, 11, 19), booked=Decimal(0))
    assert standing.starts_on == date(2026, 11, 19)


def test_it_starts_inside_its_quarter():
    quota = QuotaFactory.build(quarter=QuotaFactory().quarter, organization=None)
    quota.starts_on = date(2027, 1, 4)
    with pytest.raises(ValidationError, match="inside the quarter"):
        quota.clean()


@pytest.mark.parametrize("later", [91_000, 0])
def test_after_somebodys_last_day_nothing_is_owed(later):
    """Not until the day from which on something else was to be owed, either."""
    quota = QuotaFactory(amount=182_000)  # 2,000 a day
    revise(quota, later, holds_from=date(2026, 12, 1))
    said = {"by": None, "at": NOON, "why": "Handed over: they left."}
    Quota.objects.end(quota.rep, after=date(2026, 11, 12), **said)
    assert Quota.objects.with_booked().get().owed == 39 * 2_000


def test_one_per_rep_and_quarter():
    quota = QuotaFactory()
    with pytest.raises(IntegrityError, match="quota_one_per_rep_and_quarter"):
        QuotaFactory(rep=quota.rep, quarter=quota.quarter)


def test_the_rep_the_manager_and_an_admin_see_it_and_a_peer_does_not():
    quota = QuotaFactory()
    organization = quota.organization
    peer = RepFactory(organization=organization, team=quota.rep.team).user
    admin = UserFactory(organization=organization, is_admin=True)
    see = [
        Quota.objects.visible_to(person).exists()
        for person in (quota.rep.user, quota.rep.team.manager, admin, peer)
    ]
    assert see == [True, True, True, False]
    assert Quota.objects.editable_by(admin).exists()
    assert not Quota.objects.editable_by(quota.rep.team.manager).exists()

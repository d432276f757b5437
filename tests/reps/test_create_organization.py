"""A new organization's two quarters, in its own fiscal year."""

from datetime import date

import pytest

from reps.create_organization import create_organization

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first_month", "names", "first_day"),
    [
        (1, ["Q4 2026", "Q1 2027"], date(2026, 10, 1)),
        (2, ["Q4 FY27", "Q1 FY28"], date(2026, 11, 1)),
    ],
)
def test_this_quarter_and_the_next_are_proposed(first_month, names, first_day):
    facts = {"today": date(2026, 11, 12), "first_month": first_month}
    organization = create_organization("Harbor Analytics", **facts)
    quarters = list(organization.quarters.order_by("starts_on"))
    assert [quarter.name for quarter in quarters] == names
    assert quarters[0].starts_on == first_day

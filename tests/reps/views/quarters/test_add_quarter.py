"""A quarter more, which shares no day with another."""

from datetime import date

import pytest
from django.urls import reverse

from reps.forms.quarter import QuarterForm
from reps.models import Quarter
from tests.factories.reps import NOON, QuarterFactory

pytestmark = pytest.mark.django_db

Q1 = {"name": "Q1 2027", "starts_on": "2027-01-04", "ends_on": "2027-04-04"}


def post(client, **changes):
    return client.post(reverse("reps:add_quarter"), Q1 | changes)


def test_it_adds_the_quarter(admin_client, organization):
    QuarterFactory(organization=organization)  # to 3 January

    assert post(admin_client).status_code == 302
    quarter = Quarter.objects.get(name="Q1 2027")
    assert (quarter.organization, quarter.ends_on) == (organization, date(2027, 4, 4))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": "Q4 2026"}, "name", "There is a quarter of this name already."),
        (
            {"starts_on": "2027-01-03"},
            "starts_on",
            "Another quarter already has these days.",
        ),
        (
            {"ends_on": "2027-01-04"},
            "ends_on",
            "The last day must come after the first.",
        ),
        ({"ends_on": "2027-01-20"}, "ends_on", "These are 17 days."),
        ({"ends_on": "2027-12-31"}, "ends_on", "These are 362 days."),
        ({"ends_on": "9999-12-31"}, "ends_on", "Use a year from 2000 to 2100."),
        ({"ends_on": "tomorrow"}, "ends_on", "Write a day of the calendar"),
    ],
)
def test_it_says_why_at_the_field(admin_client, organization, changes, field, words):
    QuarterFactory(organization=organization)
    response = post(admin_client, **changes)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert words in response.context["form"].errors[field][0]
    assert f'value="{(Q1 | changes)[field]}"' in response.text
    assert Quarter.objects.count() == 1


def test_another_organization_has_the_same_days(admin_client):
    QuarterFactory(starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4))
    assert post(admin_client).status_code == 302


def test_who_is_a_moment_later_reads_the_same_words(organization):
    form = QuarterForm(Q1, organization=organization, by=None, at=NOON)
    assert form.is_valid()
    QuarterFactory(organization=organization, ends_on=date(2027, 2, 1))

    assert not form.save_if_valid()
    assert form.errors == {"starts_on": ["Another quarter already has these days."]}


def test_the_last_day_comes_after_the_first(admin_client):
    facts = {"name": "Q2 2028", "starts_on": "2028-04-01", "ends_on": "2028-03-01"}
    response = admin_client.post(reverse("reps:add_quarter"), facts)

    assert response.status_code == 422
    said = {"ends_on": ["The last day must come after the first."]}
    assert response.context["form"].errors == said

"""A quarter's quotas, saved together."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories.reps import QuotaFactory, RepFactory
from tests.forms import form_in

pytestmark = pytest.mark.django_db


def cells(rep, amount, ramp="100", starts_on="2026-10-05"):
    row = {"amount": amount, "ramp": ramp, "starts_on": starts_on}
    return {f"rep-{rep.pk}-{name}": typed for name, typed in row.items()}


def post(client, quarter, typed):
    """With what the cells of whoever is typed for held before."""
    url = reverse("reps:set_quotas", args=[quarter.pk])
    page = client.get(reverse("reps:quotas", args=[quarter.pk]))
    was = {
        name: value
        for name, value in form_in(page, url).items()
        if name.removeprefix("initial-") in typed
    }
    return client.post(url, was | typed)


def kept(quarter):
    facts = ("rep__name", "amount", "ramp", "starts_on")
    return list(quarter.quotas.order_by("rep__name").values_list(*facts))


def test_it_sets_changes_and_removes(admin_client, quarter, grace):
    facts = {"organization": quarter.organization}
    changed = QuotaFactory(quarter=quarter, rep__name="Sofia", **facts)
    removed = QuotaFactory(quarter=quarter, rep__name="Theo", **facts)

    response = post(
        admin_client,
        quarter,
        cells(grace, "$150,000", "50", "2026-11-02")
        | cells(changed.rep, "210000")
        | cells(removed.rep, ""),
    )

    assert response.status_code == 302
    assert kept(quarter) == [
        ("Grace Mbeki", 150_000, Decimal("0.5"), date(2026, 11, 2)),
        ("Sofia", 210_000, 1, date(2026, 10, 5)),
    ]
    changed.refresh_from_db()  # the same row, with its history


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"amount": "lots"}, "amount", "Use an amount in figures"),
        ({"amount": "-1"}, "amount", "Use an amount of zero or more."),
        ({"amount": "9" * 18}, "amount", "more than anybody can sell"),
        ({"amount": "1", "ramp": "0"}, "ramp", "Use a percentage up to 100"),
        ({"amount": "1", "ramp": "120"}, "ramp", "Use a percentage up to 100"),
        (
            {"amount": "1", "starts_on": "2027-01-04"},
            "starts_on",
            "Choose a day inside the quarter.",
        ),
    ],
)
def test_one_wrong_cell_saves_nothing_and_says_why(
    admin_client, quarter, grace, typed, field, words
):
    theo = RepFactory(organization=quarter.organization, team=grace.team, name="Theo")
    response = post(
        admin_client, quarter, cells(grace, **typed) | cells(theo, "123456")
    )

    assert response.status_code == 422
    wrong = response.context["rows"][0].form
    assert wrong.instance.rep == grace
    assert list(wrong.errors) == [field]
    assert words in wrong.errors[field][0]
    assert 'value="123456"' in response.text
    assert kept(quarter) == []


def test_a_row_the_page_did_not_have_is_left_alone(admin_client, quarter, grace):
    """Another admin added somebody meanwhile: no cells of theirs were sent."""
    QuotaFactory(quarter=quarter, rep__name="New")

    post(admin_client, quarter, cells(grace, "150000"))

    assert [name for name, *_ in kept(quarter)] == ["Grace Mbeki", "New"]


def test_cells_for_another_organizations_rep_are_ignored(admin_client, quarter, grace):
    strange = RepFactory()

    post(admin_client, quarter, cells(strange, "150000"))

    assert kept(quarter) == []

"""A rep who came with an import: where they sell, and the address to sign in with."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.reps import (
    RepFactory,
    SegmentFactory,
    TeamFactory,
    UserFactory,
)
from tests.forms import form_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def irene(organization):
    return RepFactory(organization=organization, name="Irene", user=None)


def post(client, rep, **changes):
    url = reverse("reps:edit_rep", args=[rep.pk])
    sent = {}
    if not rep.user_id:
        sent = form_in(client.get(reverse("reps:people"), {"rep": rep.pk}), url)
    return client.post(url, sent | changes)


def test_it_saves_where_and_how_long_they_sell(admin_client, irene, mailoutbox):
    assert post(admin_client, irene, left_on="2026-12-31").status_code == 302

    irene.refresh_from_db()
    assert (irene.left_on, irene.user) == (date(2026, 12, 31), None)
    assert mailoutbox == []


def test_another_team_is_theirs_from_today(admin_client, irene):
    west = TeamFactory(organization=irene.organization, name="West")
    assert post(admin_client, irene, team=west.pk).status_code == 302
    irene.refresh_from_db()
    assert irene.team == west
    assert irene.team_changes.get().changed_by is not None
    assert irene.memberships.count() == 2


def test_it_says_whom_they_sell_to(admin_client, irene):
    enterprise = SegmentFactory(organization=irene.organization, name="Enterprise")

    assert post(admin_client, irene, segment=enterprise.pk).status_code == 302

    irene.refresh_from_db()
    assert irene.segment == enterprise


def test_with_an_address_they_can_sign_in(admin_client, irene, mailoutbox):
    assert post(admin_client, irene, email="Irene@example.org").status_code == 302

    irene.refresh_from_db()
    assert (irene.user.email, irene.user.name) == ("irene@example.org", "Irene")
    assert irene.user.organization == irene.organization
    assert not irene.user.has_usable_password()
    assert mailoutbox[0].to == ["irene@example.org"]


def test_a_colleague_with_that_address_becomes_the_rep(admin_client, irene):
    colleague = UserFactory(organization=irene.organization, email="i@example.org")

    post(admin_client, irene, email="i@example.org")

    irene.refresh_from_db()
    assert irene.user == colleague


@pytest.mark.parametrize("holder", ["another rep", "another organization"])
def test_it_refuses_the_address_of_somebody_else(admin_client, irene, holder):
    if holder == "another rep":
        taken = RepFactory(organization=irene.organization).user.email
    else:
        taken = UserFactory().email
    response = post(admin_client, irene, email=taken)

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "email": ["Somebody already has this address."]
    }
    assert f'value="{taken}"' in response.text


def test_the_last_day_comes_after_the_first(admin_client, irene):
    response = post(admin_client, irene, joined_on="2026-11-02", left_on="2026-11-01")
    said = {"left_on": ["The last day comes before the first."]}
    assert response.context["form"].errors == said


@pytest.mark.parametrize("field", ["joined_on", "left_on"])
def test_it_takes_no_year_that_is_a_slip(admin_client, irene, field):
    response = post(admin_client, irene, **{field: "0001-01-01"})
    assert response.context["form"].errors == {field: ["Use a year from 2000 to 2100."]}


def test_a_rep_somebody_signs_in_as_is_changed_as_a_person(admin_client, organization):
    grace = RepFactory(organization=organization)
    response = post(admin_client, grace, name="Somebody else")

    assert response.headers["Location"].endswith(f"/people/?edit={grace.user_id}")
    grace.refresh_from_db()
    assert grace.name != "Somebody else"

"""The operator's pages: organizations and people, and nothing anybody wrote."""

import pytest
from django.contrib import admin
from django.urls import reverse

from reps.models import Organization, User
from tests.factories.reps import OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client):
    person = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


def test_it_holds_organizations_and_people_and_no_more():
    assert set(admin.site._registry) == {Organization, User}


@pytest.mark.parametrize("model", ["organization", "user"])
def test_every_page_opens_for_the_operator(client, operator, model):
    row = {"organization": operator.organization, "user": operator}[model]
    for page, args in (("changelist", []), ("add", []), ("change", [row.pk])):
        url = reverse(f"admin:reps_{model}_{page}", args=args)
        assert client.get(url).status_code == 200


def test_an_organizations_currency_is_not_the_operators_to_change(client, operator):
    office = operator.organization
    url = reverse("admin:reps_organization_change", args=[office.pk])
    fields = client.get(url).context["adminform"].form.initial
    client.post(url, fields | {"name": "Renamed", "currency": "EUR"})
    office.refresh_from_db()
    assert (office.name, office.currency) == ("Renamed", "USD")


def test_an_operator_adds_a_person_who_has_no_password_yet(client, operator):
    facts = {
        "email": "new@example.org",
        "name": "New",
        "organization": operator.organization.pk,
        "usable_password": "false",
    }
    client.post(reverse("admin:reps_user_add"), facts)
    person = User.objects.get(email="new@example.org")
    assert (person.name, person.has_usable_password()) == ("New", False)


def test_nobody_is_moved_to_another_organization(client, operator):
    person = UserFactory(organization=operator.organization)
    facts = {"email": person.email, "name": "Renamed", "is_active": "on"}
    there = OrganizationFactory()
    url = reverse("admin:reps_user_change", args=[person.pk])
    client.post(url, facts | {"organization": there.pk})
    person.refresh_from_db()
    assert (person.name, person.organization) == ("Renamed", operator.organization)


def test_an_organizations_admin_is_not_an_operator(client):
    client.force_login(UserFactory(is_admin=True))
    assert client.get(reverse("admin:index")).status_code in {302, 403}


def test_the_operator_signs_in_at_the_same_door(client):
    there = client.get(reverse("admin:login"), follow=True).redirect_chain[-1][0]
    assert there.startswith(reverse("account_login"))

"""A team more."""

import pytest
from django.urls import reverse

from reps.forms.people.team import TeamForm
from reps.models import Team
from tests.factories.reps import TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


def post(client, **facts):
    return client.post(reverse("reps:add_team"), {"name": "West"} | facts)


def test_it_adds_the_team(admin_client, admin):
    assert post(admin_client, manager=admin.pk).status_code == 302

    team = Team.objects.get()
    assert (team.organization, team.manager) == (admin.organization, admin)


def test_it_refuses_a_name_twice_and_keeps_the_words(admin_client, organization):
    TeamFactory(organization=organization, name="West")
    response = post(admin_client)

    assert response.status_code == 422
    said = {"name": ["There is a team of this name already."]}
    assert response.context["form"].errors == said
    assert 'value="West"' in response.text


def test_another_organization_may_have_a_team_of_that_name(admin_client, organization):
    TeamFactory(name="West")
    assert post(admin_client).status_code == 302


@pytest.mark.parametrize("field", ["manager", "above"])
def test_it_refuses_what_belongs_to_another_organization(admin_client, field):
    strange = {"manager": UserFactory(), "above": TeamFactory()}[field]
    response = post(admin_client, **{field: strange.pk})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_who_is_a_moment_later_reads_the_same_words(organization):
    """The database refuses what was still free when the form looked."""
    form = TeamForm({"name": "West"}, organization=organization)
    assert form.is_valid()
    TeamFactory(organization=organization, name="West")

    assert not form.save_if_valid()
    assert form.errors == {"name": ["There is a team of this name already."]}
    assert Team.objects.count() == 1

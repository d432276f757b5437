"""One thing more that a stage asks for."""

import pytest
from django.urls import reverse

from reps.models import ExitCriterion
from tests.factories.reps import ExitCriterionFactory, StageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(organization):
    return StageFactory(organization=organization, name="Discovery")


def post(client, stage, words="We know who decides"):
    url = reverse("reps:add_exit_criterion", args=[stage.pk])
    return client.post(url, {"words": words})


def test_it_is_asked_for_last(admin_client, stage):
    ExitCriterionFactory(stage=stage, order=4)

    assert post(admin_client, stage).status_code == 302
    criterion = ExitCriterion.objects.get(words="We know who decides")
    assert (criterion.stage, criterion.order) == (stage, 5)


def test_htmx_gets_the_list_alone(htmx_admin_client, stage):
    response = post(htmx_admin_client, stage)

    assert response.status_code == 200
    assert "<html" not in response.text
    assert "Discovery has one exit criterion more." in response.text


@pytest.mark.parametrize("client_of", ["admin_client", "htmx_admin_client"])
def test_the_same_words_twice_are_refused_and_kept(request, stage, client_of):
    post(request.getfixturevalue("admin_client"), stage)
    response = post(request.getfixturevalue(client_of), stage)

    assert response.status_code == 422
    assert "This stage asks for that already." in response.text
    assert 'value="We know who decides"' in response.text
    assert ExitCriterion.objects.count() == 1


def test_another_stage_may_ask_the_same(admin_client, stage):
    other = StageFactory(organization=stage.organization, order=2)
    post(admin_client, stage)
    assert post(admin_client, other).status_code == 302

"""What a stage asks for no longer, or again."""

import pytest
from django.urls import reverse

from tests.factories.reps import DealFactory, ExitCriterionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def criterion(organization):
    return ExitCriterionFactory(organization=organization)


def post(client, criterion, **facts):
    return client.post(
        reverse("reps:retire_exit_criterion", args=[criterion.pk]), facts
    )


def test_deals_are_no_longer_held_to_it_until_it_is_back(admin_client, criterion):
    deal = DealFactory(stage=criterion.stage)

    assert post(admin_client, criterion).status_code == 302
    assert deal.unmet_criteria() == []

    post(admin_client, criterion)  # a double click retires it once
    assert deal.unmet_criteria() == []

    post(admin_client, criterion, back="1")
    assert deal.unmet_criteria() == [criterion.words]


def test_htmx_gets_the_list_alone(htmx_admin_client, criterion):
    response = post(htmx_admin_client, criterion)

    assert response.status_code == 200
    assert "<html" not in response.text
    assert "The exit criterion of Stage 1 is retired." in response.text

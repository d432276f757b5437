"""A stage no deal has ever stood in."""

from datetime import date

import pytest
from django.urls import reverse

from reps.models import ExitCriterion, Stage
from tests.factories.reps import (
    NOON,
    DealFactory,
    ExitCriterionFactory,
    StageFactory,
)

pytestmark = pytest.mark.django_db


def post(client, stage):
    url = reverse("reps:remove_stage", args=[stage.pk])
    return client.post(url, follow=True)


def test_it_goes_with_what_it_asks_for(admin_client, organization):
    asked = ExitCriterionFactory(organization=organization)

    assert "is removed." in post(admin_client, asked.stage).text
    assert not Stage.objects.exists()
    assert not ExitCriterion.objects.exists()


def test_a_stage_deals_have_left_stays_with_all_it_asks_for(admin_client, organization):
    asked = ExitCriterionFactory(organization=organization)
    deal = DealFactory(organization=organization, stage=asked.stage)
    deal.move_to(
        StageFactory(organization=organization, order=2),
        by=deal.owner.user,
        on=date(2026, 11, 12),
        at=NOON,
        reason="as the test says",
    )

    assert "Deals have stood in Stage 1." in post(admin_client, asked.stage).text
    assert ExitCriterion.objects.filter(pk=asked.pk).exists()

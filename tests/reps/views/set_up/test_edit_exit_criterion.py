"""What a stage asks for, in other words."""

import pytest
from django.urls import reverse

from reps.models import MetCriterion
from tests.factories.reps import NOON, DealFactory, ExitCriterionFactory
from tests.forms import form_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def criterion(organization):
    return ExitCriterionFactory(organization=organization, words="We know who")


def post(client, criterion, words):
    url = reverse("reps:edit_exit_criterion", args=[criterion.pk])
    page = client.get(reverse("reps:stages"), {"criterion": criterion.pk})
    sent = form_in(page, url)
    return client.post(url, sent | {"words": words})


def test_its_ticks_stay(admin_client, criterion):
    deal = DealFactory(stage=criterion.stage)
    deal.meet(criterion, by=deal.owner.user, at=NOON)

    assert post(admin_client, criterion, "We know who decides").status_code == 302

    criterion.refresh_from_db()
    assert criterion.words == "We know who decides"
    assert MetCriterion.objects.get().criterion == criterion


@pytest.mark.parametrize("client_of", ["admin_client", "htmx_admin_client"])
def test_what_the_stage_asks_already_is_refused_and_kept(request, criterion, client_of):
    ExitCriterionFactory(stage=criterion.stage, words="The date")
    response = post(request.getfixturevalue(client_of), criterion, "The date")

    assert response.status_code == 422
    assert "This stage asks for that already." in response.text
    assert 'value="The date"' in response.text

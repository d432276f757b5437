"""The stages of the board, and what each asks for."""

import pytest
from django.urls import reverse

from tests.factories.reps import DealFactory, ExitCriterionFactory, StageFactory

pytestmark = pytest.mark.django_db


def page(client, **query):
    return client.get(reverse("reps:stages"), query)


def test_they_stand_in_the_order_of_the_board(admin_client, organization):
    StageFactory(organization=organization, order=2, name="Proposal")
    StageFactory(
        organization=organization, order=1, name="Prospect", is_opportunity=False
    )

    rows = page(admin_client).context["rows"]

    assert [row.stage.name for row in rows] == ["Prospect", "Proposal"]
    assert [row.counts_from_here for row in rows] == [False, True]


def test_what_is_no_longer_asked_for_stands_apart(admin_client, organization):
    asked = ExitCriterionFactory(organization=organization)
    retired = ExitCriterionFactory(
        organization=organization, stage=asked.stage, is_retired=True
    )

    row = page(admin_client).context["rows"][0]

    assert (row.asked, row.retired) == ([asked], [retired])


def test_only_a_stage_no_deal_has_stood_in_can_be_removed(admin_client, organization):
    used = StageFactory(organization=organization, order=1)
    unused = StageFactory(organization=organization, order=2)
    DealFactory(organization=organization, stage=used)

    html = page(admin_client).text

    assert reverse("reps:remove_stage", args=[unused.pk]) in html
    assert reverse("reps:remove_stage", args=[used.pk]) not in html


def test_a_link_opens_the_form_of_a_criterion_in_its_place(admin_client, organization):
    asked = ExitCriterionFactory(organization=organization, words="We know who decides")

    html = page(admin_client, criterion=asked.pk).text

    assert reverse("reps:edit_exit_criterion", args=[asked.pk]) in html
    assert 'value="We know who decides"' in html


@pytest.mark.parametrize("count", [1, 6])
def test_it_costs_the_same_however_many_stages(
    admin_client, organization, count, django_assert_num_queries
):
    for order in range(1, count + 1):
        stage = StageFactory(organization=organization, order=order)
        ExitCriterionFactory.create_batch(2, organization=organization, stage=stage)

    # session, user, organization, stages, the unused ones, criteria;
    # and the masthead
    with django_assert_num_queries(7):
        page(admin_client)

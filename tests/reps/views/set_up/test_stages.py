"""The stages of the board, and what each asks for."""

import pytest
from django.urls import reverse

from tests.factories.reps import DealFactory, ExitCriterionFactory, StageFactory
from tests.pages import words

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

    assert f"?remove={unused.pk}" in html
    assert f"?remove={used.pk}" not in html


def test_it_asks_before_a_stage_goes(admin_client, organization):
    unused = StageFactory(organization=organization, name="Pilot")
    gone = reverse("reps:remove_stage", args=[unused.pk])
    assert gone not in page(admin_client).text

    asked = page(admin_client, remove=unused.pk).text

    assert f'action="{gone}"' in asked
    assert "Remove Pilot? No deal has ever been in it." in words(asked)
    assert "Remove it Keep it" in words(asked)
    unused.refresh_from_db()


def test_it_asks_before_a_criterion_is_retired_and_says_how_it_comes_back(
    admin_client, organization
):
    asked_for = ExitCriterionFactory(organization=organization, words="Budget is known")
    act = reverse("reps:retire_exit_criterion", args=[asked_for.pk])
    assert act not in page(admin_client).text

    asked = page(admin_client, retire=asked_for.pk).text

    assert f'action="{act}"' in asked
    assert "Retire “Budget is known”? Deals leave Stage 1 without it" in words(asked)
    assert "You can bring it back at any time" in words(asked)
    asked_for.refresh_from_db()
    assert not asked_for.is_retired


def test_what_is_retired_already_is_not_asked_about(admin_client, organization):
    gone = ExitCriterionFactory(organization=organization, is_retired=True)
    answer = admin_client.get(reverse("reps:stages"), {"retire": gone.pk})
    assert answer.status_code == 404


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

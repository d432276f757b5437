"""The front page of set-up: what is there, and what is missing to start."""

import pytest
from django.urls import reverse

from tests.factories.reps import (
    ActivityKindFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


def steps(client):
    response = client.get(reverse("reps:set_up"))
    return {step.name: (step.is_done, step.words) for step in response.context["steps"]}


def test_a_new_organization_has_everything_still_to_do(admin_client):
    told = steps(admin_client)

    assert list(told) == [
        "Quarters",
        "Stages",
        "Activities",
        "Teams",
        "People",
        "Quotas",
    ]
    assert not any(done for done, _ in told.values())


def test_what_is_there_is_done_and_said_in_words(admin_client, organization):
    team = TeamFactory(organization=organization)
    rep = RepFactory(organization=organization, team=team)
    StageFactory(organization=organization, name="Discovery")
    ActivityKindFactory(organization=organization)
    QuotaFactory(organization=organization, rep=rep)

    assert steps(admin_client) == {
        "Quarters": (True, "It is Q4 2026, to 3 January 2027."),
        "Stages": (True, "1 stage. Deals count as opportunities from Discovery on."),
        "Activities": (True, "1 activity. Demos held is the leading one."),
        "Teams": (True, "1 team, with a manager."),
        "People": (True, "1 rep. 2 people have not signed in yet."),
        "Quotas": (True, "1 of 1 have a quota for Q4 2026."),
    }


def test_what_is_half_done_says_what_is_missing(admin_client, organization):
    team = TeamFactory(organization=organization, name="West", manager=None)
    RepFactory(organization=organization, team=team, user=None)
    StageFactory(organization=organization, is_opportunity=False)
    ActivityKindFactory(organization=organization, is_leading=False)
    QuarterFactory(organization=organization)

    told = steps(admin_client)

    assert told["Stages"][1].startswith("Say from which stage")
    assert told["Activities"][1] == "Say which one is the leading activity."
    assert told["Teams"][1] == "Without a manager: West."
    assert told["People"] == (False, "1 rep. 1 has no address yet.")
    assert told["Quotas"] == (False, "0 of 1 have a quota for Q4 2026.")


def test_it_shows_the_organizations_facts(admin_client):
    page = admin_client.get(reverse("reps:set_up")).text

    assert "Harbor Analytics" in page
    assert "$10,000" in page
    assert "30%" in page
    assert "Mon, Tue, Wed, Thu, Fri" in page


def test_until_it_is_closed_the_checklist_stands_there(admin_client, organization):
    organization.open_checklist()

    answer = admin_client.get(reverse("reps:set_up"))

    assert "1 of 8 are there" in answer.text
    assert answer.text.count("Bring a file") == 4
    assert answer.text.count("Start with ours") == 3
    assert answer.context["steps"] == []


@pytest.mark.parametrize("count", [1, 9])
def test_it_costs_the_same_however_much_there_is(
    admin_client, organization, count, django_assert_num_queries
):
    RepFactory.create_batch(count, organization=organization)
    QuarterFactory(organization=organization)

    # session, user, organization, teams, the checklist, quarter, stages, activities,
    # people: three, quotas: two; products, and the masthead
    with django_assert_num_queries(15):
        admin_client.get(reverse("reps:set_up"))

"""Everybody of the organization."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from tests.factories.reps import (
    NOON,
    RepFactory,
    SegmentFactory,
    TeamFactory,
    UserFactory,
)
from tests.pages import words

pytestmark = pytest.mark.django_db


def groups(client):
    response = client.get(reverse("reps:people"))
    return {
        group.name: [row.name for row in group.rows]
        for group in response.context["groups"]
    }


def test_they_stand_by_team_by_name_and_those_who_left_apart(
    admin_client, organization
):
    facts = {"organization": organization}
    manager = UserFactory(name="Erin Cole", **facts)
    west = TeamFactory(name="West", manager=manager, **facts)
    RepFactory(name="Zane", team=west, **facts)
    RepFactory(name="Ängel", team=west, **facts)
    RepFactory(name="Imported Irene", team=west, user=None, **facts)
    RepFactory(name="Gone Gary", team=west, left_on=date(2020, 1, 1), **facts)
    UserFactory(name="Closed Clara", is_active=False, **facts)
    UserFactory(name="Strange")

    assert groups(admin_client) == {
        "West": ["Ängel", "Imported Irene", "Zane"],
        "Not selling": ["Ada Keeper", "Erin Cole"],
        "Left": ["Closed Clara", "Gone Gary"],
    }


def test_whom_they_sell_to_stands_there_once_there_are_several(
    admin_client, organization
):
    facts = {"organization": organization, "user__email": "zane@example.org"}
    RepFactory(name="Zane", **facts)
    page = reverse("reps:people")
    assert "General" not in admin_client.get(page).text

    SegmentFactory(organization=organization, name="Enterprise")

    assert "zane@example.org · General" in words(admin_client.get(page).text)


@pytest.mark.parametrize(
    ("facts", "words", "can_be_sent_the_link"),
    [
        ({"email": None}, "No address yet", False),
        ({}, "Not invited yet", True),
        (
            {"invited_at": datetime(2026, 11, 12, tzinfo=UTC)},
            "Invited 12 Nov, has not signed in yet",
            True,
        ),
        ({"last_login": NOON}, "grace@example.org", False),
        ({"last_login": NOON, "is_hr_partner": True}, "HR partner", False),
        ({"is_active": False}, "May not sign in", False),
    ],
)
def test_it_says_how_far_somebody_is_from_signing_in(
    admin_client, organization, facts, words, can_be_sent_the_link
):
    grace = UserFactory(
        **{"organization": organization, "email": "grace@example.org"} | facts
    )

    page = admin_client.get(reverse("reps:people")).text

    assert words in page
    link = reverse("reps:send_invitation", args=[grace.pk])
    assert (link in page) == can_be_sent_the_link


@pytest.mark.parametrize("count", [1, 9])
def test_it_costs_the_same_however_many_people(
    admin_client, organization, count, django_assert_num_queries
):
    RepFactory.create_batch(count, organization=organization)

    # session, user, organization, people with where they sell, the teams they run,
    # reps nobody signs in as, the teams to choose from; and the masthead
    with django_assert_num_queries(8):
        admin_client.get(reverse("reps:people"))


def test_whoever_has_left_is_not_told_to_be_invited(admin_client, organization):
    gone = RepFactory(organization=organization, left_on=date(2026, 6, 5))
    html = admin_client.get(reverse("reps:people")).text
    shown = words(html[html.index("<main") : html.index("<aside")])
    [_others, own] = shown.split(f" {gone.name} ", 1)
    assert "last day 5 June 2026" in own
    assert "Not invited yet" not in own
    assert "Send the link" not in own

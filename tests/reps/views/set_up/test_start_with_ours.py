"""One press starts with the calendar's quarter, our stages or our activities."""

import pytest
from django.urls import reverse

from reps.create_organization import Ours
from tests.factories.reps import StageFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


def start(client, what):
    url = reverse("reps:start_with_ours", args=[what])
    return client.post(url, follow=True)


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("quarters", ["Q4 2026", "Q1 2027"]),
        (
            "stages",
            ["Qualified", "Needs agreed", "Solution shown", "Proposal", "Contract"],
        ),
        (
            "activity_kinds",
            [
                "Demos held",
                "Calls to new customers",
                "Discovery meetings",
                "Proposals sent",
                "Follow-ups",
            ],
        ),
    ],
)
def test_it_adds_what_there_is_none_of(admin_client, organization, what, names):
    answer = start(admin_client, what)

    assert "It is there, and changes whenever you like." in answer.text
    rows = getattr(organization, what).order_by("pk")
    assert [row.name for row in rows] == names
    others = {each.value for each in Ours} - {what}
    assert not any(getattr(organization, each).exists() for each in others)


def test_ones_own_stay_as_they_are(admin_client, organization):
    StageFactory(organization=organization, name="Discovery")

    answer = start(admin_client, "stages")

    assert "it stays as it is" in answer.text
    assert [stage.name for stage in organization.stages.all()] == ["Discovery"]


def test_pressed_twice_it_adds_once(admin_client, organization):
    start(admin_client, "activity_kinds")
    start(admin_client, "activity_kinds")
    assert organization.activity_kinds.count() == 5


def test_there_is_nothing_else_of_ours(admin_client):
    assert start(admin_client, "deals").status_code == 404


def test_whoever_is_no_admin_finds_nothing(client, rep):
    client.force_login(rep.team.manager)
    assert start(client, "stages").status_code == 404
    assert not rep.organization.stages.exists()

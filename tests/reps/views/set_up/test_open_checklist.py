"""The first checklist, closed before all was there, is opened again from Set-up."""

import pytest
from django.urls import reverse

from tests.factories.reps import RepFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
OPEN = reverse("reps:open_checklist")


def test_it_stands_on_set_up_again(admin_client):
    before = admin_client.get(reverse("reps:set_up")).text
    assert OPEN in before
    assert 'id="checklist"' not in before

    answer = admin_client.post(OPEN, follow=True)

    assert 'id="checklist"' in answer.text
    assert OPEN not in answer.text


def test_whoever_is_no_admin_finds_nothing(client):
    rep = RepFactory()
    client.force_login(rep.team.manager)
    assert client.post(OPEN).status_code == 404
    rep.organization.refresh_from_db()
    assert rep.organization.checklist_closed_at

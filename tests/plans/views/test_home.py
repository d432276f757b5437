"""The front door leads each person to their own first page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.reps import (
    OrganizationFactory,
    RepFactory,
    UserFactory,
    todays_date,
)

pytestmark = pytest.mark.django_db
HOME = reverse("plans:home")


def test_it_leads_a_manager_to_the_team(client):
    client.force_login(RepFactory().team.manager)
    assert client.get(HOME).url == reverse("plans:team_board")


def test_it_leads_a_rep_to_their_own_week(client):
    rep = RepFactory()
    client.force_login(rep.user)
    assert client.get(HOME).url == reverse("plans:my_week", args=[rep.pk])


@pytest.mark.parametrize(
    ("days", "page"), [(0, "plans:my_week"), (1, "plans:rep_detail")]
)
def test_it_leads_whoever_left_to_the_page_that_says_so(client, days, page):
    rep = RepFactory()
    rep.left_on = todays_date(rep.organization) - timedelta(days=days)
    rep.save()
    client.force_login(rep.user)
    assert client.get(HOME).url == reverse(page, args=[rep.pk])


def test_it_leads_an_admin_to_the_set_up(client):
    client.force_login(UserFactory(is_admin=True))
    assert client.get(HOME).url == reverse("reps:set_up")


def test_it_leads_an_admin_who_sells_there_until_all_is_brought_in(client):
    rep = RepFactory(user__is_admin=True)
    client.force_login(rep.user)
    assert client.get(HOME).url == reverse("plans:my_week", args=[rep.pk])

    rep.organization.open_checklist()
    assert client.get(HOME).url == reverse("reps:set_up")


def test_it_tells_anybody_else_whom_to_ask(client):
    organization = OrganizationFactory(name="Harbor")
    client.force_login(UserFactory(organization=organization, is_hr_partner=True))
    assert "not on a team of Harbor yet" in client.get(HOME).text

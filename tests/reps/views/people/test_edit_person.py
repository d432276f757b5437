"""Somebody who is there already."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from reps.forms.people.person import KnownPersonForm
from tests.factories.reps import (
    NOON,
    QuotaFactory,
    RepFactory,
    SegmentFactory,
    TeamFactory,
    UserFactory,
)
from tests.forms import form_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace(organization):
    return RepFactory(organization=organization, name="Grace Mbeki").user


def opened(client, person):
    """What the form holds, as the browser would send it back."""
    page = client.get(reverse("reps:people"), {"edit": person.pk})
    return form_in(page, reverse("reps:edit_person", args=[person.pk]))


def save(client, person, sent):
    return client.post(reverse("reps:edit_person", args=[person.pk]), sent)


def post(client, person, **changes):
    return save(client, person, opened(client, person) | changes)


def test_it_saves_who_they_are_and_where_they_sell(admin_client, grace):
    west = TeamFactory(organization=grace.organization)
    facts = {"name": "Grace M.", "team": west.pk, "time_zone": "Asia/Tokyo"}
    assert post(admin_client, grace, **facts, left_on="2026-12-31").status_code == 302

    grace.refresh_from_db()
    assert (grace.name, grace.time_zone) == ("Grace M.", "Asia/Tokyo")
    assert (grace.rep.name, grace.rep.team) == ("Grace M.", west)
    assert grace.rep.left_on == date(2026, 12, 31)


@pytest.fixture
def west(grace):
    return TeamFactory(organization=grace.organization, name="West")


@pytest.mark.usefixtures("thursday_of_week_6")
def test_another_team_is_theirs_from_today_by_the_admin(
    admin_client, admin, grace, west
):
    before = grace.rep.team
    assert post(admin_client, grace, team=west.pk).status_code == 302
    days = grace.rep.memberships.order_by("ends_on")
    assert [(row.team, row.starts_on) for row in days] == [
        (before, None),
        (west, NOON.date()),
    ]
    assert grace.rep.team_changes.get().changed_by == admin


@pytest.mark.usefixtures("thursday_of_week_6")
def test_as_of_an_earlier_day_it_asks_why(admin_client, grace, west):
    moved = {"team": west.pk, "since": "2026-10-19"}
    refused = post(admin_client, grace, **moved)
    assert refused.status_code == 422
    assert "Say why: it changes what two teams booked." in refused.text
    assert 'value="2026-10-19"' in refused.text
    why = "She has sold there since the fair."
    assert post(admin_client, grace, **moved, why=why).status_code == 302
    written = grace.rep.team_changes.get()
    assert (written.since, written.why) == (date(2026, 10, 19), why)


def test_a_day_without_another_team_is_asked_about(admin_client, grace):
    refused = post(admin_client, grace, since="2026-10-19")
    assert refused.status_code == 422
    assert "That is their team already." in refused.text


@pytest.mark.usefixtures("thursday_of_week_6")
def test_not_as_of_a_day_to_come(admin_client, grace, west):
    refused = post(admin_client, grace, team=west.pk, since="2026-11-13", why="Soon.")
    assert refused.status_code == 422
    assert "That day is still to come" in refused.text


@pytest.mark.usefixtures("thursday_of_week_6")
def test_two_admins_do_not_move_somebody_back(admin_client, grace, west):
    """The second form was opened before the first was saved, and is about the name."""
    held = opened(admin_client, grace)
    post(admin_client, grace, team=west.pk)
    assert save(admin_client, grace, held | {"name": "Grace M."}).status_code == 302
    grace.refresh_from_db()
    assert (grace.name, grace.rep.team) == ("Grace M.", west)
    assert grace.rep.team_changes.count() == 1


@pytest.mark.usefixtures("thursday_of_week_6")
def test_the_quota_ends_with_the_last_day(admin_client, grace):
    quota = QuotaFactory(rep=grace.rep, amount=182_000)  # 2,000 a day
    post(admin_client, grace, left_on="2026-11-01")
    quota.refresh_from_db()
    assert quota.owed == 28 * 2_000
    assert quota.revisions.last().why == "Their last day was 1 November 2026."
    post(admin_client, grace, name="Grace M.")
    assert quota.revisions.count() == 2


def test_somebody_who_did_not_sell_begins_to(admin_client, organization):
    hana = UserFactory(organization=organization, name="Hana Ruiz")
    team = TeamFactory(organization=organization)

    assert post(admin_client, hana, team=team.pk).status_code == 302
    hana.refresh_from_db()
    assert (hana.rep.team, hana.rep.name) == (team, "Hana Ruiz")


def test_nobody_is_taken_out_of_their_team(admin_client, grace):
    response = post(admin_client, grace, team="")

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["team"]
    assert "Say on which day they left" in response.text


def test_the_last_day_comes_after_the_first(admin_client, grace):
    response = post(admin_client, grace, joined_on="2026-11-02", left_on="2026-11-01")

    assert response.context["form"].errors == {
        "left_on": ["The last day comes before the first."]
    }


@pytest.mark.parametrize("field", ["joined_on", "left_on"])
def test_it_takes_no_year_that_is_a_slip(admin_client, grace, field):
    response = post(admin_client, grace, **{field: "9999-12-31"})
    assert response.context["form"].errors == {field: ["Use a year from 2000 to 2100."]}


def test_who_may_not_sign_in_any_more_is_out_at_once(admin_client, client, grace):
    client.force_login(grace)
    sent = opened(admin_client, grace)
    del sent["is_active"]

    save(admin_client, grace, sent)

    assert client.get(reverse("plans:home")).status_code == 302  # to sign in
    grace.refresh_from_db()
    assert not grace.is_active


def test_an_old_address_no_longer_opens_the_account(admin_client, grace):
    EmailAddress.objects.create(user=grace, email=grace.email, primary=True)

    post(admin_client, grace, email="grace@elsewhere.example")

    assert not EmailAddress.objects.exists()


def test_a_password_chosen_in_the_meantime_stays(
    admin_client, organization, grace, admin
):
    sent = QueryDict(urlencode(opened(admin_client, grace)))
    form = KnownPersonForm(
        sent, instance=grace, organization=organization, by=admin, at=NOON
    )
    type(grace).objects.filter(pk=grace.pk).update(password="chosen", last_login=NOON)

    assert form.save_if_valid()
    grace.refresh_from_db()
    assert (grace.password, grace.last_login) == ("chosen", NOON)


def test_an_admin_does_not_lock_themselves_out(admin_client, admin):
    sent = opened(admin_client, admin)
    assert not {"is_admin", "is_active"} & sent.keys()
    response = save(admin_client, admin, sent | {"name": "Ada K."})

    assert response.status_code == 302
    admin.refresh_from_db()
    assert (admin.name, admin.is_admin, admin.is_active) == ("Ada K.", True, True)


def test_an_admin_does_not_give_themselves_the_mark_of_hr(admin_client, admin):
    sent = opened(admin_client, admin)
    assert "is_hr_partner" not in sent
    assert save(admin_client, admin, sent | {"is_hr_partner": "on"}).status_code == 302
    admin.refresh_from_db()
    assert not admin.is_hr_partner

    other = UserFactory(organization=admin.organization, name="Bo", is_admin=True)
    client = Client()
    client.force_login(other)
    assert post(client, admin, is_hr_partner="on").status_code == 302
    admin.refresh_from_db()
    assert admin.is_hr_partner
    assert post(admin_client, admin, name="Ada K.").status_code == 302
    admin.refresh_from_db()
    assert (admin.name, admin.is_hr_partner) == ("Ada K.", True)


def test_an_admin_keeps_an_address(admin_client, admin):
    response = post(admin_client, admin, email="")
    assert response.context["form"].errors == {"email": ["Write an e-mail address."]}


def test_two_admins_do_not_leave_nobody(admin_client, organization, admin):
    """Bo takes the mark from Ada in the moment in which Ada takes it from Bo."""
    other = UserFactory(organization=organization, name="Bo", is_admin=True)
    sent = opened(admin_client, other)
    del sent["is_admin"]
    type(admin).objects.filter(pk=admin.pk).update(is_admin=False)

    sent = QueryDict(urlencode(sent))
    form = KnownPersonForm(
        sent, instance=other, organization=organization, by=admin, at=NOON
    )

    assert not form.save_if_valid()
    assert form.errors == {"is_admin": ["There must be an admin, who can sign in."]}


def test_it_shows_the_words_again_when_the_address_is_taken(admin_client, grace, admin):
    response = post(admin_client, grace, name="Grace M.", email=admin.email.upper())

    assert response.status_code == 422
    assert "Somebody already has this address." in response.text
    assert 'value="Grace M."' in response.text
    assert "Change Grace Mbeki" in response.text


# --- Segments -------------------------------------------------------------------------


@pytest.fixture
def enterprise(organization):
    return SegmentFactory(organization=organization, name="Enterprise")


def test_it_says_whom_they_sell_to(admin_client, grace, enterprise):
    assert post(admin_client, grace, segment=enterprise.pk).status_code == 302

    grace.rep.refresh_from_db()
    assert grace.rep.segment == enterprise
    assert opened(admin_client, grace)["segment"] == str(enterprise.pk)


def test_with_one_segment_nobody_hears_of_it(admin_client, grace):
    sent = opened(admin_client, grace)
    page = admin_client.get(reverse("reps:people"), {"edit": grace.pk}).text

    assert "segment" not in sent
    assert "General" not in page
    assert save(admin_client, grace, sent | {"name": "Grace M."}).status_code == 302
    grace.rep.refresh_from_db()
    assert grace.rep.segment.is_default


def test_a_form_from_before_there_were_several_leaves_it(
    admin_client, organization, grace
):
    sent = opened(admin_client, grace)
    grace.rep.segment = SegmentFactory(organization=organization, name="Enterprise")
    grace.rep.save()

    assert save(admin_client, grace, sent | {"name": "Grace M."}).status_code == 302
    grace.rep.refresh_from_db()
    assert (grace.rep.name, grace.rep.segment.name) == ("Grace M.", "Enterprise")


def test_who_begins_to_sell_begins_in_the_default_one(
    admin_client, organization, enterprise
):
    hana = UserFactory(organization=organization, name="Hana Ruiz")
    team = TeamFactory(organization=organization)

    assert post(admin_client, hana, team=team.pk).status_code == 302
    hana.refresh_from_db()
    assert hana.rep.segment.is_default


def test_another_organizations_segment_is_none_of_theirs(
    admin_client, grace, enterprise
):
    strange = SegmentFactory(name="Strange")
    response = post(admin_client, grace, segment=strange.pk)

    assert response.context["form"].errors == {
        "segment": ["Choose one of your segments."]
    }

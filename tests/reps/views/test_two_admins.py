"""Two admins with one form of set-up open: nothing of either's is lost in silence."""

from datetime import time

import pytest
from django.test import Client
from django.urls import reverse

from reps.models import Organization, Quota, Rep
from tests.factories.reps import (
    ActivityKindFactory,
    ExitCriterionFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
    UserFactory,
)
from tests.forms import form_in

pytestmark = pytest.mark.django_db

WHY = {"why": "As agreed."}  # asked of a quarter that has begun

# By the address of the form: what makes its row; the page it is on, and what opens it
# there; then a fact that the first one changes, in the words of the form, and what the
# second one types for it.
FORMS = {
    "edit_organization": (
        lambda organization: organization,
        ("set_up", "edit"),
        ("currency", "EUR", "CHF", "EUR"),
    ),
    "edit_team": (
        lambda organization: TeamFactory(organization=organization, name="West"),
        ("teams", "edit"),
        ("name", "Far West", "Wild West", "Far West"),
    ),
    "edit_quarter": (
        lambda organization: QuarterFactory(organization=organization),
        ("quarters", "edit"),
        ("ends_on", "2026-12-31", "2027-01-02", "31 December 2026"),
    ),
    "edit_stage": (
        lambda organization: StageFactory(organization=organization),
        ("stages", "edit"),
        ("weight", "55%", "65%", "55%"),
    ),
    "edit_exit_criterion": (
        lambda organization: ExitCriterionFactory(organization=organization),
        ("stages", "criterion"),
        ("words", "We know who signs", "We know who decides", "We know who signs"),
    ),
    "edit_activity_kind": (
        lambda organization: ActivityKindFactory(organization=organization),
        ("activity_kinds", "edit"),
        ("name", "Demos given", "Demos shown", "Demos given"),
    ),
    "edit_person": (
        lambda organization: RepFactory(organization=organization).user,
        ("people", "edit"),
        ("joined_on", "2026-11-02", "2026-11-09", "2 November 2026"),
    ),
    "edit_rep": (
        lambda organization: RepFactory(organization=organization, user=None),
        ("people", "rep"),
        ("left_on", "2026-11-02", "2026-11-09", "2 November 2026"),
    ),
}


@pytest.fixture
def rival(organization):
    """The browser of Bo, who keeps the same organization."""
    client = Client()
    bo = UserFactory(organization=organization, name="Bo Keeper", is_admin=True)
    client.force_login(bo)
    return client


@pytest.fixture(params=FORMS)
def form(request, organization):
    """Its address, its page, and what is changed in it."""
    make, (page, opens), change = FORMS[request.param]
    row = make(organization)
    is_one = request.param == "edit_organization"
    url = reverse(f"reps:{request.param}", args=[] if is_one else [row.pk])
    return url, (reverse(f"reps:{page}"), {opens: row.pk}), change


def test_the_second_sees_both_keeps_theirs_and_may_save_it(admin_client, rival, form):
    url, page, (name, first, second, read_out) = form
    mine, theirs = (form_in(who.get(*page), url) for who in (admin_client, rival))
    assert rival.post(url, theirs | WHY | {name: first}).status_code == 302

    answer = admin_client.post(url, mine | WHY | {name: second})

    assert answer.status_code == 409
    said = f"Saved by somebody else meanwhile: {read_out}. Yours is kept here."
    assert said in answer.text
    kept = form_in(answer, url)
    assert kept[name] == second
    assert form_in(admin_client.get(*page), url)[name] == first  # theirs stays, so far

    assert admin_client.post(url, kept).status_code == 302
    assert form_in(admin_client.get(*page), url)[name] == second


def test_what_only_the_other_changed_stays(admin_client, rival, form):
    url, page, (name, first, _second, _read_out) = form
    mine, theirs = (form_in(who.get(*page), url) for who in (admin_client, rival))
    rival.post(url, theirs | WHY | {name: first})

    assert admin_client.post(url, mine).status_code == 302

    assert form_in(admin_client.get(*page), url)[name] == first


def test_both_facts_of_two_who_change_different_ones(admin_client, rival, organization):
    url, page = reverse("reps:edit_organization"), (reverse("reps:set_up"), {"edit": 1})
    mine, theirs = (form_in(who.get(*page), url) for who in (admin_client, rival))
    changed = {"working_days": ["1", "2", "3"], "check_in_at": "11:15", "name": "Bo’s"}
    assert rival.post(url, theirs | changed).status_code == 302

    assert admin_client.post(url, mine | {"quiet_from": "19:00"}).status_code == 302

    organization.refresh_from_db()
    assert organization.working_days == [1, 2, 3]
    assert (organization.check_in_at, organization.quiet_from) == (
        time(11, 15),
        time(19),
    )
    assert organization.name == "Bo’s"


@pytest.mark.parametrize(
    ("changed", "mine", "said"),
    [
        ({"working_days": ["1", "2"]}, {"working_days": ["1"]}, "Monday, Tuesday"),
        ({"check_in_at": "11:15"}, {"check_in_at": "12:00"}, "11:15"),
        ({"starting_win_rate": "20"}, {"starting_win_rate": "25"}, "20%"),
        (
            {"starting_average_deal": "9000"},
            {"starting_average_deal": "8000"},
            "9,000",
        ),
        ({"holiday_calendar": "LV"}, {"holiday_calendar": "DE"}, "LV"),
    ],
)
def test_every_kind_of_fact_is_read_out(
    admin_client, rival, organization, changed, mine, said
):
    url, page = reverse("reps:edit_organization"), (reverse("reps:set_up"), {"edit": 1})
    sent = form_in(admin_client.get(*page), url)
    rival.post(url, form_in(rival.get(*page), url) | changed)

    answer = admin_client.post(url, sent | mine)

    assert answer.status_code == 409
    assert f"meanwhile: {said}." in answer.text


def test_a_mark_and_a_team_are_read_out(admin_client, rival, organization):
    person = RepFactory(organization=organization, team__name="West").user
    east = TeamFactory(organization=organization, name="East")
    north = TeamFactory(organization=organization, name="North")
    url = reverse("reps:edit_person", args=[person.pk])
    page = reverse("reps:people"), {"edit": person.pk}
    sent = form_in(admin_client.get(*page), url)
    rival.post(
        url,
        form_in(rival.get(*page), url) | {"is_hr_partner": "on", "team": east.pk},
    )

    answer = admin_client.post(url, sent | {"team": north.pk})

    assert answer.status_code == 409
    assert "meanwhile: East." in answer.text
    assert form_in(answer, url)["is_hr_partner"] == "on"  # nobody but Bo touched it


def test_somebody_taken_out_of_the_admins_is_not_put_back(
    admin_client, rival, organization
):
    third = UserFactory(organization=organization, is_admin=True)
    url = reverse("reps:edit_person", args=[third.pk])
    page = reverse("reps:people"), {"edit": third.pk}
    sent, theirs = (form_in(who.get(*page), url) for who in (admin_client, rival))
    del theirs["is_admin"]
    rival.post(url, theirs)

    assert admin_client.post(url, sent | {"name": "Cleo"}).status_code == 302

    third.refresh_from_db()
    assert (third.name, third.is_admin) == ("Cleo", False)


@pytest.mark.parametrize(
    ("what", "factory"), [("team", TeamFactory), ("stage", StageFactory)]
)
def test_what_was_removed_meanwhile_can_be_added_anew(
    admin_client, rival, organization, what, factory
):
    row = factory(organization=organization, name="West")
    url = reverse(f"reps:edit_{what}", args=[row.pk])
    sent = form_in(admin_client.get(reverse(f"reps:{what}s"), {"edit": row.pk}), url)
    rival.post(reverse(f"reps:remove_{what}", args=[row.pk]))

    answer = admin_client.post(url, sent | {"name": "Far West"})

    assert answer.status_code == 404
    assert "Somebody else removed it meanwhile. Your words are kept here." in (
        answer.text
    )
    add = reverse(f"reps:add_{what}")
    assert form_in(answer, add)["name"] == "Far West"
    assert admin_client.post(add, form_in(answer, add)).status_code == 302


@pytest.mark.parametrize(
    ("what", "factory", "typed", "said"),
    [
        ("activity_kind", ActivityKindFactory, "name", "is saved. It is no longer"),
        ("exit_criterion", ExitCriterionFactory, "words", "is retired by now."),
    ],
)
def test_what_was_retired_meanwhile_is_said_to_be(
    admin_client, rival, organization, what, factory, typed, said
):
    row = factory(
        organization=organization,
        **({"is_leading": False} if what == "activity_kind" else {}),
    )
    url = reverse(f"reps:edit_{what}", args=[row.pk])
    page, opens = {
        "activity_kind": ("activity_kinds", "edit"),
        "exit_criterion": ("stages", "criterion"),
    }[what]
    sent = form_in(admin_client.get(reverse(f"reps:{page}"), {opens: row.pk}), url)
    rival.post(reverse(f"reps:retire_{what}", args=[row.pk]))

    answer = admin_client.post(url, sent | {typed: "Other words"}, follow=True)

    assert said in answer.text


# --- Quotas --------------------------------------------------------------------------


@pytest.fixture
def table(organization):
    """Grace owes 100,000, and Hana nothing yet."""
    quarter = QuarterFactory(organization=organization)
    grace = RepFactory(organization=organization, name="Grace")
    RepFactory(organization=organization, team=grace.team, name="Hana")
    QuotaFactory(organization=organization, quarter=quarter, rep=grace, amount=100_000)
    url = reverse("reps:set_quotas", args=[quarter.pk])
    return url, reverse("reps:quotas", args=[quarter.pk])


def cell(name, of="amount"):
    return f"rep-{Rep.objects.get(name=name).pk}-{of}"


def owed():
    """Where anything is."""
    owing = Quota.objects.owing().order_by("rep__name")
    return dict(owing.values_list("rep__name", "amount"))


def test_two_who_set_quotas_of_different_people_both_succeed(
    admin_client, rival, table
):
    url, page = table
    mine, theirs = (form_in(who.get(page), url) for who in (admin_client, rival))
    rival.post(
        url, theirs | WHY | {cell("Grace"): "120,000", cell("Grace", "ramp"): "50"}
    )

    assert admin_client.post(url, mine | {cell("Hana"): "90,000"}).status_code == 302

    assert owed() == {"Grace": 120_000, "Hana": 90_000}
    assert Quota.objects.get(rep__name="Grace").ramp == 0.5


@pytest.mark.parametrize(
    ("who", "first", "second", "said"),
    [
        ("Grace", "120,000", "130,000", "$120,000"),
        ("Grace", "", "130,000", "nothing"),
        ("Hana", "80,000", "90,000", "$80,000"),
        ("Hana", "80,000", "0", "$80,000"),
    ],
)
def test_of_one_persons_quota_the_second_sees_both(
    admin_client, rival, table, who, first, second, said
):
    url, page = table
    mine, theirs = (form_in(each.get(page), url) for each in (admin_client, rival))
    rival.post(url, theirs | WHY | {cell(who): first})
    before = owed()

    answer = admin_client.post(url, mine | WHY | {cell(who): second})

    assert answer.status_code == 409
    assert f"Saved by somebody else meanwhile: {said}. Yours is kept here." in (
        answer.text
    )
    assert owed() == before
    kept = form_in(answer, url)
    assert kept[cell(who)] == second
    assert admin_client.post(url, kept).status_code == 302
    assert f"{owed().get(who, 0):,.0f}" == second


def test_a_quota_taken_away_is_not_put_back(admin_client, rival, table):
    url, page = table
    mine, theirs = (form_in(who.get(page), url) for who in (admin_client, rival))
    rival.post(url, theirs | WHY | {cell("Grace"): ""})

    assert admin_client.post(url, mine | {cell("Hana"): "90,000"}).status_code == 302

    assert owed() == {"Hana": 90_000}


@pytest.mark.parametrize(
    ("mine", "status", "left"),
    [
        ({"ramp": "50"}, 409, {}),
        ({"starts_on": "2026-11-02"}, 409, {}),
        ({"ramp": "50", "amount": ""}, 302, {}),
        ({}, 302, {}),
    ],
)
def test_a_change_to_a_quota_taken_away_meanwhile_is_not_dropped_in_silence(
    admin_client, rival, table, mine, status, left
):
    url, page = table
    sent, theirs = (form_in(who.get(page), url) for who in (admin_client, rival))
    rival.post(url, theirs | WHY | {cell("Grace"): ""})

    changes = {cell("Grace", name): typed for name, typed in mine.items()}
    answer = admin_client.post(url, sent | WHY | changes)

    assert answer.status_code == status
    assert owed() == left
    if status == 409:
        assert "meanwhile: nothing. Yours is kept here." in answer.text
        kept = form_in(answer, url)
        assert kept[cell("Grace")] == "$100,000"
        assert admin_client.post(url, kept).status_code == 302
        assert owed() == {"Grace": 100_000}


# --- At the same moment --------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_saved_and_one_is_told(
    admin_client, rival, organization, at_once
):
    url, page = reverse("reps:edit_organization"), (reverse("reps:set_up"), {"edit": 1})
    said = {"EUR": admin_client, "CHF": rival}
    forms = {
        words: form_in(who.get(*page), url) | {"currency": words}
        for words, who in said.items()
    }
    answers = at_once(
        *(lambda w=words, c=who: c.post(url, forms[w]) for words, who in said.items())
    )

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    saved = Organization.objects.get(pk=organization.pk).currency
    loser = next(answer for answer in answers if answer.status_code == 409)
    assert saved in said
    assert f"meanwhile: {saved}." in loser.text


@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_a_quota_at_the_same_moment_one_is_told(
    admin_client, rival, table, at_once
):
    url, page = table
    forms = {
        who: form_in(who.get(page), url) | WHY | {cell("Grace"): amount}
        for who, amount in ((admin_client, "120,000"), (rival, "130,000"))
    }
    answers = at_once(
        *(lambda c=who, f=sent: c.post(url, f) for who, sent in forms.items())
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]

"""A tap on the week: it counts once, and the row comes back with the new number."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from reps.models import ActivityEntry
from tests.factories.reps import (
    NOON,
    ActivityEntryFactory,
    ActivityKindFactory,
)
from tests.pages import one_line, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6", "quarter"),
]
MONDAY = date(2026, 11, 9)

HTMX = {"HX-Request": "true"}


def post(client, activity, rep, *, user=None, **said):
    client.force_login(user or rep.user)
    data = {"kind": activity.pk, "week": "2026-11-09", "key": uuid4()} | said
    return client.post(reverse("plans:log_activity", args=[rep.pk]), data)


def done(rep, week=MONDAY):
    return ActivityEntry.objects.filter(rep=rep, week=week).total()


def test_it_counts_the_tap_and_shows_the_row(htmx_client, rep, demos):
    response = post(htmx_client, demos, rep, change="1")

    assert response.status_code == 200
    assert response.headers["HX-Trigger"] == '{"activity-logged": {}}'
    assert f'id="logged-activity-{demos.pk}"' in response.text
    assert "<html" not in response.text
    assert f'id="count-{demos.pk}" value="1"' in one_line(response.text)
    entry = ActivityEntry.objects.get()
    assert (entry.change, entry.logged_by, entry.logged_at, entry.week) == (
        1,
        rep.user,
        NOON,
        MONDAY,
    )


def test_the_save_bar_says_the_number_and_when(htmx_client, rep, demos):
    response = post(htmx_client, demos, rep, change="1")
    assert re.search(r'id="save-bar"[^>]* hx-swap-oob="innerHTML"', response.text)
    assert words(response.text).endswith("Demos held: 1. Saved 12:00")


def test_the_row_has_new_keys(htmx_client, rep, demos):
    key = str(uuid4())
    response = post(htmx_client, demos, rep, change="1", key=key)
    keys = re.findall(r'name="key" value="([^"]+)"', response.text)
    assert len({key, *keys}) == 3


def test_the_same_key_again_counts_once(htmx_client, rep, demos):
    key = uuid4()
    for _again in range(2):
        response = post(htmx_client, demos, rep, change="1", key=key)
        assert response.status_code == 200
        assert f'id="count-{demos.pk}" value="1"' in one_line(response.text)
    assert done(rep) == 1


def test_two_taps_are_two(htmx_client, rep, demos):
    for _tap in range(2):
        post(htmx_client, demos, rep, change="1")
    assert done(rep) == 2


def test_it_takes_one_away_and_never_below_nothing(htmx_client, rep, demos):
    post(htmx_client, demos, rep, change="1")
    for _tap in range(2):
        response = post(htmx_client, demos, rep, change="-1")
        assert response.status_code == 200
    assert done(rep) == 0


def test_the_focus_goes_on_when_the_minus_is_gone(htmx_client, rep, demos):
    post(htmx_client, demos, rep, count="2")
    focused = re.compile(rf'id="more-{demos.pk}"[^>]* autofocus')
    assert not focused.search(post(htmx_client, demos, rep, change="-1").text)
    assert focused.search(post(htmx_client, demos, rep, change="-1").text)


def test_the_row_shows_the_latest_twenty_and_counts_them_all(htmx_client, rep, demos):
    for _tap in range(25):
        ActivityEntryFactory(rep=rep, kind=demos)
    html = one_line(post(htmx_client, demos, rep, change="-1").text)
    assert f'id="count-{demos.pk}" value="24"' in html
    assert (html.count("<li><b>"), "and 6 before" in html) == (20, True)


def test_a_typed_number_is_the_number(htmx_client, rep, demos):
    post(htmx_client, demos, rep, change="1")
    response = post(htmx_client, demos, rep, count=" 5 ")
    assert f'id="count-{demos.pk}" value="5"' in one_line(response.text)
    changes = ActivityEntry.objects.order_by("pk").values_list("change", flat=True)
    assert list(changes) == [1, 4]


def test_a_typed_number_holds_whatever_another_device_logged(htmx_client, rep, demos):
    """The page was opened at 0; meanwhile the manager has logged three."""
    post(htmx_client, demos, rep, user=rep.team.manager, count="3")
    post(htmx_client, demos, rep, count="2")
    assert done(rep) == 2


@pytest.mark.parametrize("typed", ["-1", "501", "many", "", "2.5", "1e3", "9" * 5000])
def test_it_says_what_is_wrong_at_the_number_and_keeps_it(
    htmx_client, rep, demos, typed
):
    post(htmx_client, demos, rep, change="1")
    response = post(htmx_client, demos, rep, count=typed)

    assert response.status_code == 422
    assert "HX-Trigger" not in response.headers
    field = re.search(rf'<input[^>]* id="count-{demos.pk}"[^>]*>', response.text)[0]
    assert f'value="{typed}"' in field
    assert 'aria-invalid="true"' in field
    assert "autofocus" in field
    said = re.search(
        rf'id="count-{demos.pk}-error">(.*?)</p>', one_line(response.text)
    )[1]
    assert said.endswith("Use a whole number from 0 to 500.")
    assert words(response.text).endswith("Not saved. Use a whole number from 0 to 500.")
    assert done(rep) == 1


@pytest.mark.parametrize("typed", ["0", "500"])
def test_the_ends_of_the_range_are_in_it(htmx_client, rep, demos, typed):
    post(htmx_client, demos, rep, change="1")
    assert post(htmx_client, demos, rep, count=typed).status_code == 200
    assert done(rep) == int(typed)


@pytest.mark.parametrize(
    "said",
    [{"change": "7"}, {"change": "1", "key": "mine"}, {"change": "1", "key": ""}],
)
def test_what_no_page_sends_is_not_counted(htmx_client, rep, demos, said):
    response = post(htmx_client, demos, rep, **said)
    assert response.status_code == 422
    assert "Load the page again" in response.text
    assert done(rep) == 0


def test_what_was_typed_is_shown_as_text(htmx_client, rep, demos):
    response = post(htmx_client, demos, rep, count='"><script>')
    assert "<script>" not in response.text


def test_without_htmx_it_goes_back_to_the_activity(client, rep, demos):
    response = post(client, demos, rep, change="1")
    page = reverse("plans:my_week", args=[rep.pk])
    assert response.status_code == 302
    assert response.url == f"{page}?week=2026-11-09#logged-activity-{demos.pk}"
    assert done(rep) == 1


def test_without_htmx_a_mistake_shows_the_whole_page(client, rep, demos):
    calls = ActivityKindFactory(
        organization=rep.organization, name="Calls", is_leading=False
    )
    response = post(client, demos, rep, count="many")
    assert response.status_code == 422
    assert "<html" in response.text
    assert 'value="many"' in response.text
    assert response.text.count("Use a whole number") == 1
    assert f'id="logged-activity-{calls.pk}"' in response.text


def test_a_past_week_is_put_right(htmx_client, rep, demos):
    post(htmx_client, demos, rep, week="2026-10-05", change="1")
    assert done(rep, date(2026, 10, 5)) == 1


@pytest.mark.parametrize("week", ["2026-11-16", "2026-10-26", "soon", ""])
def test_a_week_that_is_not_open_is_not_found(htmx_client, rep, demos, week):
    rep.joined_on = date(2026, 11, 4)
    rep.save()
    assert post(htmx_client, demos, rep, week=week, change="1").status_code == 404
    assert not ActivityEntry.objects.exists()


def test_any_day_of_a_week_counts_for_its_monday(htmx_client, rep, demos):
    post(htmx_client, demos, rep, week="2026-11-11", change="1")
    assert done(rep) == 1


def test_the_manager_logs_too_and_sees_it_on_the_board_at_once(htmx_client, rep, demos):
    manager = rep.team.manager
    assert post(htmx_client, demos, rep, user=manager, change="1").status_code == 200
    assert ActivityEntry.objects.get().logged_by == manager
    board = words(htmx_client.get(reverse("plans:team_board")).text)
    assert "Demos held 1 No finished week yet" in board


def test_a_leader_above_sees_the_week_but_does_not_log(htmx_client, rep, demos, leader):
    assert post(htmx_client, demos, rep, user=leader, change="1").status_code == 404
    assert done(rep) == 0


def test_nobody_else_logs(htmx_client, rep, demos, outsider):
    answer = post(htmx_client, demos, rep, user=outsider, change="1")
    assert answer.status_code == 404
    assert done(rep) == 0


def test_an_activity_retired_meanwhile_shows_the_page_anew(client, htmx_client, rep):
    """As does another organization's, which is none of theirs."""
    page = reverse("plans:my_week", args=[rep.pk]) + "?week=2026-11-09"
    retired = ActivityKindFactory(
        organization=rep.organization, name="Faxes", is_leading=False, is_retired=True
    )
    for kind in (retired, ActivityKindFactory()):
        response = post(htmx_client, kind, rep, change="1")
        assert response.headers["HX-Redirect"] == page
        assert post(client, kind, rep, change="1").url == page
    assert "not counted any more" in client.get(page).text
    assert not ActivityEntry.objects.exists()


@pytest.mark.parametrize("kind", ["", "x", "²", "9" * 40])
def test_an_activity_that_is_none_is_not_counted(htmx_client, rep, demos, kind):
    response = post(htmx_client, demos, rep, kind=kind, change="1")
    assert "HX-Redirect" in response.headers


def test_it_only_answers_to_a_post(client, rep):
    client.force_login(rep.user)
    url = reverse("plans:log_activity", args=[rep.pk])
    assert client.get(url).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_twenty_times_one_key_at_once_counts_once(rep, demos, at_once):
    said = {"change": "1", "key": uuid4()}
    answers = at_once(*[lambda: post(Client(headers=HTMX), demos, rep, **said)] * 20)
    assert [answer.status_code for answer in answers] == [200] * 20
    assert done(rep) == 1


@pytest.mark.django_db(transaction=True)
def test_two_devices_at_once_lose_no_tap(rep, demos, at_once):
    people = [rep.user, rep.team.manager] * 5
    answers = at_once(
        *(
            lambda p=p: post(Client(headers=HTMX), demos, rep, user=p, change="1")
            for p in people
        )
    )
    assert [answer.status_code for answer in answers] == [200] * 10
    assert done(rep) == 10


@pytest.mark.django_db(transaction=True)
def test_two_devices_that_set_the_number_at_once_end_at_one_of_them(
    rep, demos, at_once
):
    counts = ["3", "4"] * 4
    at_once(
        *(lambda c=c: post(Client(headers=HTMX), demos, rep, count=c) for c in counts)
    )
    assert done(rep) in {3, 4}


@pytest.mark.parametrize("taps", [1, 30])
@pytest.mark.parametrize("said", [{"change": "1"}, {"count": "7"}])
def test_a_tap_costs_the_same_however_many_came_before(
    htmx_client, rep, demos, taps, said, django_assert_num_queries
):
    for _tap in range(taps):
        ActivityEntryFactory(rep=rep, kind=demos)
    htmx_client.force_login(rep.user)
    url = reverse("plans:log_activity", args=[rep.pk])
    data = {"kind": demos.pk, "week": "2026-11-09", "key": uuid4()} | said

    # Session, user, begin, rep, activity with its target, taps, the new one, commit.
    with django_assert_num_queries(8):
        htmx_client.post(url, data)


def test_it_sends_an_expired_session_to_the_login_page_and_back(htmx_client, rep):
    page = reverse("plans:my_week", args=[rep.pk])
    response = htmx_client.post(
        reverse("plans:log_activity", args=[rep.pk]),
        headers={"HX-Current-URL": f"http://testserver{page}"},
    )
    back = f"{resolve_url(settings.LOGIN_URL)}?next={page}"
    assert response.headers["HX-Redirect"] == back


def test_who_stands_in_logs_in_the_managers_place(htmx_client, rep, demos, noor):
    own = words(post(htmx_client, demos, rep, user=noor, change="1").text)
    assert "you, standing in for Erin Castellano" in own
    entry = ActivityEntry.objects.get()
    assert (entry.logged_by, entry.stood_in_for) == (noor, rep.team.manager)
    theirs = words(post(htmx_client, demos, rep, change="1").text)
    assert "Noor Haddad, standing in for Erin Castellano" in theirs
    assert ActivityEntry.objects.latest("pk").stood_in_for is None

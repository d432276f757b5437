"""The week in somebody's words: saved by the rep or the manager, nobody's lost."""

import re
from datetime import date

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.shortcuts import resolve_url
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.models import CheckIn, Energy
from tests.factories.check_ins import CheckInFactory, NudgeFactory
from tests.factories.reps import MONDAY, NOON
from tests.pages import one_line

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
WORDS = {"moved": "Larkspur has a date.", "stuck": "", "learned": "Ask earlier."}


def page_of(rep):
    return reverse("plans:my_week", args=[rep.pk])


def post(client, rep, *, by=None, htmx=True, **changes):
    client.force_login(by or rep.user)
    data = {"week": "2026-11-09", "seen": ""} | WORDS | changes
    page = f"http://testserver{page_of(rep)}"
    headers = {"HX-Request": "true", "HX-Current-URL": page} if htmx else {}
    return client.post(
        reverse("plans:record_check_in", args=[rep.pk]), data, headers=headers
    )


def seen(rep):
    return CheckIn.objects.get(rep=rep).version


def test_it_saves_the_words_and_shows_the_check_in(client, rep):
    response = post(client, rep)

    assert response.status_code == 200
    assert response.headers["HX-Trigger"] == '{"check-in-recorded": {}}'
    assert 'id="check-in"' in response.text
    assert "<html" not in response.text
    assert "Saved Thu 12 Nov, 12:00" in response.text
    assert 'id="save-bar" hx-swap-oob="innerHTML"' in response.text
    check_in = CheckIn.objects.get(rep=rep)
    assert check_in.words == {k: v for k, v in WORDS.items() if v}
    assert (check_in.week, check_in.checked_in_by) == (MONDAY, rep.user)
    assert check_in.checked_in_at == NOON


def test_without_htmx_it_goes_back_to_the_week(client, rep):
    response = post(client, rep, htmx=False)
    assert response.status_code == 302
    assert response.url == f"{page_of(rep)}?week=2026-11-09#check-in"


def test_saved_once_more_it_is_still_one(client, rep):
    post(client, rep)
    response = post(client, rep, moved="They signed.", seen=seen(rep))
    assert response.status_code == 200
    assert CheckIn.objects.get(rep=rep).moved == "They signed."


def test_what_is_too_long_is_kept_in_the_form(client, rep):
    for htmx in (True, False):
        response = post(client, rep, moved="long " * 150, htmx=htmx)
        assert response.status_code == 422
        assert ("long " * 149) in response.text
        assert "Not saved yet" in response.text
        # "Saved 12:00" of a tap before stays in the bar no longer; a page has one bar.
        bar = '<div id="save-bar" hx-swap-oob="innerHTML">'
        assert (bar in response.text) == htmx
    assert not CheckIn.objects.exists()


def test_a_new_line_counts_as_the_browser_counts_it(client, rep):
    words = "a\r\n" * 300  # 600 letters to whoever types them
    assert post(client, rep, moved=words.strip()).status_code == 200
    assert "\r" not in CheckIn.objects.get().moved


def test_it_tells_whoever_saves_second_what_the_first_one_wrote(client, rep):
    post(client, rep)
    before = seen(rep)
    with time_machine.travel(date(2026, 11, 13), tick=False):
        post(client, rep, by=rep.team.manager, moved="We wrote this.", seen=before)
        response = post(client, rep, moved="I wrote this.", seen=before)
    assert response.status_code == 409
    assert "We wrote this." in response.text
    assert "I wrote this." in response.text
    assert f"{rep.team.manager.name} changed this meanwhile" in response.text
    assert CheckIn.objects.get().moved == "We wrote this."

    again = post(client, rep, moved="I wrote this.", seen=seen(rep))
    assert again.status_code == 200
    assert CheckIn.objects.get().moved == "I wrote this."


def test_the_conflict_shows_the_whole_page_without_htmx(client, rep):
    CheckInFactory(rep=rep)
    response = post(client, rep, moved="I wrote this.", htmx=False)
    assert response.status_code == 409
    assert "<html" in response.text
    assert "I wrote this." in response.text


def test_the_same_words_twice_are_no_conflict(client, rep):
    post(client, rep)
    assert post(client, rep).status_code == 200


def test_it_skips_the_nudges_that_ask_for_it(client, rep):
    nudge = NudgeFactory(person=rep.user)
    post(client, rep)
    nudge.refresh_from_db()
    assert (nudge.state, nudge.why) == ("skipped", "checked in first")


def test_the_manager_may_write_it_together_with_the_rep(client, rep):
    assert post(client, rep, by=rep.team.manager).status_code == 200
    assert CheckIn.objects.get().checked_in_by == rep.team.manager


def test_a_leader_above_does_not_write(client, rep, leader):
    client.force_login(leader)
    assert client.get(page_of(rep)).status_code == 200
    assert post(client, rep, by=leader).status_code == 404


def test_somebody_elses_week_is_not_found(client, rep, outsider):
    assert post(client, rep, by=outsider).status_code == 404


@pytest.mark.parametrize("week", ["2026-11-16", "nonsense", ""])
def test_a_week_that_is_not_open_is_not_found(client, rep, week):
    assert post(client, rep, week=week).status_code == 404


def test_a_week_before_can_still_be_written(client, rep):
    assert post(client, rep, week="2026-11-02").status_code == 200
    assert CheckIn.objects.get().week == date(2026, 11, 2)


def test_an_expired_session_is_sent_to_sign_in_and_back(client, rep):
    url = reverse("plans:record_check_in", args=[rep.pk])
    page = f"http://testserver{page_of(rep)}"
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    response = client.post(url, WORDS, headers=headers)
    back = f"{resolve_url(settings.LOGIN_URL)}?next={page_of(rep)}"
    assert response.headers["HX-Redirect"] == back


# --- How somebody feels: theirs alone -----------------------------------------------


def test_the_rep_sees_how_they_said_they_are(client, rep):
    response = post(client, rep, energy="4")
    assert "Only you see this" in response.text
    assert 'value="4" checked' in one_line(response.text)
    assert Energy.objects.get().level == 4
    post(client, rep, energy="2", seen=seen(rep))
    assert Energy.objects.get().level == 2


def test_saying_nothing_leaves_it_as_it_was(client, rep):
    post(client, rep, energy="4")
    post(client, rep, seen=seen(rep))
    assert Energy.objects.get().level == 4


def test_it_can_be_taken_back_and_nothing_is_left_of_it(client, rep):
    post(client, rep, energy="4")
    Energy.objects.note(3, rep=rep, week=date(2026, 11, 2))
    response = post(client, rep, energy="", seen=seen(rep))
    assert response.status_code == 200
    assert "Not this week" in response.text
    assert not re.search(r'name="energy"[^>]* checked', response.text)
    assert Energy.objects.get().week == date(2026, 11, 2)


def test_what_is_taken_back_is_chosen_still_where_nothing_was_saved(client, rep):
    response = post(client, rep, energy="", moved="long " * 150)
    assert re.search(r'name="energy" value="" checked', one_line(response.text))


@pytest.mark.parametrize("level", ["0", "6", "high"])
def test_it_is_from_1_to_5(client, rep, level):
    assert post(client, rep, energy=level).status_code == 422
    assert not Energy.objects.exists()


def test_the_manager_can_neither_say_nor_change_it(client, rep):
    post(client, rep, energy="4")
    manager = rep.team.manager
    for level in ("1", ""):
        response = post(client, rep, by=manager, energy=level, seen=seen(rep))
        assert response.status_code == 200
        assert "energy" not in response.text.lower()
        assert Energy.objects.get().level == 4


def test_nobody_elses_page_so_much_as_reads_it(client, rep, leader):
    post(client, rep, energy="4")
    pages = [
        page_of(rep),
        reverse("plans:team_board"),
        reverse("plans:check_ins"),
        reverse("plans:rep_detail", args=[rep.pk]),
        reverse("plans:rep_plan", args=[rep.pk]),
    ]
    for reader in (rep.team.manager, leader):
        client.force_login(reader)
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                html = client.get(page).text
            assert "plans_energy" not in " ".join(q["sql"] for q in queries), page
            assert "energy" not in html.lower(), page
            assert "Only you see this" not in html, page

"""Days away, noted: the list comes back, and the weeks they are taken out of."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from tests.factories.reps import (
    AbsenceFactory,
    ActivityEntryFactory,
    ActivityKindFactory,
    RepFactory,
)
from tests.pages import one_line

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]

OCTOBER_26 = date(2026, 10, 26)


def page_of(rep) -> str:
    return reverse("plans:rep_detail", args=[rep.pk])


def post(client, rep, *, user=None, **changes):
    client.force_login(user or rep.user)
    days = {"starts_on": "2026-12-21", "ends_on": "2026-12-31"} | changes
    return client.post(reverse("plans:add_absence", args=[rep.pk]), days)


def test_it_keeps_the_days_and_shows_the_list(htmx_client, rep):
    response = post(htmx_client, rep)

    assert response.status_code == 200
    assert response.headers["HX-Trigger"] == '{"absence-added": {}}'
    assert 'id="absence-list"' in response.text
    assert "<html" not in response.text
    assert "Mon 21 Dec 2026 to Thu 31 Dec 2026" in one_line(response.text)
    absence = rep.absences.get()
    assert (absence.starts_on, absence.ends_on) == (
        date(2026, 12, 21),
        date(2026, 12, 31),
    )


def test_it_says_so_and_shows_an_empty_form_again(htmx_client, rep):
    shown = one_line(post(htmx_client, rep).text)

    assert '<p class="unseen" data-announce>The days away are noted.</p>' in shown
    assert 'value="2026-12-21"' not in shown


def test_the_weeks_come_along_since_they_changed(htmx_client, rep):
    demos = ActivityKindFactory(organization=rep.organization)
    for week, count in ((OCTOBER_26, 9), (date(2026, 11, 2), 3)):
        ActivityEntryFactory(rep=rep, kind=demos, week=week, change=count)

    days = {"starts_on": "2026-10-26", "ends_on": "2026-10-30"}
    shown = one_line(post(htmx_client, rep, **days).text)

    assert re.search('id="activity-weeks"[^>]*hx-swap-oob="true"', shown)
    assert "26 Oct: 9, away; 2 Nov: 3" in shown
    assert "Usual: 3 a week, from 1 finished week" in shown


def test_without_htmx_it_goes_back_to_the_list(client, rep):
    response = post(client, rep)

    assert response.status_code == 302
    assert response.headers["Location"] == f"{page_of(rep)}#absence-list"
    assert rep.absences.count() == 1


def test_a_day_is_enough(htmx_client, rep):
    response = post(htmx_client, rep, ends_on="2026-12-21")

    assert response.status_code == 200
    assert "Mon 21 Dec 2026</span>" in one_line(response.text)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"starts_on": ""}, "starts_on", "Choose the first day away."),
        ({"ends_on": ""}, "ends_on", "Choose the last day away."),
        ({"ends_on": "soon"}, "ends_on", "Write a day of the calendar"),
        ({"ends_on": "2026-12-20"}, "ends_on", "The last day comes before the first."),
        ({"ends_on": "9999-12-31"}, "ends_on", "Use a year from 2000 to 2100."),
        ({"starts_on": "0001-01-01"}, "starts_on", "Use a year from 2000 to 2100."),
    ],
)
def test_it_shows_what_is_wrong_at_the_field_and_keeps_the_words(
    htmx_client, rep, changes, field, words
):
    response = post(htmx_client, rep, **changes)

    shown = one_line(response.text)
    assert response.status_code == 422
    assert re.search(rf'id="id_{field}_error".*?{re.escape(words)}', shown)
    typed = {"starts_on": "2026-12-21", "ends_on": "2026-12-31"} | changes
    kept = typed["starts_on" if field == "ends_on" else "ends_on"]
    assert f'value="{kept}"' in shown
    assert re.search(rf'<input[^>]*name="{field}"[^>]* autofocus', shown)
    assert shown.count("autofocus") == 1
    assert 'id="activity-weeks"' not in shown
    assert not rep.absences.exists()


def test_what_is_wrong_is_also_heard(htmx_client, rep):
    shown = one_line(post(htmx_client, rep, ends_on="2026-12-20").text)

    assert 'data-announce="The last day comes before the first. "' in shown


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-11-13", "2026-11-20"), ("2026-11-02", "2026-11-09")],
)
def test_days_that_are_away_already_are_not_noted_twice(htmx_client, rep, first, last):
    AbsenceFactory(rep=rep)  # 9 to 13 November

    response = post(htmx_client, rep, starts_on=first, ends_on=last)

    assert response.status_code == 422
    assert re.search(
        'id="id_starts_on_error".*?'
        "9 November 2026 to 13 November 2026 are days away already.",
        one_line(response.text),
    )
    assert rep.absences.count() == 1


def test_the_day_after_is_free(htmx_client, rep):
    AbsenceFactory(rep=rep)

    response = post(htmx_client, rep, starts_on="2026-11-14", ends_on="2026-11-15")

    assert response.status_code == 200


def test_somebody_elses_days_are_no_obstacle(htmx_client, rep):
    peer = RepFactory(team=rep.team)
    AbsenceFactory(organization=rep.organization, rep=peer)

    response = post(htmx_client, rep, starts_on="2026-11-09", ends_on="2026-11-09")

    assert response.status_code == 200


def test_without_htmx_a_mistake_shows_the_whole_page(client, rep):
    response = post(client, rep, ends_on="2026-12-20")

    assert response.status_code == 422
    assert "<html" in response.text
    assert 'value="2026-12-21"' in response.text
    assert "The last day comes before the first." in response.text


def test_the_manager_may(htmx_client, rep):
    assert post(htmx_client, rep, user=rep.team.manager).status_code == 200


def test_nobody_else_may(htmx_client, rep, bystander):
    assert post(htmx_client, rep, user=bystander).status_code == 404
    assert not rep.absences.exists()


def test_nothing_but_the_days_is_kept(htmx_client, rep):
    post(htmx_client, rep, reason="surgery")

    assert "surgery" not in str(vars(rep.absences.get()))


def test_it_only_answers_to_a_post(client, rep):
    client.force_login(rep.user)

    assert client.get(reverse("plans:add_absence", args=[rep.pk])).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_two_at_once_note_the_days_once(rep, at_once):
    """Without the wait the second would break on the database's own rule."""
    answers = at_once(*[lambda: post(Client(), rep)] * 4)

    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
    assert rep.absences.count() == 1


def test_it_sends_an_expired_session_to_the_login_page_and_back(htmx_client, rep):
    page = page_of(rep)
    response = htmx_client.post(
        reverse("plans:add_absence", args=[rep.pk]),
        headers={"HX-Current-URL": f"http://testserver{page}"},
    )

    back = f"{resolve_url(settings.LOGIN_URL)}?next={page}"
    assert response.headers["HX-Redirect"] == back

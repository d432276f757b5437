"""The manager's answer to a week: shown to the rep with who said it, and when."""

import pytest
from django.urls import reverse

from plans.models import Answer
from reps.domain.quarter import ONE_DAY
from reps.models import StandIn
from tests.factories.check_ins import CheckInFactory
from tests.factories.reps import NOON, todays_date

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
ANSWER = "Take Maya along."


@pytest.fixture
def check_in(rep):
    return CheckInFactory(rep=rep)


@pytest.fixture
def manager(check_in):
    return check_in.rep.team.manager


def page_of(check_in):
    page = reverse("plans:my_week", args=[check_in.rep_id])
    return f"{page}?week={check_in.week}"


def post(client, check_in, by, *, words=ANSWER, htmx=True):
    client.force_login(by)
    url = reverse("plans:answer_check_in", args=[check_in.pk])
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(url, {"words": words}, headers=headers)


def test_the_rep_reads_it_with_name_and_date(client, check_in, manager):
    response = post(client, check_in, manager)
    assert response.status_code == 200
    assert f'id="check-in-said-{check_in.pk}"' in response.text
    assert "<html" not in response.text
    client.force_login(check_in.rep.user)
    html = client.get(page_of(check_in)).text
    assert f'<blockquote class="quote-small">{ANSWER}</blockquote>' in html
    assert f"{manager.name}, Thu 12 Nov, 12:00" in html


def test_without_htmx_it_goes_back_to_the_week(client, check_in, manager):
    response = post(client, check_in, manager, htmx=False)
    assert response.status_code == 302
    assert response.url == f"{page_of(check_in)}#check-in-said-{check_in.pk}"


@pytest.mark.parametrize("htmx", [True, False])
def test_an_answer_that_is_too_long_is_kept_in_the_form(
    client, check_in, manager, htmx
):
    response = post(client, check_in, manager, words="long " * 150, htmx=htmx)
    assert response.status_code == 422
    assert "long " * 149 in response.text
    assert not Answer.objects.exists()


def test_an_empty_one_is_asked_for_again(client, check_in, manager):
    response = post(client, check_in, manager, words="  ")
    assert response.status_code == 422
    assert "Write something here." in response.text


def test_sent_twice_it_is_one_answer_and_another_one_is_a_second(
    client, check_in, manager
):
    post(client, check_in, manager)
    post(client, check_in, manager)
    assert check_in.answers.count() == 1
    post(client, check_in, manager, words="And ring me after.")
    assert check_in.answers.count() == 2


def test_nobody_answers_themselves(client, check_in):
    check_in.rep.team.manager = check_in.rep.user
    check_in.rep.team.save()
    assert post(client, check_in, check_in.rep.user).status_code == 404


def test_a_leader_above_knows_when_and_neither_reads_nor_answers(
    client, check_in, manager, leader
):
    assert post(client, check_in, leader).status_code == 404
    html = client.get(page_of(check_in)).text
    assert "Theo Lindqvist checked in: Thu 12 Nov, 12:00." in html
    assert "Not answered yet." in html
    assert check_in.moved not in html
    assert "Your answer" not in html

    check_in.answer(ANSWER, by=manager, at=NOON)
    html = client.get(page_of(check_in)).text
    assert "It is answered." in html
    assert ANSWER not in html


def test_somebody_elses_is_not_found(client, check_in, outsider):
    assert post(client, check_in, outsider).status_code == 404


def test_it_is_only_posted(client, check_in, manager):
    client.force_login(manager)
    url = reverse("plans:answer_check_in", args=[check_in.pk])
    assert client.get(url).status_code == 405


def test_who_stands_in_answers_and_is_marked_as_such(client, check_in, manager, noor):
    response = post(client, check_in, noor)
    assert "You, standing in for Erin Castellano, Thu 12 Nov, 12:00" in response.text
    answer = Answer.objects.get()
    assert (answer.answered_by, answer.stood_in_for) == (noor, manager)

    StandIn.objects.all().delete()  # it stays true when nobody stands in any more
    client.force_login(check_in.rep.user)
    html = client.get(page_of(check_in)).text
    assert "Noor Haddad, standing in for Erin Castellano, Thu 12 Nov, 12:00" in html


def test_after_the_last_day_there_is_nothing_to_answer(client, check_in, noor):
    StandIn.objects.get().end(on=todays_date(check_in.organization) - ONE_DAY)
    assert post(client, check_in, noor).status_code == 404


def test_where_nobody_can_the_one_above_answers_as_themselves(
    client, check_in, manager, leader
):
    assert post(client, check_in, leader).status_code == 404
    manager.is_active = False
    manager.save()
    response = post(client, check_in, leader)
    assert "You, Thu 12 Nov, 12:00" in response.text
    assert Answer.objects.get().stood_in_for is None

"""The plan of a rep's quarter, as the rep's page loads it, and if the rep is asked."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from reps.models import User
from tests.factories.check_ins import CheckInFactory, NudgeFactory
from tests.factories.reps import MONDAY, NOON
from tests.pages import one_line

pytestmark = pytest.mark.django_db
FRIDAY_15 = datetime(2026, 11, 13, 15, tzinfo=UTC)  # when all are asked
NO_E_MAIL = "No e-mail can go to Theo Lindqvist now. Ask in person."


def region(browser, rep):
    return browser.get(reverse("plans:rep_plan", args=[rep.pk]))


def test_it_leads_to_the_plan_there_is(as_, plan, erin):
    answer = region(as_(erin, htmx=True), plan.rep)
    assert plan.get_absolute_url() in answer.text
    assert "Draft" in answer.text
    assert "<html" not in answer.text


def test_without_htmx_it_is_a_page(as_, plan, erin, theo):
    for user, heading in (
        (erin, "Theo Lindqvist: plan and check-in"),
        (theo, "Your plan"),
    ):
        answer = region(as_(user), plan.rep)
        assert "<html" in answer.text
        assert f">{heading}</h1>" in one_line(answer.text)
        assert plan.get_absolute_url() in answer.text


def test_without_one_it_offers_to_start_it(as_, plan, erin, theo):
    plan.close(on=plan.quarter.ends_on, came_of_it="")
    start = reverse("plans:start_plan", args=[plan.rep.pk])
    assert start in region(as_(erin), plan.rep).text
    assert start in region(as_(theo), plan.rep).text


def test_a_leader_above_starts_none(as_, plan, lena):
    plan.close(on=plan.quarter.ends_on, came_of_it="")
    answer = region(as_(lena), plan.rep)
    assert answer.status_code == 200
    assert "Start a plan" not in answer.text


def test_it_is_not_there_for_others(as_, plan, outsider):
    assert region(as_(outsider), plan.rep).status_code == 404


# --- Is the rep asked for the week? --------------------------------------------------


def nudge(plan, **facts):
    return NudgeFactory(person=plan.rep.user, **facts)


def beside_the_plan(browser, plan):
    """The words there, or the button."""
    html = region(browser, plan.rep).text
    address = reverse("plans:send_check_in_now", args=[plan.rep.pk])
    _before, sign, rest = html.partition('<p class="sign sign-quiet">')
    if sign:
        assert address not in html
        return rest.partition("<span>")[2].partition("</span>")[0]
    return "the button" if address in html else ""


def test_a_manager_may_ask_whoever_is_not_asked_yet(as_, plan, erin):
    assert beside_the_plan(as_(erin), plan) == "the button"


def test_what_waits_for_its_day_can_be_asked_for_now(as_, plan, erin):
    nudge(plan, due_at=FRIDAY_15)
    assert beside_the_plan(as_(erin), plan) == "the button"


@pytest.mark.parametrize("state", ["skipped", "dead"])
def test_what_did_not_go_can_be_asked_for_anew(as_, plan, erin, state):
    nudge(plan, due_at=NOON, state=state)
    assert beside_the_plan(as_(erin), plan) == "the button"


def test_whoever_asks_reads_that_it_is_asked_and_what_it_stands_for(as_, plan, erin):
    browser = as_(erin)
    browser.post(reverse("plans:send_check_in_now", args=[plan.rep.pk]))
    asked = "Asked for the check-in Thu 12:00, instead of Friday’s e-mail"
    assert beside_the_plan(browser, plan) == asked


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"state": "sending"},
            "Asked for the check-in Thu 12:00, instead of Friday’s e-mail",
        ),
        (
            {"state": "sent", "sent_at": NOON + timedelta(minutes=1)},
            "Asked for the check-in Thu 12:01, instead of Friday’s e-mail",
        ),
        # That a try failed is the admin's to know.
        (
            {"retry_at": NOON + timedelta(minutes=5), "attempts": 1},
            "Asked for the check-in Thu 12:00, instead of Friday’s e-mail",
        ),
        # Put off since: a day away was entered.
        (
            {"retry_at": NOON + timedelta(hours=20)},
            "Asked for the check-in, goes out in working hours: Fri 08:00, "
            "instead of Friday’s e-mail",
        ),
    ],
)
def test_it_says_how_it_is_with_what_was_asked_early(as_, plan, erin, facts, words):
    nudge(plan, due_at=NOON, **facts)
    assert beside_the_plan(as_(erin), plan) == words


def test_fridays_own_e_mail_stands_for_no_other(as_, plan, erin):
    with time_machine.travel(FRIDAY_15 + timedelta(hours=1), tick=False):
        nudge(plan, due_at=FRIDAY_15, state="sent", sent_at=FRIDAY_15)
        assert beside_the_plan(as_(erin), plan) == "Asked for the check-in Fri 15:00"


def test_asked_at_night_it_says_when_it_goes_by_whose_clock(as_, plan, erin, theo):
    User.objects.filter(pk=theo.pk).update(time_zone="America/New_York")
    browser = as_(erin)
    with time_machine.travel(datetime(2026, 11, 12, 8, tzinfo=UTC), tick=False):
        browser.post(reverse("plans:send_check_in_now", args=[plan.rep.pk]))
        words = beside_the_plan(browser, plan)
    assert words == (
        "Asked for the check-in, goes out in working hours: "
        "Thu 08:00 America/New_York, instead of Friday’s e-mail"
    )


def test_whoever_has_checked_in_is_not_asked(as_, plan, erin):
    CheckInFactory(rep=plan.rep)
    nudge(plan, state="sent", sent_at=NOON)
    assert beside_the_plan(as_(erin), plan) == "Checked in on Thu 12 Nov, 12:00"


def test_last_weeks_check_in_is_no_answer_for_this_week(as_, plan, erin):
    last_week = MONDAY - timedelta(weeks=1)
    CheckInFactory(rep=plan.rep, week=last_week)
    nudge(plan, state="sent", week=last_week)
    assert beside_the_plan(as_(erin), plan) == "the button"


@pytest.mark.parametrize(
    "changes", [{"email": None}, {"wants_nudges": False}, {"is_active": False}]
)
def test_whom_none_can_reach_is_not_told_apart(as_, plan, erin, theo, changes):
    User.objects.filter(pk=theo.pk).update(**changes)
    assert beside_the_plan(as_(erin), plan) == NO_E_MAIL


def test_none_can_go_to_who_signs_in_as_nobody(as_, plan, erin):
    plan.rep.user = None
    plan.rep.save()
    assert beside_the_plan(as_(erin), plan) == NO_E_MAIL


def test_on_the_weekend_there_is_no_hour_to_ask_in(as_, plan, erin):
    with time_machine.travel(datetime(2026, 11, 14, 12, tzinfo=UTC), tick=False):
        words = beside_the_plan(as_(erin), plan)
    assert words.startswith("No working hour of Theo Lindqvist is left this week")


def test_it_is_the_own_managers_to_know(as_, plan, theo, lena):
    nudge(plan, state="sent", sent_at=NOON)
    for user in (theo, lena):
        assert beside_the_plan(as_(user), plan) == ""


def test_it_costs_the_same_whatever_was_asked(
    as_, plan, erin, django_assert_num_queries
):
    browser = as_(erin, htmx=True)
    for weeks_ago in range(3):
        week = MONDAY - timedelta(weeks=weeks_ago)
        nudge(plan, week=week, state="sent", sent_at=NOON)
    # session, user, rep (with what one may), plan; who is asked, their organization,
    # this week's nudge
    with django_assert_num_queries(7):
        region(browser, plan.rep)

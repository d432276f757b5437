"""One field of a plan, saved while somebody types, over what they saw."""

import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from plans.models import Plan
from tests.factories.reps import NOON, DealFactory
from tests.pages import one_line, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("thursday_of_week_6")]

# As the page sends them: with every figure of the chain, as its box says it.
FIGURES = {
    "figure_average_deal": "19,000",
    "figure_win_rate": "30%",
    "figure_open_deals": "12",
    "figure_demo_rate": "62%",
    "figure_demos_pending": "0",
    "figure_effective_weeks": "4.6",
}


def post(browser, plan, name, value, *, was="", measured="", **more):
    url = reverse("plans:edit_plan_field", args=[plan.pk, name])
    typed = {"value": value, "was": was}
    if measured:
        typed["measured"] = measured
    return browser.post(url, typed | FIGURES | more)


def says(plan, name):
    return Plan.objects.values_list(name, flat=True).get(pk=plan.pk)


def test_it_saves_the_words_and_says_when(as_, plan, erin):
    was = plan.objective
    answer = post(as_(erin, htmx=True), plan, "objective", "Begin early", was=was)

    assert answer.status_code == 200
    assert says(plan, "objective") == "Begin early"
    assert 'id="saved-objective"' in answer.text
    assert "Saved 12:00" in answer.text
    assert 'name="was" value="Begin early"' in answer.text
    assert "<html" not in answer.text
    assert "plan-chain" not in answer.text


def test_the_rep_writes_as_well(as_, plan, theo):
    answer = post(as_(theo, htmx=True), plan, "goal_low", "$120,000", was="150,000")
    assert answer.status_code == 200
    assert says(plan, "goal_low") == 120_000


def test_without_htmx_it_goes_back_to_the_page(as_, plan, erin):
    browser = as_(erin)
    answer = post(browser, plan, "backup_plan", "Fernwood")

    assert answer.status_code == 302
    assert answer.url == plan.get_absolute_url()
    assert says(plan, "backup_plan") == "Fernwood"
    assert "Backup plan: saved." in browser.get(answer.url).text


# --- A figure: what the records propose, and what somebody puts in its place ----------


@pytest.mark.parametrize(
    ("before", "was", "typed", "after", "shown"),
    [
        (None, "", "30%", None, ""),  # as measured: no override
        (None, "", " 30 ", None, ""),  # the same, typed another way
        (None, "", "", None, ""),
        (None, "", "40", "0.4", "40%"),
        ("0.4", "40%", "35.5%", "0.355", "35.5%"),
        ("0.4", "40%", "40%", "0.4", "40%"),
        ("0.4", "40%", "", None, ""),  # taken away: as measured again
        ("0.4", "40%", "30%", None, ""),
    ],
)
def test_an_override_is_what_differs_from_the_records(
    as_, plan, erin, before, was, typed, after, shown
):
    Plan.objects.update(win_rate=before)
    browser = as_(erin, htmx=True)
    answer = post(browser, plan, "win_rate", typed, was=was, measured="30%")

    assert answer.status_code == 200
    assert says(plan, "win_rate") == (after and Decimal(after))
    assert f'name="was" value="{shown}"' in answer.text
    assert ("The records say 30%" in answer.text) == bool(after)


def test_none_is_an_override_like_any_other(as_, plan, erin):
    browser = as_(erin, htmx=True)
    answer = post(browser, plan, "open_deals", "0", measured="12")
    assert 'name="was" value="0"' in answer.text
    assert says(plan, "open_deals") == 0

    again = post(browser, plan, "open_deals", "3", was="0", measured="12")
    assert (again.status_code, says(plan, "open_deals")) == (200, 3)


def test_the_page_shows_the_records_again_once_the_override_is_gone(as_, plan, erin):
    browser = as_(erin)
    box = r'<input[^>]* id="plan-win_rate" name="value" value="([^"]*)"'
    post(browser, plan, "win_rate", "40%", measured="30%")
    page = one_line(browser.get(plan.get_absolute_url()).text)
    assert re.search(box, page)[1] == "40%"
    post(browser, plan, "win_rate", "", was="40%", measured="30%")
    page = one_line(browser.get(plan.get_absolute_url()).text)
    assert re.search(box, page)[1] == "30%"


def test_the_chain_comes_along_worked_out_from_the_page(as_, plan, erin):
    DealFactory(owner=plan.rep, amount=38_000, won_on=NOON.date())
    browser = as_(erin, htmx=True)
    told = words(post(browser, plan, "win_rate", "40%", measured="30%").text)

    # By hand: 112 ÷ 19 = 5.9 → 6 ÷ 40% = 15 − 12 = 3 ÷ 62% = 4.8 → 5 ÷ 4.6 = 1.1.
    assert "For the $150,000 end" in told
    assert "$150,000 − $38,000 booked $112,000" in told
    assert "$112,000 ÷ $19,000 = 5.9 6" in told
    assert "6 ÷ 40% = 15; 15 less 12 open now 3 new" in told
    assert "3 ÷ 62% = 4.8 5" in told
    assert "5 ÷ 4.6 = 1.1 a week Rounded up 2 demos" in told
    # 162 ÷ 19 = 8.5 → 9 ÷ 40% = 22.5 → 23 − 12 = 11 ÷ 62% = 17.7 → 18 ÷ 4.6 = 3.9.
    assert "9 ÷ 40% = 22.5; 23 less 12 open now 11 new" in told
    assert "18 ÷ 4.6 = 3.9 a week Rounded up 4 demos" in told
    assert "the arithmetic asks for 2 a week" in told


def test_the_chain_says_a_rate_as_it_was_typed(as_, plan, erin):
    answer = post(as_(erin, htmx=True), plan, "win_rate", "33.5", measured="30%")
    assert "÷ 33.5% =" in answer.text


def test_without_effective_time_there_is_no_rate(as_, plan, erin):
    browser = as_(erin, htmx=True)
    told = post(browser, plan, "effective_weeks", "0", measured="4.6").text
    assert "No demo from now on can still close this quarter" in told
    assert "Rounded up" not in told


@pytest.mark.parametrize(
    ("kept", "rate"), [(None, "62%"), (Decimal("0.5"), "50%")], ids=["measured", "kept"]
)
@pytest.mark.parametrize("other", ["a few", "1.2.3", ""])
def test_one_refused_figure_stops_none_of_the_others(
    as_, plan, erin, other, kept, rate
):
    Plan.objects.update(demo_rate=kept)
    figures = {"figure_demo_rate": other, "measured_demo_rate": "62%"}
    browser = as_(erin, htmx=True)
    answer = post(browser, plan, "win_rate", "40%", measured="30%", **figures)

    assert answer.status_code == 200
    assert f"16 ÷ {rate} = " in words(answer.text)


@pytest.mark.parametrize("other", ["a few", "", None])
def test_the_chain_of_a_page_from_before_stays_where_a_figure_is_none(
    as_, plan, erin, other
):
    figure = {"figure_demo_rate": other} if other is not None else {}
    url = reverse("plans:edit_plan_field", args=[plan.pk, "win_rate"])
    figures = {name: text for name, text in FIGURES.items() if "demo_rate" not in name}
    typed = {"value": "40%", "was": "", "measured": "30%"}
    answer = as_(erin, htmx=True).post(url, typed | figures | figure)

    assert answer.status_code == 200
    assert "plan-chain" not in answer.text


# --- What cannot be saved -----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("objective", "x" * 241, "at most 240 letters"),
        ("backup_plan", "x" * 401, "at most 400 letters"),
        ("objective", "a\0b", "no letter"),
        ("goal_low", "much", "Use an amount in figures"),
        ("goal_low", "0", "more than nothing"),
        ("goal_low", "9" * 16, "more than anybody can sell"),
        ("goal_low", "200,001", "above the upper end"),
        ("goal_high", "149,999", "below the lower end"),
        ("average_deal", "1.2345", "two digits after the point"),
        ("win_rate", "often", "Use a rate from 1% to 100%"),
        ("win_rate", "0", "Use a rate from 1% to 100%"),
        ("win_rate", "101%", "Use a rate from 1% to 100%"),
        ("demo_rate", "1e3", "Use a rate from 1% to 100%"),
        ("open_deals", "12.5", "Use a whole number"),
        ("open_deals", "-1", "Use 0 or more."),
        ("demos_pending", "some", "Use a whole number"),
        ("demos_pending", "3 demos", "Use a whole number"),
        ("effective_weeks", "4 demos", "Use a number of weeks, such as 4.6"),
        ("effective_weeks", "15", "at most 14 weeks"),
        ("effective_weeks", "4.65", "One digit after the point"),
    ],
)
def test_it_says_at_the_field_why_it_is_not_saved(as_, plan, erin, name, typed, reason):
    before = says(plan, name)
    was = {"goal_low": "150,000", "goal_high": "200,000"}.get(name, "")
    answer = post(as_(erin, htmx=True), plan, name, typed, was=was)

    assert answer.status_code == 422
    assert reason in words(answer.text)
    assert f'name="was" value="{was}"' in answer.text
    assert "plan-chain" not in answer.text
    assert says(plan, name) == before


def test_without_htmx_what_was_typed_stays_in_its_box(as_, plan, erin):
    answer = post(as_(erin), plan, "win_rate", "often", measured="30%")

    assert answer.status_code == 422
    assert 'id="plan-win_rate" name="value" value="often"' in one_line(answer.text)
    saved = answer.text.split('id="saved-win_rate"')[1].split("</div>")[0]
    assert "Use a rate from 1% to 100%, such as 30%." in saved


@pytest.mark.parametrize("junk", [{"was": "junk"}, {"measured": "junk"}])
def test_a_page_from_before_is_to_be_loaded_again(as_, plan, erin, junk):
    answer = post(as_(erin, htmx=True), plan, "win_rate", "40%", **junk)
    assert answer.status_code == 422
    assert "Load the page again" in answer.text
    assert says(plan, "win_rate") is None


# --- Two at once --------------------------------------------------------------------


def test_the_second_of_two_gets_both_texts_and_keeps_the_own(as_, plan, erin, theo):
    was = plan.objective
    post(as_(erin, htmx=True), plan, "objective", "Erin’s", was=was)
    answer = post(as_(theo, htmx=True), plan, "objective", "Theo’s", was=was)

    assert answer.status_code == 409
    assert "<q>Erin’s</q>" in answer.text
    assert "<q>Theo’s</q>" in answer.text
    assert says(plan, "objective") == "Erin’s"


def test_typing_on_after_a_conflict_puts_nothing_over_the_other(as_, plan, erin, theo):
    was = plan.objective
    post(as_(erin, htmx=True), plan, "objective", "Erin’s", was=was)
    browser = as_(theo, htmx=True)
    html = post(browser, plan, "objective", "Theo’s", was=was).text
    kept = re.search(r'<input type="hidden" name="was" value="([^"]*)"', html)[1]

    assert post(browser, plan, "objective", "Theo’s w", was=kept).status_code == 409
    assert says(plan, "objective") == "Erin’s"


def test_it_goes_over_the_others_once_its_writer_says_so(as_, plan, erin, theo):
    was = plan.objective
    post(as_(erin, htmx=True), plan, "objective", "Erin’s", was=was)
    browser = as_(theo, htmx=True)
    html = post(browser, plan, "objective", "Theo’s", was=was).text
    over = re.search(r'<button[^>]* name="was" value="([^"]*)"', html)[1]

    # As a browser sends it: what was hidden first, then the button.
    answer = post(browser, plan, "objective", "Theo’s", was=[was, over])
    assert answer.status_code == 200
    assert says(plan, "objective") == "Theo’s"


def test_two_who_override_one_figure_find_each_other(as_, plan, erin, theo):
    post(as_(erin, htmx=True), plan, "win_rate", "40%", measured="30%")
    answer = post(as_(theo, htmx=True), plan, "win_rate", "35%", measured="30%")
    assert answer.status_code == 409
    assert "<q>40%</q>" in answer.text
    assert "<q>35%</q>" in answer.text

    post(as_(erin, htmx=True), plan, "win_rate", "", was="40%", measured="30%")
    answer = post(
        as_(theo, htmx=True), plan, "win_rate", "35%", was="40%", measured="30%"
    )
    assert answer.status_code == 409
    assert "It says now: 30%" in words(answer.text).replace(" .", ".")


def test_two_fields_at_once_are_no_conflict(as_, plan, erin, theo):
    post(as_(erin, htmx=True), plan, "win_rate", "40%", measured="30%")
    answer = post(as_(theo, htmx=True), plan, "demo_rate", "50%", measured="62%")
    assert answer.status_code == 200


def test_without_htmx_a_conflict_keeps_the_words_in_the_box(as_, plan, erin, theo):
    was = plan.objective
    post(as_(erin), plan, "objective", "Erin’s", was=was)
    answer = post(as_(theo), plan, "objective", "Theo’s", was=was)

    assert answer.status_code == 409
    box = re.search(r'<textarea[^>]*id="plan-objective"[^>]*>\s*([^<]*)<', answer.text)
    assert box[1] == "Theo’s"
    assert "<q>Erin’s</q>" in answer.text


def test_lines_compare_equal_however_a_browser_ends_them(as_, plan, erin):
    browser = as_(erin)
    post(browser, plan, "backup_plan", "Fernwood\r\nCorbel")
    answer = post(browser, plan, "backup_plan", "Fernwood", was="Fernwood\nCorbel")
    assert answer.status_code == 302
    assert says(plan, "backup_plan") == "Fernwood"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_saved_and_one_is_told(
    as_, plan, erin, theo, at_once
):
    was = plan.objective
    browsers = {"Erin’s": as_(erin, htmx=True), "Theo’s": as_(theo, htmx=True)}
    answers = at_once(
        *(
            lambda browser=browser, text=text: post(
                browser, plan, "objective", text, was=was
            )
            for text, browser in browsers.items()
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    loser = next(answer for answer in answers if answer.status_code == 409)
    assert says(plan, "objective") in browsers
    assert all(f"<q>{text}</q>" in loser.text for text in browsers)


@pytest.mark.django_db(transaction=True)
def test_the_ends_of_the_goal_never_pass_each_other(as_, plan, erin, theo, at_once):
    low, high = as_(erin, htmx=True), as_(theo, htmx=True)
    answers = at_once(
        lambda: post(low, plan, "goal_low", "190,000", was="150,000"),
        lambda: post(high, plan, "goal_high", "160,000", was="200,000"),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert says(plan, "goal_low") <= says(plan, "goal_high")


# --- Who may ------------------------------------------------------------------------


def test_nobody_else_finds_it(as_, plan, bystander):
    answer = post(as_(bystander, htmx=True), plan, "objective", "x", was=plan.objective)
    assert answer.status_code == 404
    assert says(plan, "objective") == "A bounce-back quarter."


@pytest.mark.parametrize("name", ["status", "turn", "came-of-it", "rep_id"])
def test_no_other_field_is_written_this_way(as_, plan, erin, name):
    url = f"/plans/{plan.pk}/fields/{name}/edit/"
    assert as_(erin).post(url, {"value": "active", "was": "draft"}).status_code == 404


def test_a_closed_plan_is_written_no_more(as_, plan, erin):
    plan.close(on=NOON.date(), came_of_it="He is back")
    assert post(as_(erin), plan, "backup_plan", "x").status_code == 404


def test_looking_changes_nothing(as_, plan, erin):
    url = reverse("plans:edit_plan_field", args=[plan.pk, "objective"])
    assert as_(erin).get(url).status_code == 405


def test_it_sends_an_expired_session_to_the_login_page_and_back(plan):
    page = plan.get_absolute_url()
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    answer = post(Client(headers=headers), plan, "objective", "x")
    assert (
        answer.headers["HX-Redirect"]
        == f"{resolve_url(settings.LOGIN_URL)}?next={page}"
    )


def test_it_costs_five_queries_to_save_a_figure(
    as_, plan, erin, django_assert_num_queries
):
    browser = as_(erin, htmx=True)
    # Session, user with organization, plan with its people; the save; what is booked.
    with django_assert_num_queries(5, connection=connection):
        post(browser, plan, "win_rate", "40%", measured="30%")

"""Erin and Theo write his plan, each in a browser of their own."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Plan
from recovery import demo_quarter
from reps.models import Rep, User
from tests.browser.conftest import DESK, PHONE, SIDEWAYS


@pytest.fixture
def theo(transactional_db):
    """The demo's rep of the story, with no plan for this quarter yet."""
    now = timezone.now()
    demo_quarter.fill(at=now)
    theo = Rep.objects.get(user__email=demo_quarter.THEO)
    for plan in Plan.objects.filter(rep=theo).not_closed():
        plan.close(on=now.date(), came_of_it="Begun again")
    return theo


@pytest.fixture
def erins(page_at, theo):
    return page_at(user=User.objects.get(email=demo_quarter.ERIN))


@pytest.fixture
def theos(page_at, theo):
    return page_at(user=theo.user)


def start_from_the_team_board(page, rep):
    page.goto(reverse("plans:team_board"))
    start = f'form[action="{reverse("plans:start_plan", args=[rep.pk])}"] button'
    page.locator(start).first.click()
    page.wait_for_url(re.compile(r"/plans/\d+/$"))
    return page.url


def begun(rep):
    """An empty draft for this quarter."""
    quarter = rep.quotas.latest("quarter__starts_on").quarter
    by = {"by": rep.user, "at": timezone.now()}
    return Plan.objects.start(rep=rep, quarter=quarter, leading=None, **by)


def write(page, name, text):
    page.locator(f"#plan-{name}").fill(text)
    expect(page.locator(f"#saved-{name}")).to_contain_text("Saved")


def add_strategy(page, words, source):
    page.get_by_label("What will be done").fill(words)
    page.get_by_label("Where the customers will come from").fill(source)
    page.get_by_role("button", name="Add it").first.click()
    expect(page.get_by_role("heading", name=words)).to_be_visible()
    expect(page.get_by_text(f"“{words}” is on the page.")).to_be_visible()
    expect(page.locator("#strategies")).to_be_focused()


def test_from_the_team_board_to_a_plan_that_both_have_signed(
    erins, theos, axe, theo, causes
):
    causes("status of 422 .*/fields/win_rate/", "status of 422 .*/propose/")
    address = start_from_the_team_board(erins, theo)

    # Erin writes; every field says that it is saved.
    write(erins, "objective", "A bounce-back quarter.")
    write(erins, "goal_low", "$150,000")
    write(erins, "goal_high", "200000")
    expect(erins.locator("#plan-chain")).to_contain_text("For the $150,000 end")
    assert axe(erins) == []

    # Another rate, and the chain is another; without it the records speak again.
    chain = erins.locator("#plan-chain")
    measured = erins.locator("#plan-win_rate").input_value()
    before = chain.inner_text()
    write(erins, "win_rate", "45")
    expect(chain).to_contain_text("÷ 45% =")
    expect(erins.locator("#saved-win_rate")).to_contain_text(
        f"The records say {measured}"
    )
    erins.locator("#plan-win_rate").fill("")
    erins.locator("#plan-demo_rate").focus()
    expect(erins.locator("#plan-win_rate")).to_have_value(measured)
    expect(chain).to_have_text(before, use_inner_text=True)

    # What is no rate is said at the field, and nothing is lost.
    erins.locator("#plan-win_rate").fill("often")
    expect(erins.locator("#saved-win_rate")).to_contain_text("Use a rate from 1% to")
    expect(erins.locator("#announcer")).to_contain_text("Use a rate from 1% to")
    assert axe(erins) == []
    erins.locator("#plan-win_rate").fill(measured)
    expect(erins.locator("#saved-win_rate")).to_contain_text("Saved")

    # Proposed too early, it says what is missing; then it lies on the table.
    erins.get_by_role("button", name="Propose it, signed").click()
    expect(erins.locator("#missing")).to_contain_text("at least one strategy")
    assert axe(erins) == []
    add_strategy(erins, "Prospect before anything else", "Near misses")
    write(
        erins, "backup_plan", "Two smaller deals. We decide on the first of the month."
    )
    erins.get_by_role("button", name="Propose it, signed").click()
    expect(erins.get_by_role("heading", name="On the table")).to_be_visible()

    # Theo changes a figure, says why, and it is Erin's turn.
    theos.goto(address)
    expect(theos.get_by_role("heading", name="for you to sign")).to_be_visible()
    assert axe(theos) == []
    write(theos, "goal_low", "140,000")
    theos.get_by_label("What changed, and why").fill("The largest one slipped.")
    theos.get_by_role("button", name="Propose it back, signed").click()
    expect(theos.get_by_text("The manager’s turn")).to_be_visible()

    # Erin reads why, and signs: both see revision 1.
    erins.goto(address)
    expect(
        erins.get_by_text("Goal, at least: $150,000 → $140,000").first
    ).to_be_visible()
    expect(erins.get_by_role("blockquote")).to_contain_text("The largest one slipped.")
    erins.get_by_role("button", name="Sign: I will be in your corner").click()
    for page in (erins, theos):
        page.goto(address)
        expect(page.get_by_text("Revision 1, signed by both")).to_be_visible()
        expect(page.get_by_text("$140,000 – $200,000")).to_be_visible()
        assert axe(page) == []


def test_of_two_who_write_at_once_neither_loses_a_word(erins, theos, axe, theo, causes):
    causes("status of 409 .*/fields/objective/")
    address = start_from_the_team_board(erins, theo)
    theos.goto(address)
    write(erins, "objective", "Erin’s words")

    objective, saved = (
        theos.locator("#plan-objective"),
        theos.locator("#saved-objective"),
    )
    objective.fill("Theo’s words")
    expect(saved).to_contain_text("It says now: Erin’s words")
    expect(saved).to_contain_text("Yours: Theo’s words")
    assert axe(theos) == []

    # He types on: his words stay his, hers stay on the plan.
    objective.press_sequentially(", and more")
    expect(saved).to_contain_text("Yours: Theo’s words, and more")
    expect(objective).to_have_value("Theo’s words, and more")
    assert Plan.objects.not_closed().get(rep=theo).objective == "Erin’s words"

    # Only when he says so do they go over hers, and then she hears of it.
    theos.get_by_role("button", name="Put mine over it").click()
    expect(saved).to_contain_text("Saved")
    erins.locator("#plan-objective").fill("Erin’s words, again")
    expect(erins.locator("#saved-objective")).to_contain_text(
        "It says now: Theo’s words, and more"
    )


def test_a_figure_is_read_as_it_is_printed_and_shown_so(erins, theo, axe, causes):
    causes("status of 422 .*/fields/goal_high/")
    erins.goto(begun(theo).get_absolute_url())
    write(erins, "goal_low", "$150k")
    expect(erins.locator("#plan-goal_low")).to_have_value("$150k")  # while she types
    erins.locator("#plan-goal_high").focus()
    expect(erins.locator("#plan-goal_low")).to_have_value("$150,000")

    # Of two readings it asks which; the one chosen goes into the field, and is saved.
    erins.locator("#plan-goal_high").fill("200.000")
    saved = erins.locator("#saved-goal_high")
    expect(saved).to_contain_text("Do you mean $200 or $200,000?")
    assert axe(erins) == []
    # Clicked and not checked: what is saved at once leaves no button to look at.
    saved.get_by_label("$200,000").click()
    expect(saved).to_contain_text("Saved")
    expect(erins.locator("#plan-goal_high")).to_have_value("$200,000")
    assert Plan.objects.not_closed().get(rep=theo).goal_high == 200_000


def test_by_keyboard_alone_and_on_a_phone(page_at, theo, axe):
    phone = page_at(PHONE, "dark", user=theo.user)
    phone.goto(begun(theo).get_absolute_url())
    goal = phone.locator("#plan-goal_low")
    goal.focus()
    phone.keyboard.type("150000")
    phone.keyboard.press("Enter")  # saves, and leaves the page where it is
    expect(phone.locator("#saved-goal_low")).to_contain_text("Saved")
    expect(goal).to_be_focused()
    phone.keyboard.press("Tab")
    expect(phone.locator("#plan-goal_high")).to_be_focused()
    assert axe(phone) == []
    assert phone.evaluate(SIDEWAYS) <= 0


def test_it_is_written_without_scripts_too(page_at, causes, theo):
    causes("status of 422 .*/fields/goal_low/")
    page = page_at(DESK, user=theo.user, java_script_enabled=False)
    page.goto(begun(theo).get_absolute_url())
    page.locator("#plan-goal_low").fill("much")
    page.locator("form:has(#plan-goal_low) button").click()
    expect(page.locator("#plan-goal_low")).to_have_value("much")
    expect(page.locator("#saved-goal_low")).to_contain_text("Use an amount in figures")
    page.locator("#plan-goal_low").fill("150.000")
    page.locator("form:has(#plan-goal_low) button").click()
    page.get_by_label("$150,000").check()
    page.locator("form:has(#plan-goal_low) button").click()
    expect(page.get_by_text("Goal, at least: saved.")).to_be_visible()
    expect(page.locator("#plan-goal_low")).to_have_value("$150,000")

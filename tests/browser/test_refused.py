"""What is refused is found on a phone: marked, with the focus on it, and in sight."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from plans.models.plan_figures import measure
from plans.models.plan_snapshot import snapshot_of
from tests.browser.conftest import DESK, PHONE
from tests.factories.plans import MetricFactory, PlanFactory, StrategyFactory
from tests.factories.reps import (
    DealFactory,
    QuarterFactory,
    RepFactory,
    StageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = timezone.now().date()


@pytest.fixture
def plan(rep, demos):
    """On the table, and the rep's turn."""
    of, today = {"organization": rep.organization}, timezone.now().date()
    quarter = QuarterFactory(
        starts_on=today - timedelta(30), ends_on=today + timedelta(60), **of
    )
    plan = PlanFactory(rep=rep, quarter=quarter, **of)
    StrategyFactory(plan=plan, **of)
    MetricFactory(plan=plan, kind=demos, **of)
    manager = {"by": rep.team.manager, "side": "manager", "at": timezone.now()}
    plan.propose(snapshot_of(measure(plan, today=today)), **manager)
    return plan


def found(field, words):
    """It is marked, has the focus, and stands in sight with what is wrong with it."""
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_in_viewport()
    page = field.page
    for name in field.get_attribute("aria-describedby").split():
        said = page.locator(f"#{name}")
        if words in said.inner_text():
            expect(said).to_be_in_viewport()
            return
    pytest.fail(f"{words!r} is not tied to the field")


def test_a_plan_proposed_without_a_reason(page_at, plan):
    page = page_at(PHONE, user=plan.rep.user)
    page.goto(f"{plan.get_absolute_url()}?change=1")
    page.locator("#plan-goal_low").fill("140k")
    expect(page.locator("#saved-goal_low")).to_contain_text("Saved")
    page.get_by_role("button", name="Propose it back, signed").click()

    found(page.get_by_label("What changed, and why"), "Say in a sentence what changed")


def test_a_figure_of_the_plan_and_the_others_go_on(page_at, plan):
    page = page_at(DESK, user=plan.rep.user)
    page.goto(f"{plan.get_absolute_url()}?change=1")
    chain, rate = page.locator("#plan-chain"), page.locator("#plan-win_rate")
    rate.fill("often")
    rate.press("Tab")
    found(rate, "Use a rate from 1%")

    # It is kept as it was, and stops none of the others.
    deals = page.locator("#plan-average_deal")
    deals.fill("$25k")
    expect(chain).to_contain_text("÷ $25,000 = 6")
    expect(chain).to_contain_text("6 ÷ 30% = 20")
    expect(rate).to_have_value("often")
    expect(rate).to_have_attribute("aria-invalid", "true")
    expect(deals).to_be_focused()

    rate.fill("40")
    expect(chain).to_contain_text("6 ÷ 40% = 15")
    expect(rate).not_to_have_attribute("aria-invalid", "true")


def test_nobody_is_called_away_from_what_they_type(page_at, plan):
    page = page_at(DESK, user=plan.rep.user)
    page.goto(f"{plan.get_absolute_url()}?change=1")
    rate, other = page.locator("#plan-win_rate"), page.locator("#plan-open_deals")
    page.route("**/fields/win_rate/**", lambda route: (typed(), route.continue_()))

    def typed():
        other.focus()
        page.keyboard.type("7")

    rate.fill("often")
    expect(rate).to_have_attribute("aria-invalid", "true")
    expect(other).to_be_focused()


def test_a_deal_lost_without_a_cause(page_at, rep):
    stage = StageFactory(organization=rep.organization, name="Qualified")
    DealFactory(owner=rep, stage=stage, account="Quill & Co", opened_on=TODAY)
    page = page_at(PHONE, user=rep.user)
    page.goto(reverse("reps:board"))
    page.get_by_role("link", name="Move Quill & Co").click()
    page.get_by_role("button", name="Lost").click()
    page.get_by_role("button", name="Mark as lost").click()

    found(page.get_by_label("What was the cause?"), "Say what the cause was.")
    expect(page.locator("dialog[open]")).to_be_visible()


def test_a_stage_whose_weight_is_none(page_at, rep):
    of = {"organization": rep.organization}
    for number in range(1, 9):
        StageFactory(name=f"Stage {number}", order=number, **of)
    page = page_at(PHONE, user=UserFactory(is_admin=True, **of))
    page.goto(reverse("reps:stages"))
    page.get_by_label("Name").fill("Proposal")
    page.get_by_label("Weight, %").fill("many")
    page.get_by_label("Usual days").fill("9")
    page.get_by_role("button", name="Add").last.click()

    found(page.get_by_label("Weight, %"), "Use a percentage")


def test_the_second_of_two_wrong_quotas_waits_for_the_first(page_at, rep):
    of = {"organization": rep.organization}
    quarter = QuarterFactory(**of)
    reps = [RepFactory(name=f"Rep {n:02}", team=rep.team, **of) for n in range(12)]
    page = page_at(PHONE, user=UserFactory(is_admin=True, **of))
    page.goto(reverse("reps:quotas", args=[quarter.pk]))
    for wrong in (reps[5], reps[11]):
        page.locator(f"#id_rep-{wrong.pk}-amount").fill("lots")
    page.get_by_role("button", name="Save the quotas").click()

    found(page.locator(f"#id_rep-{reps[5].pk}-amount"), "Use an amount in figures")

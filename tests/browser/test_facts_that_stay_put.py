"""Facts that stay put, as people meet them: each on the day on which it happens.

Theo sells in Erin's team West, Lena runs the team above, Ada keeps the calendar.
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from playwright.sync_api import expect

from reps.models import Deal, Quota
from reps.tasks import close_quarters
from tests.browser.conftest import DESK, PHONE, SIDEWAYS
from tests.factories.reps import (
    NOON,
    DealFactory,
    QuarterFactory,
    RepFactory,
    StageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

LAST_DAY_OF_Q3 = date(2026, 10, 4)  # a Sunday
NEXT_MORNING = datetime(2026, 10, 5, 9, tzinfo=UTC)
ONCE_CLOSED = datetime(2026, 10, 15, 9, tzinfo=UTC)  # ten days were left to put right
LATER = datetime(2026, 10, 16, 9, tzinfo=UTC)

WHY = "The contract says 21,000: a license fewer."
CALLED_OFF = "They take one site less than they signed for."

# The lowest thing to tap on the page. A link in a sentence is as high as its line.
LOWEST = """() => Math.min(...[...document.querySelectorAll(
    "main :is(.button, button, summary, select, input:not([type=hidden]))"
)].filter(each => each.offsetHeight && !each.matches("[type=radio], [type=checkbox]"))
  .map(each => each.getBoundingClientRect().height))"""


@pytest.fixture
def clock():
    """The morning after Q3, until `clock.move_to(…)`; its seconds go on."""
    with time_machine.travel(NEXT_MORNING, tick=True) as clock:
        yield clock


@pytest.fixture
def quarters(clock, rep):
    """Q3, which was over yesterday, and Q4; Theo owes 200,000 in each."""
    of = {"organization": rep.organization, "made_at": datetime(2026, 7, 6, tzinfo=UTC)}
    days = {"starts_on": date(2026, 7, 6), "ends_on": LAST_DAY_OF_Q3}
    both = QuarterFactory(name="Q3 2026", **days, **of), QuarterFactory(**of)
    owed = {"organization": rep.organization, "rep": rep, "amount": Decimal(200_000)}
    quotas = [Quota(quarter=quarter, **owed) for quarter in both]
    Quota.objects.set_quotas(rep.organization, quotas, at=of["made_at"])
    return both


@pytest.fixture
def quill(rep, quarters):
    """A deal that Theo opened in August."""
    at = datetime(2026, 8, 3, 9, tzinfo=UTC)
    facts = {"owner": rep, "account": "Quill & Co", "amount": Decimal(23_000)}
    said = {"on": at.date(), "by": rep.user, "at": at}
    return Deal.objects.open_deal(
        stage=StageFactory(organization=rep.organization), **facts, **said
    )


@pytest.fixture
def looked_at(axe):
    """`looked_at(page)`: it fits at a desk and on a phone, where a thumb hits it."""

    def look(page):
        before = page.viewport_size
        page.emulate_media(reduced_motion="reduce")
        for width in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(SIDEWAYS) <= 0, f"{page.url} at {width} px"
        assert page.evaluate(LOWEST) >= 44, page.url
        assert axe(page) == [], page.url
        page.set_viewport_size(before)

    return look


# --- A late win, a correction, a cancellation -----------------------------------------


def test_a_win_stays_in_its_quarter_whatever_comes_after(
    page_at, causes, looked_at, clock, rep, leader, quill
):
    causes("status of 422 .*/move/")
    ada = UserFactory(organization=rep.organization, is_admin=True)
    at_a_desk = {user: page_at(DESK, user=user) for user in (rep.team.manager, ada)}
    erins, adas = at_a_desk.values()
    theos = page_at(PHONE, user=rep.user, has_touch=True)
    booked_reads(theos, rep, "Q3 2026", "$0")

    theo_wins_it_on_the_evening_before(theos, quill, looked_at)
    booked_reads(theos, rep, "Q3 2026", "$23k")
    booked_reads(theos, rep, "Q4 2026", "$0")

    clock.move_to(ONCE_CLOSED)
    close_quarters()
    theo_is_told_who_can_put_it_right(theos, quill)
    erin_puts_the_amount_right(erins, quill, looked_at)
    for page in (theos, erins):
        booked_reads(page, rep, "Q3 2026", "$21k as closed $23k")
        as_closed_is_read_without_scrolling(page)
        why = page.get_by_role("listitem").filter(has_text=WHY)
        expect(why).to_contain_text("Erin Castellano")
        looked_at(page)

    clock.move_to(LATER)
    theo_takes_off_what_the_customer_cancelled(theos, quill, looked_at)
    for page in (theos, erins):
        booked_reads(page, rep, "Q3 2026", "$21k as closed $23k")
        booked_reads(page, rep, "Q4 2026", "−$5k $5k cancelled")
    the_list_of_this_quarter_has_it(theos, looked_at)
    the_teams_sum_has_it(erins)
    the_admin_reads_what_q3_was_closed_with(adas, looked_at)


def as_closed_is_read_without_scrolling(page):
    """On a phone, too; and "as closed" is not broken in two."""
    table = page.get_by_role("region", name="Table of quarters")
    assert table.evaluate("box => box.scrollWidth <= box.clientWidth")
    said = table.get_by_text("as closed $23k")
    lines = "text => text.getBoundingClientRect().height / 16"
    assert said.evaluate(lines) <= 2


def booked_reads(page, rep, quarter, words):
    """What stands under Booked in that quarter on the rep's own page."""
    page.goto(f"/reps/{rep.pk}/")
    rows = page.get_by_role("region", name="Table of quarters").get_by_role("row")
    row = rows.filter(has=page.get_by_role("rowheader", name=quarter))
    expect(row.get_by_role("cell").nth(1)).to_have_text(words)


def theo_wins_it_on_the_evening_before(page, deal, looked_at):
    page.goto("/board/")
    page.get_by_role("link", name="Move Quill & Co").click()
    menu = page.get_by_role("dialog")
    menu.get_by_text("Won or lost on another day").click()
    menu.get_by_label("On", exact=True).fill(LAST_DAY_OF_Q3.isoformat())
    menu.get_by_role("button", name="Won", exact=False).first.click()
    expect(menu.get_by_role("heading", name="Won on 4 October 2026?")).to_be_visible()
    expect(menu).to_contain_text("4 October 2026 books it in Q3 2026.")
    looked_at(page)
    menu.get_by_role("button", name="Yes, that is the day").click()
    expect(menu).to_be_hidden()
    page.goto(deal.get_absolute_url())
    expect(page.get_by_text("Won on 4 Oct 2026")).to_be_visible()
    line = page.get_by_role("region", name="Timeline").get_by_role("listitem")
    won = line.filter(has=page.get_by_role("heading", name="Won"))
    expect(won).to_contain_text("written down on 5 Oct 2026")


def theo_is_told_who_can_put_it_right(page, deal):
    page.goto(deal.get_absolute_url())
    facts = page.get_by_role("region", name="Facts")
    expect(facts).to_contain_text(
        "It counts in Q3 2026, which is closed."
        " Erin Castellano can put it right, with a reason."
    )
    expect(page.get_by_role("link", name="Edit")).to_have_count(0)


def erin_puts_the_amount_right(page, deal, looked_at):
    page.goto(deal.get_absolute_url())
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Amount").fill("21,000")
    why = page.get_by_label("Why is it put right?")
    expect(why).to_have_accessible_description(re.compile("Q3 2026, which is closed"))
    looked_at(page)
    why.fill(WHY)
    page.get_by_role("button", name="Save").click()
    line = page.get_by_role("region", name="Timeline").get_by_role("listitem")
    expect(line.filter(has_text=WHY)).to_contain_text("Amount: $23,000, now $21,000")


def theo_takes_off_what_the_customer_cancelled(page, deal, looked_at):
    page.goto(deal.get_absolute_url())
    page.get_by_role("link", name="The customer cancelled", exact=True).click()
    off = page.get_by_role("region", name="Did the customer cancel?")
    off.get_by_label("How much of it").fill("5,000")
    off.get_by_label("What did the customer say?").fill(CALLED_OFF)
    looked_at(page)
    off.get_by_role("button", name="Take it off").click()
    off = page.get_by_role("region", name="Cancelled by the customer")
    expect(off).to_contain_text("$5,000, off on 16 October 2026.")
    expect(page.get_by_text("Won on 4 Oct 2026")).to_be_visible()


def the_list_of_this_quarter_has_it(page, looked_at):
    row = page.get_by_role("row").filter(has_text="Q4 2026")
    row.get_by_role("cell").nth(1).get_by_role("link").click()
    called_off = page.get_by_role("region", name="Cancelled in Q4 2026")
    quill = called_off.get_by_role("row").filter(has_text="Quill & Co")
    expect(quill).to_contain_text("$5,000")
    expect(quill).to_contain_text("4 Oct 2026")
    looked_at(page)


def the_teams_sum_has_it(page):
    page.goto("/team/")
    together = page.get_by_role("region", name="Together")
    expect(together).to_contain_text("−$5k")


def the_admin_reads_what_q3_was_closed_with(page, looked_at):
    page.goto("/set-up/quarters/")
    row = page.get_by_role("listitem").filter(has_text="Q3 2026")
    expect(row).to_contain_text("$21,000 booked of $200,000, 11%.")
    expect(row).to_contain_text("As closed: $23,000 of $200,000, 12%.")
    looked_at(page)


# --- Somebody leaves in mid-quarter ---------------------------------------------------


def test_whoever_leaves_is_handed_over_and_stays_in_the_teams_sum(
    page_at, looked_at, clock, rep, leader, quarters
):
    clock.move_to(NOON)
    RepFactory(team=rep.team, name="Mina Farouk")
    facts = {"owner": rep, "opened_on": date(2026, 10, 6)}
    DealFactory(account="Won", amount=31_000, won_on=date(2026, 10, 28), **facts)
    DealFactory(account="Larkspur", amount=40_000, **facts)
    redfern = DealFactory(account="Redfern", amount=9_000, **facts)
    theos = page_at(PHONE, user=rep.user)
    erins, lenas = (page_at(DESK, user=user) for user in (rep.team.manager, leader))
    asks_for_a_week(theos, rep)

    erin_hands_theo_over(erins, rep, looked_at)
    the_summary_says_who_goes_on(erins, looked_at)
    the_board_points_at_the_deal_without_a_seller(erins, looked_at)
    for page in (erins, lenas):
        the_sum_names_who_went(page)
    looked_at(lenas)

    erin_gives_it_to_mina(erins, redfern, looked_at)
    erins.goto("/team/")
    expect(erins.get_by_text("without a seller")).to_have_count(0)
    the_sum_names_who_went(erins)
    theos_page_asks_for_nothing_more(theos, rep, looked_at)


def asks_for_a_week(page, rep):
    page.goto(f"/reps/{rep.pk}/")
    expect(page.get_by_role("region", name="Standing this quarter")).to_contain_text(
        "a week"
    )


def erin_hands_theo_over(page, rep, looked_at):
    page.goto(f"/reps/{rep.pk}/")
    page.get_by_role("link", name="Hand over").click()
    page.get_by_label("Leaves").check()
    page.get_by_label("All open deals go to").select_option(label="Mina Farouk")
    page.get_by_label("Redfern").select_option(label="Nobody else yet")
    page.get_by_label("What whoever goes on should know").fill("Larkspur waits.")
    looked_at(page)
    page.get_by_role("button", name="Hand over").click()


def the_summary_says_who_goes_on(page, looked_at):
    title = page.get_by_role("heading", name="Handover of Theo Lindqvist")
    expect(title).to_be_visible()
    table = page.get_by_role("region", name="Table of deals")
    larkspur = table.get_by_role("row").filter(has_text="Larkspur")
    expect(larkspur).to_contain_text("Mina Farouk")
    without = page.get_by_role("region", name="Without a seller")
    expect(without).to_contain_text("Redfern, $9,000")
    looked_at(page)


def the_board_points_at_the_deal_without_a_seller(page, looked_at):
    page.goto("/team/")
    banner = page.get_by_role("status").filter(has_text="is without a seller")
    expect(banner).to_contain_text("1 open deal, $9,000")
    looked_at(page)


def the_sum_names_who_went(page):
    page.goto("/team/")
    together = page.get_by_role("region", name="Together")
    expect(together).to_contain_text("$31k")
    expect(together).to_contain_text("with Theo Lindqvist, until 11 November")


def erin_gives_it_to_mina(page, deal, looked_at):
    page.get_by_role("link", name="Show them").click()
    page.get_by_role("link", name="Redfern").click()
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Owner").select_option(label="Mina Farouk")
    looked_at(page)
    page.get_by_role("button", name="Save").click()
    line = page.get_by_role("region", name="Timeline").get_by_role("listitem")
    expect(line.filter(has_text="now Mina Farouk")).to_contain_text("Theo Lindqvist")


def theos_page_asks_for_nothing_more(page, rep, looked_at):
    page.goto(f"/reps/{rep.pk}/")
    last_day = "The last day in West was 11 November 2026."
    expect(page.get_by_text(last_day)).to_be_visible()
    standing = page.get_by_role("region", name="Standing this quarter")
    expect(standing).to_contain_text("$31,000")
    expect(standing).not_to_contain_text("a week")
    looked_at(page)

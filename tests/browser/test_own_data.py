"""An office's own data, from an empty folder to its team board, in a few minutes.

Ada starts `make run`, says which team she runs, and brings what she has: a list of
people, quotas pasted from a spreadsheet, and what her CRM exports, in which one row is
wrong. At a desk, on a phone, and once with nothing but a keyboard.
"""

import csv
import io
import re
from datetime import timedelta
from time import monotonic

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reps.domain.quarter import quarter_name, quarter_of
from tests.browser.conftest import DESK, PATIENCE, PHONE, SIDEWAYS
from tests.recovery.founding import ANSWERS, PASSWORD
from tests.recovery.server_process import Server

ENOUGH = 300  # seconds, for all of it
LONG = 60_000  # milliseconds: a worker reads a file
TODAY = timezone.localdate()
QUARTER = quarter_of(TODAY)
WON_ON = max(QUARTER.starts_on, TODAY - timedelta(days=3))
PEOPLE = [
    ["Name", "E-mail", "Team", "Manager", "Start date"],
    ["Theo Lindqvist", "theo@harbor.example", "West", "Ada Brandt", "2025-03-03"],
    ["Mira Bay", "mira@harbor.example", "West", "Ada Brandt", "2025-03-03"],
]
QUOTAS = [
    ["Rep", quarter_name(QUARTER)],
    ["Theo Lindqvist", "200,000"],
    ["Mira Bay", "150,000"],
]
HEADER = [
    *("Record ID", "Deal Name", "Deal Stage", "Close Date", "Deal owner", "Amount"),
    *("Create Date", "Associated Company"),
]
WON = f"{WON_ON} 10:00"
DEALS = [
    HEADER,
    [
        "101",
        "Pilot",
        "Closed Won",
        WON,
        "Theo Lindqvist",
        "$38,000.00",
        "2026-01-05 09:00",
        "Quill",
    ],
    [
        "102",
        "Rollout",
        "Presentation Scheduled",
        "",
        "Mira Bay",
        "$9,000.00",
        "2026-01-06 09:00",
        "Larkspur",
    ],
    ["103", "Next", "Closed Won", WON, "Mira Bay", "", "2026-01-07 09:00", "Harrow"],
]


def written(rows, delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


@pytest.fixture
def office(tmp_path):
    """What `make run` serves from an empty data folder."""
    server = Server(tmp_path / "office", "serve", *ANSWERS, ADMIN_PASSWORD=PASSWORD)
    server.start()
    yield server
    server.stop()


class Mouse:
    """Does it with the mouse."""

    def press(self, there):
        there.click()

    def write(self, there, text):
        there.fill(text)

    def choose(self, there, words):
        there.select_option(label=words)

    def tick(self, there):
        there.check()


class Keyboard:
    """Does it with Tab, letters, arrows, Space and Enter alone."""

    def __init__(self, page):
        self.page = page

    def reach(self, there):
        expect(there).to_be_visible()
        for _ in range(400):
            if there.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {there}")

    def press(self, there):
        self.reach(there)
        self.page.keyboard.press("Enter")

    def write(self, there, text):
        self.reach(there)
        self.page.keyboard.insert_text(text)

    def choose(self, there, words):
        self.reach(there)
        self.page.keyboard.type(words)
        expect(there.locator("option:checked")).to_have_text(words)

    def tick(self, there):
        self.reach(there)
        self.page.keyboard.press("Space")
        expect(there).to_be_checked()


@pytest.mark.parametrize(
    ("width", "hands"), [(DESK, "mouse"), (PHONE, "mouse"), (DESK, "keyboard")]
)
def test_ones_own_team_board_within_five_minutes(
    browser, office, trouble, tmp_path, width, hands
):
    trouble.causes("status of 422")
    context = browser.new_context(
        base_url=office.url, viewport={"width": width, "height": 900}
    )
    context.set_default_timeout(PATIENCE)
    trouble.watch(context, office.url)
    page = context.new_page()
    do = Mouse() if hands == "mouse" else Keyboard(page)
    began = monotonic()

    def button(words):
        return page.get_by_role("button", name=words)

    def bring(path=None, pasted=""):
        if path:
            page.get_by_label("File", exact=True).set_input_files(path)
        else:
            do.write(page.get_by_label("Or paste it"), pasted)
        do.press(button("Read it"))

    def at(words):
        expect(page.get_by_role("heading", name=words)).to_be_visible(timeout=LONG)
        assert page.evaluate(SIDEWAYS) <= 0, words

    def go_to(what):
        page.goto("/set-up/")
        do.press(page.get_by_role("link", name=re.compile(f"Bring a file.*{what}")))

    page.goto("/")
    do.write(page.get_by_label("Email"), "ada@harbor.example")
    do.write(page.get_by_label("Password"), PASSWORD)
    do.press(button("Sign in"))

    at("Which team do you run?")
    do.write(page.get_by_label("What is the team called?"), "West")
    do.press(button("Start with this team"))
    expect(page.get_by_text("Which team do you run?")).to_have_count(0)

    people = tmp_path / "people.csv"
    people.write_text(written(PEOPLE))
    go_to("People and teams")
    bring(people)
    at("What do these columns mean?")
    do.press(button("That is what they mean"))
    at("This is what would happen")
    do.press(button("Bring it in"))
    at("Brought in on")

    go_to("Quotas")
    bring(pasted=written(QUOTAS, "\t"))
    at("What do these columns mean?")
    do.tick(page.get_by_role("radio", name="200,000 is 200000"))
    do.press(button("That is what they mean"))
    at("This is what would happen")
    do.press(button("Bring it in"))
    at("Brought in on")

    deals = tmp_path / "hubspot.csv"
    deals.write_text(written(DEALS))
    go_to("Deals")
    bring(deals)
    at("What do these columns mean?")
    expect(page.get_by_text("It looks like an export of HubSpot.")).to_be_visible()
    do.press(button("That is what they mean"))
    at("Which of yours are these?")
    do.press(button("That is who and what they are"))  # and nothing said of a stage
    expect(page.get_by_text("Choose what it is here")).to_be_visible()
    do.choose(page.get_by_label("Presentation Scheduled"), "Solution shown")
    do.press(button("That is who and what they are"))
    at("This is what would happen")
    expect(page.get_by_text("row 4, Amount: won without an amount")).to_be_visible()
    with page.expect_download() as download:
        do.press(page.get_by_role("link", name="Download these rows to mend them"))
    do.press(button("Bring in all but the 1 row with a problem"))
    at("Brought in on")

    rows = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    rows[1][HEADER.index("Amount")] = "$1,000.00"
    mended = tmp_path / "mended.csv"
    mended.write_text(written(rows))
    do.press(page.get_by_role("link", name="Bring the mended rows"))
    bring(mended)
    at("This is what would happen")  # nothing is asked a second time
    do.press(button("Bring it in"))
    at("Brought in on")

    do.press(page.get_by_role("link", name="See your team board"))
    at("Who needs you this week")
    for name, booked, quota in [
        ("Theo Lindqvist", "$38k", "of $200k"),
        ("Mira Bay", "$1k", "of $150k"),
    ]:
        theirs = page.get_by_role("listitem").filter(has_text=name)
        expect(theirs.get_by_role("link", name=booked, exact=True)).to_be_visible()
        expect(theirs).to_contain_text(quota)
    assert monotonic() - began < ENOUGH
    context.close()

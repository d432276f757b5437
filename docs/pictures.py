"""`make pictures`: the README's pictures, taken anew from a demo of their own.

Starts the demo in a temporary folder, signs in by its own buttons, and looks at the
pages as each of its people, in both themes. Theo's letter is the one the demo's worker
sends him a minute after it has begun.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from email import message_from_bytes, policy
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PORT = "8790"
SITE = f"http://127.0.0.1:{PORT}"
DESK, PHONE = (1440, 900), (390, 844)

# name, who, the links to follow from their first page, size, theme
SHOTS = [
    ("team", "Erin", [], DESK, "light"),
    ("team-dark", "Erin", [], DESK, "dark"),
    ("team-phone", "Erin", [], PHONE, "light"),
    ("rep", "Erin", ["Theo Lindqvist"], DESK, "light"),
    ("check-ins", "Erin", ["Check-ins"], DESK, "light"),
    ("plan", "Theo", ["My plan"], DESK, "light"),
    ("board", "Theo", ["My board"], DESK, "light"),
    ("week-phone", "Theo", [], PHONE, "light"),
    ("week-phone-dark", "Theo", [], PHONE, "dark"),
    ("delivery", "Ada", ["E-mails"], DESK, "light"),
]
# name, size, theme
LETTERS = [
    ("letter", DESK, "light"),
    ("letter-phone", PHONE, "light"),
    ("letter-phone-dark", PHONE, "dark"),
]
# What Ada brings: a stage that nobody here knows, and a win without an amount.
OWN_DATA = """Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date
301,Harbour cranes,Presentation Scheduled,,Theo Lindqvist,"$24,000.00",2026-09-14
302,Night shift,Closed Won,2026-11-20,Theo Lindqvist,"$18,500.00",2026-09-02
303,Spare parts,Closed Won,2026-11-23,Sofia Marchetti,,2026-10-05
304,Second dock,Closed Lost,2026-11-24,Sofia Marchetti,"$9,900.00",2026-10-12
"""


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("Chromium is not installed (on Debian: apt-get install chromium).")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="second-wind-pictures-") as folder:
        environment = os.environ | {"DATA_DIR": folder, "PORT": PORT}
        demo = subprocess.Popen(
            [sys.executable, "manage.py", "demo"], cwd=ROOT, env=environment
        )
        try:
            _wait(demo)
            _take(chromium)
        finally:
            demo.terminate()
            demo.wait(30)
    return 0


def _wait(demo):
    for _ in range(300):
        try:
            urlopen(f"{SITE}/health/").close()
            return
        except URLError:
            if demo.poll() is not None:
                sys.exit("The demo did not start.")
            time.sleep(0.2)
    sys.exit("The demo did not answer within a minute.")


def _take(chromium):
    flags = ["--disable-background-networking"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium's own refuses root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for name, who, links, size, theme in SHOTS:
            page = _page(browser, size, theme)
            _sign_in(page, who)
            for link in links:
                page.get_by_role("link", name=link, exact=True).first.click()
            _shoot(page, name)
        _bring_own_data(_page(browser, DESK, "light"))
        letter = _theos_letter(_page(browser, DESK, "light"))
        for name, size, theme in LETTERS:
            page = _page(browser, size, theme)
            page.set_content(letter["html"])
            _shoot(page, name)
        for theme in ("light", "dark"):
            page = _page(browser, PHONE, theme)
            page.goto(letter["link"])
            _shoot(page, f"from-the-mail-{theme}")
        browser.close()


def _theos_letter(page) -> dict[str, str]:
    """What the worker sent him: the page, and the link in its text."""
    _sign_in(page, "Theo")
    for _ in range(180):
        page.goto("/delivery/?state=sent")
        read = page.get_by_role("link", name=re.compile("^Read"))
        if read.count():
            break
        time.sleep(1)
    else:
        sys.exit(
            "No letter goes out now, as at night: those pictures stay as they were."
        )
    read.first.click()
    download = page.get_by_role("link", name="Download the .eml").get_attribute("href")
    kept = message_from_bytes(page.request.get(download).body(), policy=policy.default)
    text = kept.get_body(["plain"]).get_content()
    return {
        "html": kept.get_body(["html"]).get_content(),
        "link": re.search(rf"{SITE}/w/\S+", text)[0],
    }


def _bring_own_data(page):
    """The step in which it is seen what would happen."""
    _sign_in(page, "Ada")
    page.goto("/imports/add/deals/")
    file = {"name": "hubspot.csv", "mimeType": "text/csv", "buffer": OWN_DATA.encode()}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="That is what they mean").click()
    page.get_by_label("Presentation Scheduled").select_option(label="Solution shown")
    page.get_by_role("button", name="That is who and what they are").click()
    page.get_by_role("heading", name="This is what would happen").wait_for()
    _shoot(page, "own-data")


def _page(browser, size, theme):
    width, height = size
    viewport = {"width": width, "height": height}
    context = browser.new_context(base_url=SITE, viewport=viewport, color_scheme=theme)
    return context.new_page()


def _sign_in(page, who):
    page.goto("/sign-in/login/")
    page.get_by_role("button", name=f"Try it as {who}").click()


def _shoot(page, name):
    page.wait_for_load_state("networkidle")
    whole = page.viewport_size["width"] == DESK[0]  # on a phone it is long
    page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)
    page.context.close()


if __name__ == "__main__":
    sys.exit(main())

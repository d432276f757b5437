"""`make pictures`: the README's pictures, taken anew from a demo of their own.

Starts the demo in a temporary folder, signs in by its own buttons, and looks at the
pages as the manager and as the rep, in both themes.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PORT = "8790"
SITE = f"http://127.0.0.1:{PORT}"
DESK, PHONE = (1440, 900), (390, 844)

# name, who, address, size, theme
SHOTS = [
    ("team", "erin", "/team/", DESK, "light"),
    ("team-dark", "erin", "/team/", DESK, "dark"),
    ("rep", "erin", "theo's page", DESK, "light"),
    ("team-phone", "erin", "/team/", PHONE, "light"),
    ("rep-phone", "theo", "/", PHONE, "light"),
]


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
        for name, who, address, (width, height), theme in SHOTS:
            context = browser.new_context(
                base_url=SITE,
                viewport={"width": width, "height": height},
                color_scheme=theme,
            )
            page = context.new_page()
            page.goto("/sign-in/login/")
            page.get_by_role("button", name=re.compile(who, re.IGNORECASE)).click()
            if address == "theo's page":
                page.get_by_role("link", name="Theo Lindqvist").click()
            elif address != "/":
                page.goto(address)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=PICTURES / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    sys.exit(main())

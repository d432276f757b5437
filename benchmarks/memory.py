"""What the all-in-one process tree holds after use: web, worker, PostgreSQL.

Proportional set sizes: memory that several processes share counts once in all.
"""

import os
import re
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from http.cookiejar import Cookie, CookieJar
from pathlib import Path

from benchmarks.server import PATIENCE, ROOT, TOKEN, free_port
from benchmarks.table import Table

NAME = "All-in-one process tree after use"
PEOPLE = ("erin", "theo", "lena", "ada")
AT_ONCE, PAGES_EACH, ROUNDS = 8, 60, 3
LINK = re.compile(r' href="(/[^"#]*)')


def add_memory(table: Table, folder: Path) -> None:
    """One row: after everybody opened what is linked anywhere, many at a time."""
    with demo(folder / "memory") as (process, home):
        with ThreadPoolExecutor(AT_ONCE) as browsers:
            pages = sum(browse(browsers, home, person) for person in PEOPLE)
        parts = proportional_sizes(process.pid, folder / "memory")
    web, postgres = (sum(part.values()) / 2**20 for part in parts)
    rest = f"{web:.0f} web and worker, {postgres:.0f} PostgreSQL; {pages} pages"
    table.add(NAME, web + postgres, 200, 180, unit="MB", rest=rest, digits=0)


@contextmanager
def demo(folder: Path):
    """The demo on a port and folder of its own, once it answers; its address, too."""
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    folder.mkdir()
    environment = {
        name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ
    }
    environment |= {"DATA_DIR": str(folder), "PORT": str(port)}
    command = [sys.executable, "manage.py", "demo"]
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=said, stderr=said
        )
    try:
        until = time.monotonic() + 4 * PATIENCE
        while not answers(home):
            if time.monotonic() > until or process.poll() is not None:
                sys.exit(f"The demo did not start:\n{(folder / 'said').read_text()}")
            time.sleep(0.2)
        yield process, home
    finally:
        process.terminate()
        process.wait(PATIENCE)


def answers(home: str) -> bool:
    try:
        return urllib.request.urlopen(f"{home}/health/", timeout=5).status == 200
    except OSError:
        return False


def browse(browsers: ThreadPoolExecutor, home: str, person: str) -> int:
    """Everything somebody finds from the first page on, some times; how many pages."""
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(jar := CookieJar())
    )
    jar.set_cookie(csrf_cookie())
    form = f"csrfmiddlewaretoken={TOKEN}".encode()
    browser.open(f"{home}/demo/sign-in/{person}/", form, timeout=PATIENCE)

    def links(path: str) -> list[str]:

        with browser.open(home + path, timeout=PATIENCE) as answer:
            html = "html" in answer.headers["Content-Type"]
            return LINK.findall(unescape(answer.read().decode())) if html else []

    known, fresh = {"/"}, ["/"]
    while fresh and len(known) < PAGES_EACH:
        found = [link for page in browsers.map(links, fresh) for link in page]
        wanted = (
            link for link in found if not link.startswith(("/static/", "/sign-in/"))
        )
        fresh = [link for link in dict.fromkeys(wanted) if link not in known]
        fresh = fresh[: PAGES_EACH - len(known)]
        known.update(fresh)
    for _ in range(ROUNDS):
        list(browsers.map(links, known))
    return len(known)


def csrf_cookie() -> Cookie:
    """It agrees with the form: that is all the check asks."""
    nothing = dict.fromkeys(("port", "expires", "comment", "comment_url"))
    return Cookie(
        version=0,
        name="csrftoken",
        value=TOKEN,
        port_specified=False,
        domain="127.0.0.1",
        domain_specified=False,
        domain_initial_dot=False,
        path="/",
        path_specified=True,
        secure=False,
        discard=True,
        rest={},
        **nothing,
    )


def proportional_sizes(server: int, folder: Path) -> tuple[dict, dict]:
    """Bytes of each process: of the server's tree, and of the PostgreSQL it started."""
    (pid_file,) = folder.rglob("postmaster.pid")
    postmaster = int(pid_file.read_text().split()[0])
    parents = {
        int(stat.parent.name): int(stat.read_text().rsplit(")", 1)[1].split()[1])
        for stat in Path("/proc").glob("[0-9]*/stat")
    }

    def tree(root: int) -> set[int]:
        found = {root}
        while (
            more := {pid for pid, parent in parents.items() if parent in found} - found
        ):
            found |= more
        return found

    def sizes(pids: set[int]) -> dict[int, int]:
        return {pid: proportional_size(pid) for pid in pids}

    return sizes(tree(server)), sizes(tree(postmaster) | {parents[postmaster]})


def proportional_size(pid: int) -> int:
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return 1024 * int(re.search(r"^Pss: +(\d+) kB", told, re.MULTILINE)[1])

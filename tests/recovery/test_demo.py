"""`make demo`: comes up by itself, lets in with one click, and is no door elsewhere."""

import os
import re
import signal
import socket
import subprocess
import sys

import pytest
from django.conf import settings
from django.http import Http404
from django.urls import NoReverseMatch, reverse

from recovery.demo_sign_in import demo_people, demo_sign_in
from recovery.embedded.demo import VARIABLE, environment_of_demo, is_demo
from tests.recovery.made_once import copied, made_once
from tests.recovery.server_process import (
    ROOT,
    Server,
    environment,
    free_port,
    refusal,
    still_running,
    told,
)


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory):
    """What a first start leaves, in `laptop`, and what it said at which address."""

    def make(folder):
        demo = Server(folder / "laptop", "demo")
        demo.start()
        demo.stop()
        (folder / "said").write_text(demo.said)
        (folder / "url").write_text(demo.url)

    return made_once(tmp_path_factory, "demo-made", make)


@pytest.fixture(scope="module")
def shared_demo(demo_made, tmp_path_factory):
    folder = copied(demo_made / "laptop", tmp_path_factory.mktemp("demo") / "laptop")
    demo = Server(folder, "demo")
    yield demo
    demo.stop()
    removed = told("demo", "--reset", env=demo.environment)
    assert removed.returncode == 0, removed
    assert not (demo.folder / "demo").exists()


@pytest.fixture
def demo(shared_demo):
    """One that runs. A test may end it: the next one starts it again."""
    shared_demo.keep_up()
    return shared_demo


# --- Looking around ----------------------------------------------------------------


def test_it_says_where_it_is_and_whom_to_try(demo_made):
    said, url = ((demo_made / name).read_text() for name in ("said", "url"))
    assert f"Second Wind is running at {url}\n" in said
    assert "as Erin" in said
    assert "as Theo" in said


@pytest.mark.parametrize(
    ("name", "lands_on", "sees"),
    [
        ("Erin", r"/team/", "Theo Lindqvist"),
        ("Theo", r"/reps/\d+/week/", "Theo Lindqvist"),
        ("Lena", r"/team/", "Mid-market"),
        ("Ada", r"/set-up/.*", "Harbor Point Software"),
    ],
)
def test_one_click_on_the_sign_in_page_lets_in(demo, name, lands_on, sees):
    browser = demo.browser()
    browser.get("/")
    form = rf'action="([^"]+)"(?:(?!</form>).)*Try it as {name}'
    address = re.search(form, browser.page, re.DOTALL)[1].rpartition('action="')[2]

    assert browser.post(address) == 200
    assert re.fullmatch(lands_on, browser.path)
    assert sees in browser.page


def test_the_door_opens_to_a_form_of_its_own_page_only(demo):
    browser = demo.browser()

    assert browser.get("/demo/sign-in/erin/") == 405
    assert browser.post("/demo/sign-in/erin/") == 403  # no token
    browser.get("/sign-in/login/")
    assert browser.post("/demo/sign-in/admin/") == 404
    assert browser.get("/sign-in/login/", Host="rebound.example") == 400


def test_all_it_keeps_is_in_its_own_folder(demo_made):
    kept = {path.name for path in (demo_made / "laptop").iterdir()} - {"secret_key"}
    assert kept == {"demo"}
    keeps = demo_made / "laptop" / "demo" / "pass"
    assert keeps.stat().st_mode & 0o777 == 0o600


# --- Starting and stopping: the rest is in test_serve.py -----------------------------


def test_one_beside_it_says_where_it_is_and_leaves_it_be(demo):
    beside = told("demo", env=environment(demo.folder, free_port()))

    assert beside.returncode == 0
    assert demo.url in beside.stdout
    assert demo.browser().get("/sign-in/login/") == 200


def test_it_is_not_removed_while_it_runs(demo):
    assert demo.url in refusal("demo", "--reset", env=demo.environment)
    assert demo.browser().get("/sign-in/login/") == 200


@pytest.mark.skipif(sys.platform != "linux", reason="it looks at processes in /proc")
def test_killed_and_stopped_it_keeps_its_data_and_leaves_nothing_running(demo):
    demo.interrupt(signal.SIGKILL)
    demo.start()
    assert "Making" not in demo.said
    assert demo.browser().get("/sign-in/login/") == 200

    family = demo.family()
    assert demo.interrupt(signal.SIGINT, whole_terminal=True) == 0
    assert still_running(family) == {}


def test_a_taken_port_is_a_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        sentence = refusal("demo", env=environment(tmp_path, port))

    assert sentence.startswith(f"Port {port} on 127.0.0.1 cannot be had")


def test_removing_one_that_is_not_there_removes_nothing(tmp_path):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "thesis.txt").write_text("somebody's own")

    told("demo", "--reset", env=environment(tmp_path, free_port()))

    assert (tmp_path / "demo" / "thesis.txt").exists()


# --- Nowhere else ------------------------------------------------------------------


def test_elsewhere_the_door_has_no_address(client):
    assert not settings.DEMO
    with pytest.raises(NoReverseMatch):
        reverse("demo_sign_in", args=["erin"])
    assert client.post("/demo/sign-in/erin/").status_code == 404


def test_elsewhere_even_the_view_itself_knows_nobody(rf):
    request = rf.post("/")
    with pytest.raises(Http404):
        demo_sign_in(request, "erin")
    assert not demo_people(request)["demo_people"]


@pytest.fixture
def demo_folder(tmp_path, monkeypatch):
    """A demo's folder, and a process that has its pass."""
    folder = tmp_path / "demo"
    monkeypatch.setenv(VARIABLE, environment_of_demo(folder, 8000)[VARIABLE])
    return folder


RIGHT = {"embedded_database": True, "bind_address": "127.0.0.1"}


def test_a_process_with_the_pass_of_its_folder_is_the_demo(demo_folder):
    assert is_demo(demo_folder, **RIGHT)


@pytest.mark.parametrize(
    "wrong", [{"embedded_database": False}, {"bind_address": "::"}]
)
def test_on_another_database_or_for_other_machines_it_is_not(demo_folder, wrong):
    assert not is_demo(demo_folder, **RIGHT | wrong)


@pytest.mark.parametrize("shown", ["", "guessed"])
def test_without_the_right_pass_it_is_not(demo_folder, monkeypatch, shown):
    monkeypatch.setenv(VARIABLE, shown)
    assert not is_demo(demo_folder, **RIGHT)


def test_a_pass_without_its_file_opens_nothing(demo_folder):
    (demo_folder / "pass").unlink()
    assert not is_demo(demo_folder, **RIGHT)


def test_an_empty_file_and_no_pass_open_nothing(demo_folder, monkeypatch):
    (demo_folder / "pass").write_text("")
    monkeypatch.setenv(VARIABLE, "")
    assert not is_demo(demo_folder, **RIGHT)


def test_in_a_folder_of_another_name_it_is_not(tmp_path, monkeypatch):
    folder = tmp_path / "office"
    monkeypatch.setenv(VARIABLE, environment_of_demo(folder, 8000)[VARIABLE])
    assert not is_demo(folder, **RIGHT)


def test_a_new_start_makes_the_old_pass_worthless(demo_folder):
    environment_of_demo(demo_folder, 8000)
    assert not is_demo(demo_folder, **RIGHT)


@pytest.mark.parametrize(
    "changes",
    [
        {"DATABASE_URL": "postgres://a@127.0.0.1:1/a", "SECRET_KEY": "a key"},
        {},  # the control: so it is the demo
    ],
    ids=["a server of its own", "as it should be"],
)
def test_the_settings_and_the_addresses_follow(demo_folder, changes):
    asked = (
        "import django; django.setup(); from django.conf import settings;"
        "from recovery.urls import urlpatterns;"
        "print(settings.DEMO, any('demo' in str(p.pattern) for p in urlpatterns),"
        " settings.KEEP_LETTERS)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env=environment(demo_folder, 8000) | {VARIABLE: os.environ[VARIABLE]} | changes,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.split() == (["False"] * 3 if changes else ["True"] * 3)

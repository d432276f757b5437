"""`make run`, and what it shares with the demo: starting, stopping, being killed."""

import json
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from io import StringIO

import pytest

from recovery.embedded import postgres
from recovery.embedded.os_user import CannotStart
from recovery.management.commands.serve import Command
from reps.models import User
from tests.factories.exports import written
from tests.factories.reps import OrganizationFactory
from tests.recovery.founding import ANSWERS, PASSWORD
from tests.recovery.made_once import copied
from tests.recovery.server_process import (
    PATIENCE,
    Server,
    environment,
    free_port,
    refusal,
    still_running,
    told,
)

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="it looks at processes in /proc"
)


@pytest.fixture
def refused(founded):
    """What it said to want of good answers, by what it got."""
    return json.loads((founded / "refused").read_text())


@pytest.fixture
def asked(founded):
    """What it asked and said on a terminal, and what it heard."""
    return (founded / "asked").read_text()


@pytest.fixture(scope="module")
def shared_server(founded, tmp_path_factory):
    folder = copied(founded / "office", tmp_path_factory.mktemp("served") / "office")
    server = Server(folder, "serve")
    yield server
    server.stop()
    postgres.reset(server.folder / "postgres")


@pytest.fixture
def server(shared_server):
    """One that runs. A test may end it: the next one starts it again."""
    shared_server.keep_up()
    return shared_server


def webs_of(server):
    """How many processes answer requests; one more watches over them."""
    words = server.family().values()
    return sum("manage.py serve" in command for command in words) - 1


def last_beat(server):
    browser = server.browser()
    assert browser.get("/health/") == 200
    return json.loads(browser.page)["last_beat"]


# --- The first start ---------------------------------------------------------------


def test_it_founds_the_organization_and_lets_its_admin_in(server):
    browser = server.browser()
    browser.get("/")
    assert browser.path.startswith("/sign-in/login/")

    browser.post("/sign-in/login/", login="ada@harbor.example", password=PASSWORD)

    assert browser.path == "/set-up/"
    assert "Harbor Point" in browser.page
    assert "Which team do you run?" in browser.page
    assert "4 of 8 are there" in browser.page


def test_without_a_terminal_or_answers_it_says_what_to_give(refused):
    sentence = refused["no answers"]
    assert "--organization, --name and --email, and $ADMIN_PASSWORD" in sentence


def test_a_password_that_is_easily_guessed_is_refused(refused):
    assert "This password is too short." in refused["12345"]


def test_on_a_terminal_it_asks_until_the_answers_will_do(asked):
    assert "Enter a valid email address." in asked
    assert "This password is too short." in asked
    assert "Sign in as ada@harbor.example: you are asked which team you run" in asked
    assert PASSWORD not in asked


@pytest.mark.django_db
def test_the_options_and_the_environment_answer_too(monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    Command().first_organization("Harbor Point", "Ada Brandt", "Ada@harbor.example")

    admin = User.objects.get(email="ada@harbor.example")
    assert (admin.name, admin.is_admin, admin.is_staff) == ("Ada Brandt", True, False)
    assert admin.check_password(PASSWORD)
    assert admin.organization.name == "Harbor Point"
    assert admin.organization.stages.exists()


@pytest.mark.django_db
def test_another_organization_without_an_admin_keeps_no_server_from_starting(
    monkeypatch,
):
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    answers = ("Harbor Point", "Ada Brandt", "Ada@harbor.example")
    heard = StringIO()
    command = Command(stderr=heard)
    command.fill(*answers)
    imported = OrganizationFactory(name="Calder & Lind")

    command.fill(*answers)  # as a unit file says them, at every start
    assert "Calder & Lind has no admin yet" in heard.getvalue()
    assert not User.objects.filter(organization=imported).exists()

    command.fill(None, "Omar Haddad", "omar@calder.example")
    assert User.objects.active_admins().get(organization=imported).name == "Omar Haddad"


@pytest.mark.django_db
def test_where_nobody_could_sign_in_at_all_it_does_not_start():
    OrganizationFactory(name="Calder & Lind")
    with pytest.raises(CannotStart, match="There is no admin yet"):
        Command().fill(None, None, None)


# --- Serving -----------------------------------------------------------------------


def test_it_is_healthy_and_beats_through_its_own_worker(server):
    until = time.monotonic() + 10
    while not last_beat(server) and time.monotonic() < until:
        time.sleep(0.05)
    assert last_beat(server)


def test_its_pages_bring_their_styles(server):
    browser = server.browser()
    browser.get("/sign-in/login/")
    sheet = browser.page.partition('rel="stylesheet" href="')[2].partition('"')[0]

    assert sheet.startswith("/static/")
    assert browser.get(sheet) == 200


def test_it_has_one_web_worker_and_no_signal_makes_it_two(server):
    for sign in (signal.SIGTTIN, signal.SIGUSR2):
        server.process.send_signal(sign)
    time.sleep(0.5)

    assert webs_of(server) == 1


def test_where_redis_is_the_worker_is_elsewhere_and_there_may_be_more_webs(server):
    server.stop()
    web = Server(server.folder, "serve", REDIS_URL="redis://127.0.0.1:1/0")
    web.environment["WEB_CONCURRENCY"] = "2"
    web.start()
    until = time.monotonic() + 10
    while webs_of(web) < 2 and time.monotonic() < until:
        time.sleep(0.05)  # it says that it runs as soon as the first one does
    webs = webs_of(web)
    answer = web.browser().get("/sign-in/login/")
    web.stop()

    assert webs == 2
    assert answer == 200
    assert (
        "Cannot connect" not in web.said
    )  # nobody is there, and nobody here has asked


# --- Stopping ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sign", "whole_terminal"),
    [
        (signal.SIGTERM, False),
        (signal.SIGINT, True),  # Ctrl-C reaches everybody in the terminal
        (signal.SIGHUP, True),  # and so does closing it
    ],
    ids=["SIGTERM", "Ctrl-C", "terminal closed"],
)
def test_it_stops_and_leaves_nothing_running(server, sign, whole_terminal):
    family = server.family()
    assert len(family) > 3  # server, worker, supervisor, PostgreSQL and its own

    assert server.interrupt(sign, whole_terminal=whole_terminal) == 0
    assert still_running(family) == {}
    assert "Traceback" not in server.said


def test_killed_it_starts_again_at_once_and_nothing_old_stays(server):
    family = server.family()
    server.process.kill()  # its worker still has the port for a moment
    server.process.wait()
    server.process.stdout.close()

    server.start()

    assert server.browser().get("/sign-in/login/") == 200
    assert still_running(family, seconds=15) == {}


def test_it_starts_again_after_the_machine_went_down(server):
    family = server.family()
    for end in (signal.SIGSTOP, signal.SIGKILL):  # nobody sees another one go
        for pid in family:
            with suppress(ProcessLookupError):  # PostgreSQL's helpers come and go
                os.kill(pid, end)
    server.process.communicate(timeout=PATIENCE)

    server.start()

    browser = server.browser()
    browser.get("/sign-in/login/")
    browser.post("/sign-in/login/", login="ada@harbor.example", password=PASSWORD)
    assert browser.path == "/set-up/"


def test_a_web_worker_that_dies_is_replaced_and_beats_again(server):
    [worker] = [
        pid
        for pid, words in server.family().items()
        if "manage.py serve" in words and pid != server.process.pid
    ]
    os.kill(worker, signal.SIGKILL)

    until = time.monotonic() + 10
    while not last_beat(server) and time.monotonic() < until:
        time.sleep(0.05)
    assert last_beat(server)


# --- Refusing ----------------------------------------------------------------------


def test_one_beside_it_says_so_and_leaves_it_be(server):
    beside = told("serve", env=environment(server.folder, free_port()))

    assert beside.returncode == 0
    assert server.url in beside.stdout
    assert server.browser().get("/sign-in/login/") == 200


def test_a_taken_port_is_a_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        sentence = refusal("serve", env=environment(tmp_path, port))

    assert sentence.startswith(f"Port {port} on 127.0.0.1 cannot be had")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"WEB_CONCURRENCY": "2"}, "WEB_CONCURRENCY asks for 2 web processes"),
        ({"PORT": "70000"}, "Port 70000 on 127.0.0.1 cannot be had"),
        (
            {"DATABASE_URL": "postgres://a@127.0.0.1:1/a", "SECRET_KEY": "a key"},
            "The database does not answer",
        ),
        ({"DATA_DIR": "/dev/null/data"}, "set DATA_DIR to another folder"),
    ],
    ids=lambda fact: next(iter(fact.items()))[0] if isinstance(fact, dict) else "",
)
def test_what_cannot_work_is_a_sentence(tmp_path, changes, words):
    assert words in refusal("serve", env=environment(tmp_path, free_port(), **changes))


# --- After an import ---------------------------------------------------------------


def test_an_organization_that_came_with_an_import_gets_its_admin(data_folder, tmp_path):
    server = Server(data_folder, "serve", *ANSWERS, ADMIN_PASSWORD=PASSWORD)
    files = [*written(tmp_path, {}), "--organization=Calder & Lind"]
    assert told("import_deals", *files, env=server.environment).returncode == 0
    without = server.environment | {"ADMIN_PASSWORD": ""}
    assert "There is no admin yet" in refusal("serve", env=without)
    try:
        server.start()
        browser = server.browser()
        browser.get("/sign-in/login/")
        browser.post("/sign-in/login/", login="ada@harbor.example", password=PASSWORD)
        assert browser.path == "/set-up/"
        assert "Calder &amp; Lind" in browser.page
    finally:
        server.stop()

"""`docs/operating.md`, tried: its nginx in front of the app, with a certificate."""

import os
import re
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
import trustme
import yaml

from tests.needed import program
from tests.recovery.server_process import PATIENCE, Server, free_port

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "operating.md").read_text()
NAME = "wind.example.com"
PASSWORD = "correct horse battery"
FOUND = ("--organization=Harbor", "--name=Ada", "--email=ada@harbor.example")
LINES = 140  # two screens


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.S)


def test_it_is_short():
    assert len(GUIDE.splitlines()) <= LINES


def test_every_setting_it_names_is_one():
    known = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^ {4}([A-Z_]+)=", GUIDE, re.M))
    named |= set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`", GUIDE))
    assert {"SITE_URL", "BEHIND_PROXY", "EMAIL_URL", "METRICS_TOKEN"} <= named
    assert {name for name in named if f"\n{name}=" not in known} == set()


def test_its_yaml_can_be_read():
    traefik, prometheus = map(yaml.safe_load, examples("yaml"))
    assert set(traefik["http"]) == {"routers", "services"}
    assert prometheus["scrape_configs"][0]["job_name"] == "second-wind"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """Second Wind, told of its proxy as the guide says."""
    server = Server(
        tmp_path_factory.mktemp("office"),
        *("serve", *FOUND),
        SITE_URL=f"https://{NAME}",
        BEHIND_PROXY="1",
        ALLOWED_HOSTS="127.0.0.1",
        ADMIN_PASSWORD=PASSWORD,
        METRICS_TOKEN="a token for tests",
    )
    server.start()
    yield server
    server.stop()


@contextmanager
def nginx(folder: Path, app_port: int):
    """The guide's, on free ports: https, http, and who signed its certificate."""
    authority = trustme.CA()
    certificate = authority.issue_cert(NAME)
    certificate.private_key_pem.write_to_path(folder / "wind.key")
    for part in certificate.cert_chain_pems:
        part.write_to_path(folder / "wind.pem", append=True)
    https, http = free_port(), free_port()
    (servers,) = examples("nginx")
    for written, here in [
        ("listen 443 ssl", f"listen 127.0.0.1:{https} ssl"),
        ("listen 80", f"listen 127.0.0.1:{http}"),
        ("http://127.0.0.1:8000", f"http://127.0.0.1:{app_port}"),
        ("/etc/ssl", str(folder)),
    ]:
        assert written in servers
        servers = servers.replace(written, here)
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"daemon off; {user} pid {folder}/pid; error_log {folder}/log;\n"
        f"events {{}}\nhttp {{ access_log off;\n{places}{servers}}}\n"
    )
    command = [program("nginx", package="nginx-light"), "-c", folder / "nginx.conf"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for(https, process)
        yield https, http, authority
    finally:
        process.terminate()
        process.wait(PATIENCE)


def wait_for(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "nginx refused its configuration"
        line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            line.connect()
        except OSError:
            time.sleep(0.02)
        else:
            return
        finally:
            line.close()


class Named(HTTPSConnection):
    """A line to this machine for which it is the site's name."""

    def __init__(self, port: int, authority: trustme.CA) -> None:
        context = ssl.create_default_context()
        authority.configure_trust(context)
        super().__init__(NAME, port, timeout=PATIENCE, context=context)
        self._create_connection = lambda place, *more: socket.create_connection(
            ("127.0.0.1", place[1]), *more
        )


class Visitor:
    """A browser's part: it asks for the name, without a port, and keeps cookies."""

    def __init__(self, port: int, authority: trustme.CA) -> None:
        self.line = Named(port, authority)
        self.cookies: dict[str, str] = {}

    def ask(self, verb, path, fields=None, **sent):
        headers = {"Host": NAME, "Origin": f"https://{NAME}", **sent}
        headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(verb, path, fields and urlencode(fields), headers)
        answer = self.line.getresponse()
        self.page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            assert "; Secure" in cookie
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer


@pytest.fixture(scope="module")
def proxy(app, tmp_path_factory):
    with nginx(tmp_path_factory.mktemp("nginx"), app.port) as place:
        yield place


@pytest.fixture
def visitor(proxy):
    https, _, authority = proxy
    visitor = Visitor(https, authority)
    yield visitor
    visitor.line.close()


def test_one_signs_in_through_it(visitor):
    assert visitor.ask("GET", "/sign-in/login/").status == 200
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', visitor.page)[1]
    fields = {
        "csrfmiddlewaretoken": token,
        "login": "ada@harbor.example",
        "password": PASSWORD,
    }
    answer = visitor.ask("POST", "/sign-in/login/", fields)
    assert (answer.status, answer.headers["Location"]) == (302, "/")
    assert visitor.ask("GET", "/set-up/").status == 200
    assert visitor.ask("GET", "/set-up/how-it-runs/").status == 200
    assert "The proxy is believed" in visitor.page
    assert f"Letters link to https://{NAME}." in visitor.page


def test_what_a_visitor_claims_is_set_by_the_proxy(visitor):
    mine = "ab" * 16
    claims = {"X-Forwarded-Proto": "http", "X-Request-ID": mine}
    answer = visitor.ask("GET", "/sign-in/login/", **claims)
    assert answer.status == 200  # and no redirect to https
    given = answer.headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{32}", given)
    assert given != mine


def test_a_file_of_some_size_comes_through_it(visitor):
    nobodys = {"pasted": "x" * 2_000_000}  # more than nginx takes unasked
    assert visitor.ask("POST", "/imports/add/deals/", nobodys).status == 403


def test_the_figures_stay_inside(visitor, app):
    shown = {"Authorization": "Bearer a token for tests"}
    assert visitor.ask("GET", "/metrics", **shown).status == 404
    assert app.browser().get("/metrics", **shown) == 200


def test_http_is_sent_on(proxy):
    _, http, _ = proxy
    line = HTTPConnection("127.0.0.1", http, timeout=PATIENCE)
    line.request("GET", "/week/?a=b", headers={"Host": NAME})
    answer = line.getresponse()
    line.close()
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{NAME}/week/?a=b"

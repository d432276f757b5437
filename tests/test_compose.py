"""The compose file, the image and `.env.example`, read without a container engine.

An engine would find these out on somebody's server: a service that waits for one that
is not there, a variable that nobody set, a password in the file.
"""

import ast
import hashlib
import hmac
import json
import os
import re
import subprocess
import sys
import tomllib
from base64 import b64decode
from pathlib import Path

import psycopg
import pytest
import yaml
from compose_spec import PyCompose

from recovery.embedded.os_user import programs_of_the_wheel
from recovery.embedded.postgres import Postgres

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()

# ${NAME}, ${NAME:-instead}, ${NAME:?what to do}; $$ is a dollar.
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<text>[^}]*))?\}")
SECRET = re.compile(r"SECRET|PASSWORD|TOKEN|_KEY$")
WHERE_WANTED = {"METRICS_TOKEN"}  # secrets of what is off without them
OLDEST_REDIS = (6, 2)


def example() -> dict[str, str]:
    """What `.env.example` sets."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {name: value.strip('"') for name, value in pairs}


def filled_in(text: str, values: dict[str, str]) -> str:
    """The compose file as compose reads it, with the variables' values in place."""

    def value(found: re.Match) -> str:
        given = values.get(found["name"], "")
        if not given and found["kind"] == "?":
            raise LookupError(found["text"])
        return given or found["text"] or ""

    return VARIABLE.sub(value, text).replace("$$", "$")


@pytest.fixture(scope="module")
def services():
    """Every service, from `.env.example` with its secrets made up."""
    values = {
        name: value or ("made up" if SECRET.search(name) else "")
        for name, value in example().items()
    }
    document = yaml.safe_load(filled_in(COMPOSE, values))
    # compose-spec refuses what compose would: a misspelt key, a duration of no unit.
    return PyCompose.from_json(json.dumps(document)).to_dict()["services"]


def once(service) -> bool:
    return service["restart"] == "no"


def settings_variables() -> set[str]:
    tree = ast.parse((ROOT / "recovery" / "settings.py").read_text())
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_service_waits_for_one_that_is_there_and_can_say_it_is_ready(services):
    for name, service in services.items():
        for other, how in service.get("depends_on", {}).items():
            assert other in services, f"{name} waits for {other}"
            if how["condition"] == "service_healthy":
                assert "healthcheck" in services[other], f"{name} waits for {other}"
            if how["condition"] == "service_completed_successfully":
                assert once(services[other]), f"{name} waits for {other}"


def test_nothing_of_ours_starts_before_the_tables_are_migrated(services):
    ours = {name for name, service in services.items() if "build" in service}
    assert ours == {"migrate", "web", "worker", "beat"}
    for name in ours - {"migrate"}:
        waits_for = services[name]["depends_on"]
        assert waits_for["migrate"]["condition"] == "service_completed_successfully"
        assert waits_for["redis"]["condition"] == "service_healthy"


def test_every_service_that_stays_is_watched_and_started_again(services):
    for name, service in services.items():
        if not once(service):
            assert service["healthcheck"]["test"], name
            assert service["restart"] == "unless-stopped", name


def test_no_service_runs_as_root(services):
    users = {name: service["user"].split(":")[0] for name, service in services.items()}
    assert not {"", "0", "root"} & set(users.values())
    assert re.findall(r"^USER (.*)$", DOCKERFILE, re.M)[-1] == services["web"]["user"]


def test_only_migrate_knows_the_owners_password(services):
    knows = {
        name
        for name, service in services.items()
        if "DATABASE_OWNER_URL" in service.get("environment", {})
    }
    assert knows == {"migrate"}


def test_nothing_is_reachable_from_another_machine(services):
    published = [
        port for service in services.values() for port in service.get("ports", [])
    ]
    assert len(published) == 2
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_the_servers_are_those_the_tests_run_on(services):
    image, _, tag = services["postgres"]["image"].partition(":")
    said = subprocess.check_output(
        [programs_of_the_wheel() / "postgres", "--version"], text=True
    )
    assert (image, tag.split("-")[0]) == ("postgres", re.search(r"(\d+)\.", said)[1])

    image, _, tag = services["redis"]["image"].partition(":")
    version = tuple(map(int, tag.split("-")[0].split(".")))
    assert image == "redis"
    assert version >= OLDEST_REDIS[: len(version)]


def test_no_secret_stands_in_the_files():
    for name, value in example().items():
        assert not (SECRET.search(name) and value), name
    for line in COMPOSE.splitlines():
        name, _, value = line.strip().partition(": ")
        if SECRET.search(name):
            instead = r":-" if name in WHERE_WANTED else r":\?[^}]+"
            assert re.fullmatch(rf"\$\{{\w+{instead}\}}", value), line
        for password in re.findall(r"://[^:/@\s$]+:([^@]*)@", line):
            assert VARIABLE.fullmatch(password), line
    given_in_the_image = re.findall(r"^(?:ENV|ARG) (.*(?:\\\n.*)*)", DOCKERFILE, re.M)
    assert not any(SECRET.search(words) for words in given_in_the_image)


@pytest.mark.parametrize(
    "secret", sorted(set(filter(SECRET.search, example())) - WHERE_WANTED)
)
def test_compose_will_not_start_without_a_secret(secret):
    others = dict.fromkeys(example(), "set") | {secret: ""}
    with pytest.raises(LookupError, match=f"set {secret} in .env"):
        filled_in(COMPOSE, others)


def test_the_example_names_every_variable_and_no_other():
    in_compose = {found["name"] for found in VARIABLE.finditer(COMPOSE)}
    assert set(example()) == settings_variables() | in_compose


def test_every_variable_of_the_example_says_what_it_is_for():
    text = (ROOT / ".env.example").read_text()
    silent = [
        name
        for name in example()
        if not re.search(rf"^# .+\n(?:[A-Z_]+=.*\n)?{name}=", text, re.M)
    ]
    assert silent == []


def test_the_example_is_a_setup_that_starts(tmp_path):
    """Whoever copies it as it is has the app on its own PostgreSQL."""
    values = example() | {"DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "diffsettings"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | values,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "EMBEDDED_DATABASE = True" in done.stdout
    assert "DEFAULT_FROM_EMAIL = 'Second Wind <second-wind@localhost>'" in done.stdout


def test_the_image_has_a_python_we_support():
    base = re.search(r"^ARG BASE=python:(\d+)\.(\d+)-", DOCKERFILE, re.M)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    oldest = project["requires-python"].removeprefix(">=").split(".")
    assert tuple(map(int, base.groups())) >= tuple(map(int, oldest))


def test_all_the_image_copies_is_there_and_let_in():
    let_in = re.findall(r"^!(.*)$", (ROOT / ".dockerignore").read_text(), re.M)
    copied = re.findall(r"^COPY (\S+) ", DOCKERFILE, re.M)
    assert sorted(let_in) == sorted(copied)
    assert all((ROOT / path).exists() for path in copied)


def test_a_new_server_gets_both_roles_with_their_passwords(services, tmp_path):
    """The init scripts, run in the image's order on a PostgreSQL of the same major."""
    mounts = dict(
        reversed(volume.removesuffix(":ro").split(":"))
        for volume in services["postgres"]["volumes"]
        if "initdb.d" in volume
    )
    owners, apps = """it's "quoted" \\ and $long""", "another one"
    with Postgres(tmp_path / "server", durable=False) as address:
        environment = {
            "PATH": f"{programs_of_the_wheel()}:{os.environ['PATH']}",
            "PGHOST": str(address.socket_folder),
            "POSTGRES_USER": "postgres",
            "DATABASE_OWNER_PASSWORD": owners,
            "DATABASE_PASSWORD": apps,
        }
        for script in (ROOT / mounts[name] for name in sorted(mounts)):
            psql = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-f"]
            command = ["sh"] if script.suffix == ".sh" else psql
            subprocess.run([*command, script], env=environment, check=True)

        with psycopg.connect(address.url("postgres")) as superuser:
            kept = dict(
                superuser.execute(
                    "SELECT rolname, rolpassword FROM pg_authid"
                    " WHERE rolname LIKE 'second_wind%'"
                ).fetchall()
            )
    assert set(kept) == {"second_wind", "second_wind_owner"}
    assert is_kept_as(owners, kept["second_wind_owner"])
    assert is_kept_as(apps, kept["second_wind"])


def is_kept_as(password: str, kept: str) -> bool:
    """Whether PostgreSQL's note of a password is of this one (RFC 5802)."""
    _, cost, keys = kept.split("$")
    rounds, salt = cost.split(":")
    salted = hashlib.pbkdf2_hmac(
        "sha256", password.encode(), b64decode(salt), int(rounds)
    )
    client_key = hmac.digest(salted, b"Client Key", "sha256")
    return b64decode(keys.split(":")[0]) == hashlib.sha256(client_key).digest()

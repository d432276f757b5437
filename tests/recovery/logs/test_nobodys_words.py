"""Marked words go in by every door we know of; none of them comes out in a line."""

import smtplib

import pytest
from django.core.mail.backends import locmem
from django.core.management import CommandError, call_command
from django.db import DataError, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import Client
from django.urls import reverse

from plans.models import Nudge
from plans.tasks import deliver_nudges
from recovery.embedded.postgres import Postgres
from recovery.mail_server import mail_settings
from recovery.set_up_checks import look_at_everything
from reps.forms.set_up.organization import OrganizationForm
from tests.factories.exports import written as export_files
from tests.factories.nudges import due_nudge
from tests.factories.reps import UserFactory
from tests.mail_sink import mail_sink

pytestmark = pytest.mark.django_db

MARK = "Xyzzyplugh"
ADDRESS = f"{MARK}@marked.example"


@pytest.fixture
def admin():
    return UserFactory(
        name=f"Ada {MARK}",
        email=ADDRESS.lower(),
        is_admin=True,
        organization__name=f"{MARK} Works",
    )


@pytest.fixture
def client(admin):
    client = Client(raise_request_exception=False)
    client.force_login(admin)
    return client


@pytest.fixture(autouse=True)
def nobodys_words(written, settings):
    """After each test of this file: something was written, and no mark is in it."""
    settings.SLOW_QUERY_MS = 0  # every query is told
    yield
    text = written.getvalue()
    assert text.count("\n") > 0
    assert MARK.lower() not in text.lower()


def test_forms_that_are_taken_and_refused(client, written):
    person = {"name": MARK, "email": f"new-{ADDRESS}", "send_link": "on"}
    assert client.post(reverse("reps:add_person"), person).status_code == 302
    refused = client.post(reverse("reps:add_person"), person | {"email": MARK})
    assert refused.status_code == 422
    assert {line["status"] for line in written.of("request")} == {302, 422}
    assert written.of("slow query")


def test_an_error_with_a_persons_words_in_it(client, monkeypatch):
    def fail(form):
        with connection.cursor() as cursor:
            try:
                cursor.execute("SELECT %s::date", [MARK])
            except DataError as error:
                raise ValueError(f"{MARK}: {error}") from error

    monkeypatch.setattr(OrganizationForm, "save_if_valid", fail)
    answer = client.post(reverse("reps:edit_organization"), {"name": MARK})
    assert answer.status_code == 500


def test_addresses_hosts_headers_and_tokens():
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answers = [
        client.get(f"/{MARK}/", {MARK: MARK}),
        client.get(f"/week/{MARK}/"),
        client.get("/", headers={"Host": f"{MARK}.example"}),
        client.get("/", headers={"X-Request-ID": MARK, "Referer": MARK}),
        client.post(
            reverse("account_login"),
            {"login": ADDRESS, "password": MARK},
            headers={"Origin": f"https://{MARK}.example"},
        ),
        Client().post(reverse("account_login"), {"login": ADDRESS, "password": MARK}),
        Client().post(reverse("account_reset_password"), {"email": ADDRESS}),
    ]
    assert {answer.status_code for answer in answers} >= {200, 302, 400, 403, 404}


def test_an_invitation_that_is_refused(client, admin, monkeypatch):
    def refuse(self, letters):
        refused = {letter.to[0]: (550, MARK.encode()) for letter in letters}
        raise smtplib.SMTPRecipientsRefused(refused)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)
    asked = {"organization": admin.organization, "email": f"grace-{ADDRESS}"}
    grace = UserFactory(name=MARK, **asked)
    client.post(reverse("reps:send_invitation", args=[grace.pk]))


def test_a_nudge_that_is_refused(monkeypatch):
    def refuse(self, letters):
        raise smtplib.SMTPDataError(554, f"{MARK} {ADDRESS}")

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)
    nudge = due_nudge(person__name=MARK, person__email=ADDRESS.lower())
    deliver_nudges()
    nudge.refresh_from_db()
    assert nudge.state == Nudge.State.OWED
    assert MARK in nudge.why


def test_an_import_that_is_refused(tmp_path, client):
    files = export_files(tmp_path, {"close_value": MARK, "account": MARK})
    with pytest.raises(CommandError):
        call_command("import_deals", *files, f"--organization={MARK}")
    client.get("/health/")


def test_a_test_letter_and_the_checks(client, settings):
    with mail_sink() as sink:
        pass
    for name, value in mail_settings(f"smtp://u:{MARK}@127.0.0.1:{sink.port}").items():
        setattr(settings, name, value)
    answer = client.post(reverse("send_test_letter"))
    assert answer.status_code == 302
    assert MARK not in str(look_at_everything())


def test_the_embedded_database_keeps_no_statement_that_failed(
    tmp_path, written, client
):
    """Its own log is a file beside its data, with what each statement was given."""
    client.get("/health/")
    with Postgres(tmp_path / "server", durable=False) as address:
        facts = connection.settings_dict | address.django("second_wind")
        own = DatabaseWrapper(facts)
        with pytest.raises(DataError), own.cursor() as cursor:
            cursor.execute("SELECT %s::date", [MARK])
        own.close()
        log = (tmp_path / "server" / "log").read_text()
    assert "ready to accept connections" in log
    assert MARK not in log

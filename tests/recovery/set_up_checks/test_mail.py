"""The mail server: real ones that let us in, refuse us, or are not there."""

import base64

import pytest
from aiosmtpd.smtp import AuthResult

from recovery.mail_server import mail_settings
from recovery.set_up_checks import mail
from recovery.set_up_checks.finding import Level
from tests.mail_sink import Sink, mail_sink
from tests.recovery.server_process import free_port

PASSWORD = "hunter2hunter2"


@pytest.fixture
def use(settings):
    """`use(url)`: letters go there from now on."""

    def change(url):
        for name, value in mail_settings(url).items():
            setattr(settings, name, value)

    return change


def only_with_the_password(server, session, envelope, mechanism, found):
    # "Not handled" has the server say so itself.
    return AuthResult(success=found.password.decode() == PASSWORD, handled=False)


def tls(certificate, **facts):
    return mail_sink(ssl_context=certificate, auth_require_tls=False, **facts)


def test_it_lets_us_in(use, certificate):
    with tls(certificate, authenticator=only_with_the_password) as sink:
        use(f"smtps://erin:{PASSWORD}@127.0.0.1:{sink.port}")
        found = mail.mail_server()
    assert found.level == Level.FINE
    assert f"127.0.0.1:{sink.port} let us in, over TLS, in " in found.fact
    assert sink.letters == []


def test_a_wrong_password_is_said_in_the_servers_words_and_without_it(use, certificate):
    with tls(certificate, authenticator=only_with_the_password) as sink:
        use(f"smtps://erin:wrong{PASSWORD}@127.0.0.1:{sink.port}")
        found = mail.mail_server()
        sent = mail.send_test_letter("ada@x.example")
    assert found == sent
    assert found.level == Level.BROKEN
    assert "The mail server refused our password (535 5.7.8" in found.fact
    assert "user and password" in found.what_to_do
    assert PASSWORD not in str(found)


def test_a_rude_server_that_repeats_the_password_is_not_quoted(use):
    use(f"smtp://erin:{PASSWORD}@127.0.0.1:25")
    both = base64.b64encode(f"\0erin\0{PASSWORD}".encode()).decode()
    said = mail._as_text(500, f"what is {PASSWORD}, what is {both}?".encode())
    assert said == "500 what is …, what is …?"


def test_one_that_is_not_there(use):
    use(f"smtp://127.0.0.1:{free_port()}")
    found = mail.mail_server()
    assert found.level == Level.BROKEN
    assert "could not be reached (Connection refused)" in found.fact


def test_a_certificate_nobody_signed(use, certificate, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with tls(certificate) as sink:
        use(f"smtps://127.0.0.1:{sink.port}")
        found = mail.mail_server()
    assert found.level == Level.BROKEN
    assert "could not prove that it is ours" in found.fact


def test_without_tls_the_password_is_readable(use):
    facts = {"authenticator": only_with_the_password, "auth_require_tls": False}
    with mail_sink(**facts) as sink:
        use(f"smtp://erin:{PASSWORD}@127.0.0.1:{sink.port}")
        found = mail.mail_server()
    assert found.level == Level.LOOK
    assert "readable" in found.fact


def test_a_test_letter_shows_what_the_server_said(use, certificate):
    with tls(certificate, authenticator=only_with_the_password) as sink:
        use(f"smtps://erin:{PASSWORD}@127.0.0.1:{sink.port}")
        found = mail.send_test_letter("ada@x.example")
    assert found.level == Level.FINE
    assert found.fact.endswith("took the letter: 250 taken")
    assert sink.sent_to == ["ada@x.example"]
    assert b"Subject: A test letter from Second Wind" in sink.letters[0].content


def test_an_address_that_is_refused(use, monkeypatch):
    async def refuse(sink, server, session, envelope, address, options):
        return "550 5.1.1 nobody of that name"

    monkeypatch.setattr(Sink, "handle_RCPT", refuse, raising=False)
    with mail_sink() as sink:
        use(f"smtp://127.0.0.1:{sink.port}")
        found = mail.send_test_letter("ada@x.example")
    assert found.level == Level.BROKEN
    said = "The mail server refused the address (550 5.1.1 nobody of that name)."
    assert found.fact.endswith(said)


def test_letters_that_are_files_go_to_nobody(use, tmp_path):
    use(f"filemail://{tmp_path}/mail")
    assert mail.mail_server().fact == (
        f"Letters are kept as files in {tmp_path}/mail, and nobody gets them."
    )
    assert mail.send_test_letter("ada@x.example").level == Level.LOOK
    assert len(list((tmp_path / "mail").iterdir())) == 1

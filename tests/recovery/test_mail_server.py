"""EMAIL_URL: its usual forms, tried against real servers, or a sentence."""

import ssl

import pytest
from aiosmtpd.smtp import AuthResult
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import send_mail
from django.test import override_settings

from recovery.mail_server import mail_settings
from tests.mail_sink import mail_sink

PASSWORDS = ["plain", "a#b@c/d?e", "half:way", "50%25 off", "ends in @"]


class Door:
    """Who came in, and whether the line was encrypted by then."""

    def __init__(self):
        self.came_in = []

    def __call__(self, server, session, envelope, mechanism, found):
        is_encrypted = session.ssl is not None or server.transport.get_extra_info(
            "sslcontext"
        )
        user, password = found.login.decode(), found.password.decode()
        self.came_in.append((user, password, bool(is_encrypted)))
        return AuthResult(success=True)


def send(url):
    with override_settings(**mail_settings(url)):
        send_mail("Week 6", "Three demos.", "erin@x.example", ["theo@x.example"])


@pytest.mark.parametrize("password", PASSWORDS)
@pytest.mark.parametrize("scheme", ["smtps", "smtp+ssl"])
def test_tls_from_the_first_byte(certificate, scheme, password):
    door = Door()
    facts = {"authenticator": door, "auth_require_tls": False}
    with mail_sink(ssl_context=certificate, **facts) as sink:
        send(f"{scheme}://erin:{password}@127.0.0.1:{sink.port}")
    assert sink.sent_to == ["theo@x.example"]
    assert door.came_in == [("erin", password.replace("%25", "%"), True)]


@pytest.mark.parametrize("password", PASSWORDS)
def test_starttls(certificate, password):
    door = Door()
    facts = {"tls_context": certificate, "require_starttls": True}
    with mail_sink(authenticator=door, **facts) as sink:
        send(f"smtp+tls://erin:{password}@127.0.0.1:{sink.port}")
    assert sink.sent_to == ["theo@x.example"]
    assert door.came_in == [("erin", password.replace("%25", "%"), True)]


def test_neither_on_a_net_one_trusts():
    with mail_sink() as sink:
        send(f"smtp://127.0.0.1:{sink.port}")
    assert sink.sent_to == ["theo@x.example"]


def test_a_certificate_nobody_signed_is_not_trusted(certificate, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with mail_sink(ssl_context=certificate) as sink, pytest.raises(ssl.SSLError):
        send(f"smtps://127.0.0.1:{sink.port}")


def test_letters_as_files(tmp_path):
    send(f"filemail://{tmp_path}/mail box")
    (letter,) = (tmp_path / "mail box").iterdir()
    assert "Three demos." in letter.read_text()


def test_letters_printed(capsys):
    send("consolemail:")
    assert "Three demos." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtp://mail.example", 25),
        ("smtp+tls://mail.example", 587),
        ("smtps://mail.example/", 465),
        ("smtps://[2001:db8::1]:4650", 4650),
    ],
)
def test_the_usual_port(url, port):
    assert mail_settings(url)["EMAIL_PORT"] == port


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("smtps://erin:secret@mail.example:587", r"write smtp\+tls://"),
        ("smtp+tls://erin:secret@mail.example:465", "write smtps://"),
        ("smtp://erin:secret@", "names no host"),
        ("smtp://erin:secret", "is no port"),
        ("smtp://mail.example:smtp", "is no port"),
        ("smtp://mail.example:99999", "is no port"),
        ("smtp://mail.example/box", "names no host"),
        ("mail.example:25", "begins with none of"),
        ("imap://mail.example", "begins with none of"),
        ("smtp:mail.example", "begins with none of"),
        ("filemail:mail", "not a whole path"),
    ],
)
def test_anything_else_is_refused_in_a_sentence_without_the_password(url, why):
    with pytest.raises(ImproperlyConfigured, match=why) as refusal:
        mail_settings(url)
    said = str(refusal.value)
    assert said.startswith("EMAIL_URL cannot be used: ")
    assert "secret" not in said

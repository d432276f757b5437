"""The mail server: does it let us in, and take a letter? Its own answer is shown."""

import smtplib
import ssl
from base64 import b64encode
from contextlib import closing
from time import perf_counter

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from plans.views.nudges.failure_words import in_words
from recovery.mail_server import SMTP
from recovery.set_up_checks.finding import PATIENCE, Finding, broken, fine, look

LONGER = 10  # seconds: some servers read a letter before they take it
TAKEN = 250


def mail_server() -> Finding:
    """Connect as a letter would, and leave again."""
    if not _is_smtp():
        return _nobody_gets_them()
    began = perf_counter()
    try:
        with closing(get_connection(timeout=PATIENCE)) as server:
            server.open()
    except OSError as error:  # every error of SMTP and of TLS is one
        return _refused(error)
    facts = _facts() | {"ms": round((perf_counter() - began) * 1000)}
    if settings.EMAIL_USE_SSL or settings.EMAIL_USE_TLS:
        if settings.EMAIL_HOST_USER:
            words = _("%(server)s let us in, over TLS, in %(ms)d ms.")
        else:
            words = _("%(server)s answered over TLS in %(ms)d ms; it asks for no name.")
        return fine(words % facts)
    if settings.EMAIL_HOST_USER:
        return look(
            _("%(server)s let us in, and the password went there readable.") % facts,
            _("Begin EMAIL_URL with smtps:// or smtp+tls:// unless you trust the net."),
        )
    return fine(_("%(server)s answered in %(ms)d ms, without TLS.") % facts)


def send_test_letter(to: str) -> Finding:
    """Send one letter to that address. The finding has what the server said to it."""
    letter = EmailMessage(
        _("A test letter from Second Wind"),
        _("Whoever set up Second Wind at %(url)s asked for this letter. It arrived.")
        % {"url": settings.SITE_URL},
        to=[to],
    )
    if not _is_smtp():
        letter.send()
        return _nobody_gets_them()
    try:
        # Django's own `with` leaves a line open whose password was refused.
        with closing(get_connection(timeout=LONGER)) as server:
            server.open()
            code, words = _hand_over(letter, server.connection)
    except OSError as error:
        return _refused(error)
    facts = _facts() | {"answer": _as_text(code, words)}
    return fine(_("%(server)s took the letter: %(answer)s") % facts)


def _hand_over(letter: EmailMessage, server: smtplib.SMTP) -> tuple[int, bytes]:
    """As smtplib's `sendmail`, which keeps the last answer to itself."""
    server.ehlo_or_helo_if_needed()
    code, words = server.mail(letter.from_email)
    if code != TAKEN:
        raise smtplib.SMTPSenderRefused(code, words, letter.from_email)
    (to,) = letter.to
    code, words = server.rcpt(to)
    if code not in {TAKEN, 251}:
        raise smtplib.SMTPRecipientsRefused({to: (code, words)})
    code, words = server.data(letter.message().as_bytes(linesep="\r\n"))
    if code != TAKEN:
        raise smtplib.SMTPDataError(code, words)
    return code, words


def _is_smtp() -> bool:
    return settings.EMAIL_BACKEND == SMTP


def _facts() -> dict[str, object]:
    return {"server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"}


def _nobody_gets_them() -> Finding:
    set_it = _("Set EMAIL_URL to a mail server; .env.example has its forms.")
    if folder := getattr(settings, "EMAIL_FILE_PATH", None):
        words = _("Letters are kept as files in %(folder)s, and nobody gets them.")
        return look(words % {"folder": folder}, set_it)
    return look(_("Letters go to no mail server, and nobody gets them."), set_it)


def _refused(error: OSError) -> Finding:
    facts = _facts() | {"why": in_words(repr(error)), "answer": _answer(error)}
    return broken(_("%(server)s: %(why)s (%(answer)s).") % facts, _what_to_do(error))


def _answer(error: OSError) -> str:
    """The server's own words, or the machine's."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        ((code, words),) = error.recipients.values()
        return _as_text(code, words)
    if isinstance(error, smtplib.SMTPResponseException):
        return _as_text(error.smtp_code, error.smtp_error)
    return _without_password(error.strerror or str(error) or type(error).__name__)


def _as_text(code: int, words: bytes | str) -> str:
    text = words if isinstance(words, str) else words.decode(errors="replace")
    return _without_password(f"{code} {' '.join(text.split())}".strip())


def _without_password(text: str) -> str:
    """A rude server repeats what it was told, as it was or as it was encoded."""
    user, password = settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD
    if password:
        plain = f"\0{user}\0{password}"
        encoded = [b64encode(said.encode()).decode() for said in (plain, password)]
        for secret in (*encoded, password):
            text = text.replace(secret, "…")
    return text


def _what_to_do(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _("Set user and password anew in EMAIL_URL; there, % is written %25.")
    if isinstance(error, smtplib.SMTPSenderRefused):
        return _("Set DEFAULT_FROM_EMAIL to an address that this server sends for.")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _("Try another address; if none is taken, ask who runs the server.")
    if isinstance(error, ssl.SSLError):
        return _(
            "See that EMAIL_URL's beginning fits its port (smtps:// 465, smtp+tls:// "
            "587), and its host the server's certificate."
        )
    if isinstance(error, smtplib.SMTPException):
        return _("Ask whoever runs the mail server, and quote its answer.")
    return _("Set EMAIL_URL's host and port anew, or let this machine reach them.")

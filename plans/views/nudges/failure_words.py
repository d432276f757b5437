"""Why an e-mail was not sent, in a salesperson's words: from what its row has kept.

A row keeps the error as the program met it. The first word of that says what it was.
"""

import re

from django.utils.translation import gettext_lazy as _

FOR_NOW = re.compile(r"\(4\d\d, ")  # what a mail server says to "not now"

UNREACHABLE = _("The mail server could not be reached")
BROKEN_OFF = _("The mail server broke off in the middle of it")
UNWILLING = _("The mail server does not talk to us")
SENTENCES = {
    "SMTPRecipientsRefused": _("The mail server refused the address"),
    "SMTPSenderRefused": _("The mail server refused the address we send from"),
    "SMTPDataError": _("The mail server refused the e-mail itself"),
    "SMTPAuthenticationError": _("The mail server refused our password"),
    "SMTPConnectError": UNWILLING,
    "SMTPHeloError": UNWILLING,
    "SMTPNotSupportedError": UNWILLING,
    "SMTPServerDisconnected": BROKEN_OFF,
    "BrokenPipeError": BROKEN_OFF,
    "ConnectionAbortedError": BROKEN_OFF,
    "ConnectionResetError": BROKEN_OFF,
    "TimeoutError": _("The mail server did not answer"),
    "ConnectionRefusedError": UNREACHABLE,
    "OSError": UNREACHABLE,
    "gaierror": UNREACHABLE,
    "SSLError": _("There was no safe line to the mail server"),
    "SSLCertVerificationError": _("The mail server could not prove that it is ours"),
}
ASKED_US_TO_WAIT = _("The mail server asked us to come back later")
OTHERWISE = _("Something went wrong while it was sent")


def in_words(why: str) -> str:
    """One sentence, whatever the error was."""
    name = why.partition("(")[0]
    if name.startswith("SMTP") and FOR_NOW.search(why):
        return ASKED_US_TO_WAIT
    return SENTENCES.get(name, OTHERWISE)

"""Errors as rows keep them, and what a salesperson reads first."""

import smtplib
import socket
import ssl

import pytest

from plans.views.nudges.failure_words import in_words

CASES = [
    # what went wrong, and the words for it
    (
        smtplib.SMTPRecipientsRefused({"ben@x.example": (550, b"5.1.1 No such box")}),
        "The mail server refused the address",
    ),
    # full for today, or a first try from an unknown sender: not the address's fault
    (
        smtplib.SMTPRecipientsRefused({"ben@x.example": (452, b"4.2.2 Mailbox full")}),
        "The mail server asked us to come back later",
    ),
    (
        smtplib.SMTPSenderRefused(550, b"5.7.1 Not you", "us@x.example"),
        "The mail server refused the address we send from",
    ),
    (
        smtplib.SMTPDataError(554, b"5.7.1 Looks like spam"),
        "The mail server refused the e-mail itself",
    ),
    (
        smtplib.SMTPDataError(451, b"4.7.1 Greylisted"),
        "The mail server asked us to come back later",
    ),
    (
        smtplib.SMTPAuthenticationError(535, b"5.7.8 Bad credentials"),
        "The mail server refused our password",
    ),
    (smtplib.SMTPConnectError(554, b"Go away"), "The mail server does not talk to us"),
    (
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        "The mail server broke off in the middle of it",
    ),
    (
        ConnectionResetError(104, "Connection reset by peer"),
        "The mail server broke off in the middle of it",
    ),
    (TimeoutError("timed out"), "The mail server did not answer"),
    (
        ConnectionRefusedError(111, "Connection refused"),
        "The mail server could not be reached",
    ),
    (
        socket.gaierror(-2, "Name or service not known"),
        "The mail server could not be reached",
    ),
    (OSError(113, "No route to host"), "The mail server could not be reached"),
    (ssl.SSLError(1, "wrong"), "There was no safe line to the mail server"),
    (
        ssl.SSLCertVerificationError(1, "self-signed"),
        "The mail server could not prove that it is ours",
    ),
    # no mail server's: what stands in its brackets is no answer of one
    (ValueError("(450, b'x')"), "Something went wrong while it was sent"),
]


@pytest.mark.parametrize(("error", "words"), CASES, ids=lambda case: str(case)[:30])
def test_every_error_has_a_sentence(error, words):
    assert in_words(repr(error)) == words


def test_one_that_was_cut_has_its_sentence_too():
    refused = {"x" * 600 + "@x.example": (550, b"No such box")}
    cut = repr(smtplib.SMTPRecipientsRefused(refused))[:500]
    assert in_words(cut) == "The mail server refused the address"


@pytest.mark.parametrize("why", ["", "nonsense", "(", "SMTPRecipientsRefused"])
def test_it_is_never_without_words(why):
    assert in_words(why)

"""The letters of the facts: one, to somebody who has been added."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

SECONDS_A_DAY = 24 * 3600


def password_link(person) -> str:
    """Where they set a password: works once, and until the address changes."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    path = reverse(
        "account_reset_password_from_key", args=[user_pk_to_url_str(person), token]
    )
    return settings.SITE_URL + path


def invitation_letter(person, *, invited_by) -> EmailMessage:
    """Who added them, to what, and the link with which they come in."""
    facts = {
        "person": person,
        "invited_by": invited_by,
        "organization": person.organization,
        "link": password_link(person),
        "days": settings.PASSWORD_RESET_TIMEOUT // SECONDS_A_DAY,
        "site": settings.SITE_URL,
    }
    subject = render_to_string("mail/invitation_subject.txt", facts)
    return EmailMessage(
        subject=" ".join(subject.split()),  # one line, whatever a name holds
        body=render_to_string("mail/invitation.txt", facts),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )

"""The mailed link with which somebody who was added sets a password and comes in."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.contrib import messages
from django.core.mail import get_connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reps.mail import invitation_letter

AS_FILES = "django.core.mail.backends.filebased.EmailBackend"

logger = logging.getLogger(__name__)


def send_link(request, person, *, saved=""):
    """Mail the link, and say so after what was saved before it, if something was.

    A mail server that is down keeps nobody from being added.
    """
    facts = {"name": person.name, "email": person.email}
    try:
        invitation_letter(person, invited_by=request.user).send()
    except OSError:  # smtplib's errors are such, too
        logger.exception("The invitation of person %s was not sent", person.pk)
        words = _(
            "The e-mail to %(name)s did not go out: the mail server did not take it."
            " Send the link again from the list."
        )
        messages.warning(request, f"{saved} {words % facts}".strip())
        return
    person.mark_invited(at=timezone.now())
    if folder := _kept_in():
        words = _(
            "No mail server is set, so nobody gets it: the letter to %(email)s with the"
            " link is a file in %(folder)s."
        )
        facts["folder"] = folder
        messages.warning(request, f"{saved} {words % facts}".strip())
        return
    words = _("The link to set a password is on its way to %(email)s.")
    messages.success(request, f"{saved} {words % facts}".strip())


def send_links(request, people: Iterable):
    """Mail each of them the link, if there is anybody, and say how many went out.

    Where the mail server takes no more, the rest stay as they are: not invited.
    """
    people, sent = list(people), 0
    if not people:
        return
    try:
        with get_connection() as mail_server:
            for person in people:
                letter = invitation_letter(person, invited_by=request.user)
                mail_server.send_messages([letter])
                person.mark_invited(at=timezone.now())
                sent += 1
    except OSError:
        logger.exception("%s invitations were not sent", len(people) - sent)
        words = _(
            "The mail server took %(sent)d of %(count)d invitations. Send the rest"
            " again in a while."
        )
        messages.warning(request, words % {"sent": sent, "count": len(people)})
        return
    if folder := _kept_in():
        words = ngettext(
            "No mail server is set, so nobody gets it: the letter with the link is a"
            " file in %(folder)s.",
            "No mail server is set, so nobody gets them: the %(count)d letters with the"
            " links are files in %(folder)s.",
            sent,
        )
        messages.warning(request, words % {"count": sent, "folder": folder})
        return
    words = ngettext(
        "%(count)d link to set a password is on its way.",
        "%(count)d links to set a password are on their way.",
        sent,
    )
    messages.success(request, words % {"count": sent})


def _kept_in() -> str:
    """The folder in which letters are kept where no mail server is set; else empty."""
    are_files = settings.EMAIL_BACKEND == AS_FILES
    return str(settings.EMAIL_FILE_PATH) if are_files else ""

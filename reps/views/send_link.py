"""The mailed link with which somebody who was added sets a password and comes in."""

import logging
from collections.abc import Iterable

from django.contrib import messages
from django.core.mail import get_connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reps.mail import invitation_letter

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
    words = ngettext(
        "%(count)d link to set a password is on its way.",
        "%(count)d links to set a password are on their way.",
        sent,
    )
    messages.success(request, words % {"count": sent})

"""The mailed link with which somebody who was added sets a password and comes in."""

import logging

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

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

"""Whom to ask for what one has no right to set up oneself."""

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from reps.models import User

MOST_NAMES = 2


def whom_to_ask(user) -> SimpleLazyObject:
    """This person's admins by name, who are looked up once that is shown."""
    return SimpleLazyObject(lambda: _named(User.objects.admins_of(user)))


def _named(admins) -> str:
    names = list(admins.values_list("name", flat=True)[:MOST_NAMES])
    return _(" or ").join(names) if names else _("an admin")

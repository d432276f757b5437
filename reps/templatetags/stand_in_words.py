"""Who did something, and for whom they stood in: the same words wherever it shows."""

from django import template
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

register = template.Library()


def name_in_place_of(person, manager, *, reader=None, you="") -> str:
    """`manager` is whom they stood in for, None if nobody; `you` names the reader."""
    name = you if reader is not None and person.pk == reader.pk else person.name
    return name if manager is None else standing_in(name, manager.name)


def standing_in(name: str, manager: str) -> str:
    facts = {"name": name, "manager": manager}
    return _("%(name)s, standing in for %(manager)s") % facts


@register.filter
def signed_by(signature) -> str:
    """Whose name it is, under a plan."""
    return name_in_place_of(signature.signer, signature.stood_in_for)


@register.filter
def met_by(met) -> str:
    """Who ticked an exit criterion."""
    return name_in_place_of(met.met_by, met.stood_in_for)


def all_of(people) -> str:
    return get_text_list([person.name for person in people], _("and"))


def one_of(people) -> str:
    """Any of these may be the one."""
    return get_text_list([person.name for person in people], _("or"))

"""What a file brings beside its own rows: people it speaks of, and quarters."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import ngettext

from reps.domain.files.questions import REP
from reps.imports.file_kind import BroughtIn
from reps.imports.organization import add_calendar_quarters
from reps.imports.owners import Sellers, add_reps
from reps.models import Organization, Rep


def bring_people(
    tenant: Organization,
    sellers: Sellers,
    known: Collection[Rep],
    speaking: Collection[str],
    came: BroughtIn,
) -> dict[str, Rep]:
    """Every rep by the key that the file's rows have, the new ones made.

    Only those of whom a row speaks (`speaking`, by key): nobody comes for bad rows.
    """
    newcomers = {
        name: one for name, one in sellers.newcomers.items() if name in speaking
    }
    added = add_reps(tenant, newcomers)
    if added:
        came.made["rep"] = [rep.pk for rep in added.values()]
        words = ngettext(
            "%(count)d rep is new: %(names)s.",
            "%(count)d reps are new: %(names)s.",
            len(added),
        )
        names = ", ".join(rep.name for rep in added.values())
        came.said.append(words % {"count": len(added), "names": names})
    return {f"{REP}{rep.pk}": rep for rep in known} | added


def bring_quarters(tenant: Organization, days: Collection[date], came: BroughtIn):
    """Have the calendar's quarters of these days made, where there are none."""
    before = set(tenant.quarters.values_list("pk", flat=True))
    if days:
        add_calendar_quarters(tenant, days)
    made = tenant.quarters.exclude(pk__in=before).order_by("starts_on")
    if names := list(made.values_list("pk", "name")):
        came.made["quarter"] = [pk for pk, _name in names]
        words = ngettext(
            "%(count)d quarter is new: %(names)s.",
            "%(count)d quarters are new: %(names)s.",
            len(names),
        )
        told = {"count": len(names), "names": ", ".join(name for _pk, name in names)}
        came.said.append(words % told)

"""The systems whose exports are known, and what their ids look like."""

import re
from collections.abc import Sequence
from enum import StrEnum


class System(StrEnum):
    """By its name, which is also the source that a deal's key belongs to."""

    SALESFORCE = "Salesforce"
    HUBSPOT = "HubSpot"
    PIPEDRIVE = "Pipedrive"
    ZOHO = "Zoho"
    DYNAMICS = "Dynamics 365"
    CLOSE = "Close"
    COPPER = "Copper"
    FRESHSALES = "Freshsales"
    ATTIO = "Attio"
    TWENTY = "Twenty"
    ESPO = "EspoCRM"
    CRM_EXPORT = "CRM export"  # the file that `import_deals` knows


_FIGURES = r"[0-9]+"
_GUID = r"\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?"

ID_SHAPES: dict[System, str] = {
    System.SALESFORCE: r"(?=.*[a-zA-Z])00[0-9a-zA-Z]{13}([0-9a-zA-Z]{3})?",
    System.HUBSPOT: _FIGURES,
    System.PIPEDRIVE: _FIGURES,
    System.ZOHO: r"(zcrm_)?[0-9]{15,20}",
    System.DYNAMICS: _GUID,
    System.CLOSE: r"(oppo|acti|task)_[0-9a-zA-Z]{20,}",
    System.COPPER: _FIGURES,
    System.FRESHSALES: _FIGURES,
    System.ATTIO: _GUID,
    System.TWENTY: _GUID,
    System.ESPO: r"[0-9a-f]{17}",
    System.CRM_EXPORT: r"[0-9A-Z]{8}",
}


def has_shape(system: System, values: Sequence[str]) -> bool:
    """Whether these may be ids of this system; no values are nobody's."""
    shape = re.compile(ID_SHAPES[system])
    return bool(values) and all(shape.fullmatch(value.strip()) for value in values)


def has_own_shape(system: System) -> bool:
    """Whether its ids can be told from those of every other system."""
    shapes = list(ID_SHAPES.values())
    return shapes.count(ID_SHAPES[system]) == 1

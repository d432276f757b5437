"""The systems whose exports are known, and what tells them: ids and headers."""

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
    SECOND_WIND = "Second Wind"  # what is downloaded here


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
    System.SECOND_WIND: _FIGURES,
}

# What brings us nothing and tells who wrote the file: nothing that anybody might write.
MARKS: dict[System, str] = {
    System.SALESFORCE: "Fiscal Period | Owner Role | Opportunity Record Type | OwnerId"
    " | AccountId | ForecastCategoryName | IsDeleted | RecordTypeId | CampaignId"
    " | SystemModstamp | Geschäftsperiode | Período fiscal | Période fiscale"
    " | 会計期間",
    System.HUBSPOT: "Associated Contact | Associated Contact IDs"
    " | Associated Company IDs | Associated Company IDs (Primary)"
    " | Number of Associated Contacts | hubspot_owner_id | Deal Description"
    " | Closed Won Reason",
    System.PIPEDRIVE: "Deal - Label | Deal - Pipeline | Deal - Contact person"
    " | Deal - Weighted value | Deal - Update time | Deal - Visible to"
    " | Deal - Total activities | Deal - Kontaktperson | Deal - Gewichteter Wert"
    " | Deal - Sichtbar für | Trato - Embudo"
    " | Trato - Etiqueta | Trato - Persona de contacto | Negócio - Funil"
    " | Negócio - Etiqueta | Negócio - Pessoa de contato | Affaire - Pipeline"
    " | Affaire - Étiquette | Affaire - Personne à contacter",
    System.ZOHO: "Deal Owner.id | Account Name.id | Contact Name.id | Created By.id"
    " | Modified By.id | Campaign Source.id | Layout.id | Last Activity Time"
    " | Modified Time",
    System.DYNAMICS: "(Do Not Modify) Row Checksum | (Do Not Modify) Modified On"
    " | (Nicht ändern) Zeilenprüfsumme | (Nicht ändern) Geändert am"
    " | (No modificar) Suma de comprobación de fila"
    " | (No modificar) Fecha de modificación | (Ne pas modifier) Modifié le"
    " | (Não Modificar) Data de Modificação",
    System.CLOSE: "lead_id | status_id | value_period | annualized_value",
    System.COPPER: "Primary Contact ID | Company Id | Inactive Days"
    " | Interaction Count",
    System.FRESHSALES: "Deal pipeline | Sales owner id | Base currency amount"
    " | Last assigned at",
    System.ATTIO: "Associated people | List entry ID",
    System.TWENTY: "Company / Id | Point of Contact / Id | Created by / Name",
    System.ESPO: "assignedUserId | accountId | createdById | modifiedAt | lastStage"
    " | amountWeightedConverted",
    System.CRM_EXPORT: "",
    System.SECOND_WIND: "",
}


def has_shape(system: System, values: Sequence[str]) -> bool:
    """Whether these may be ids of this system; no values are nobody's."""
    shape = re.compile(ID_SHAPES[system])
    return bool(values) and all(shape.fullmatch(value.strip()) for value in values)


def has_own_shape(system: System) -> bool:
    """Whether its ids can be told from those of every other system."""
    shapes = list(ID_SHAPES.values())
    return shapes.count(ID_SHAPES[system]) == 1

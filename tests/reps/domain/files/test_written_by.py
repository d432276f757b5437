"""Which system wrote a file, and when nobody can tell."""

import pytest

from reps.domain.files.fields import Fact, Kind
from reps.domain.files.systems import System
from reps.domain.files.written_by import written_by
from tests.reps.domain.files.looks import EMPTY, ids
from tests.reps.domain.files.test_headers import EXPORTS


@pytest.mark.parametrize(("system", "export"), EXPORTS)
def test_a_known_export_tells_its_system(system, export):
    keys = {
        System.SALESFORCE: "0065g00000AbCdEAAX",
        System.HUBSPOT: "9876543210",
        System.ZOHO: "zcrm_4150868000001234567",
        System.ATTIO: "d3b9f0c2-6f0e-4c59-9f0b-3c1f7a1f2b11",
        System.ESPO: "5f8c1e2a3b4c5d6e7",
    }
    key = ids(keys[system]) if system in keys else EMPTY
    looks = [key if fact == Fact.KEY else EMPTY for fact in export.values()]
    assert written_by(Kind.DEALS, list(export), looks) == system


@pytest.mark.parametrize(
    ("key", "system"),
    [
        ("9876543210", System.HUBSPOT),
        ("d3b9f0c2-6f0e-4c59-9f0b-3c1f7a1f2b11", System.ATTIO),
        ("zcrm_4150868000001234567", System.ZOHO),
    ],
)
def test_its_ids_tell_what_its_headers_leave_open(key, system):
    headers = ["Record ID", "Deal Name", "Deal owner", "Amount"]
    assert written_by(Kind.DEALS, headers, [ids(key), *[EMPTY] * 3]) == system


@pytest.mark.parametrize(
    "headers",
    [
        ["Owner", "Account", "Deal", "Stage", "Amount", "Close Date"],
        ["ID", "Name", "Company", "Owner", "Status", "Value", "Close Date"],
        ["Rep", "Kunde", "Umsatz"],
        ["Topic", "Owner", "Status", "Account"],  # one of Dynamics' own is chance
        ["Customer", "Actual Close Date", "Owner", "Status"],
        ["Record ID", "Deal Name", "Deal owner"],
        [],
    ],
)
def test_a_spreadsheet_of_ones_own_is_nobodys(headers):
    looks = [ids("17", "18") if header == "ID" else EMPTY for header in headers]
    assert written_by(Kind.DEALS, headers, looks) is None

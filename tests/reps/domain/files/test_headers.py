"""Which column says what: real headers of each system, and people's own."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.files.deal_headers import DEAL_HEADERS
from reps.domain.files.fields import FIELDS, Fact, Kind, missing
from reps.domain.files.headers import (
    Guess,
    Sure,
    fingerprint,
    guess,
    likeliest,
)
from reps.domain.files.quarter_names import NamedQuarter
from reps.domain.files.sheet_words import SHEET_WORDS
from reps.domain.files.systems import MARKS, System
from tests.reps.domain.files.looks import (
    DAYS,
    EMAILS,
    EMPTY,
    NUMBERS,
    TEXTS,
    MadeUpLook,
)


def told(kind, headers, looks=None, system=None):
    """Which fact each header says, by header."""
    looks = looks or [EMPTY] * len(headers)
    found = guess(kind, headers, looks, system)
    return {headers[one.column]: one.fact for one in found}


EXPORTS = [
    (
        System.SALESFORCE,
        {
            "Opportunity Owner": Fact.OWNER,
            "Account Name": Fact.ACCOUNT,
            "Opportunity Name": Fact.TITLE,
            "Stage": Fact.STAGE,
            "Fiscal Period": None,
            "Amount": Fact.AMOUNT,
            "Probability (%)": Fact.PROBABILITY,
            "Age": None,
            "Close Date": Fact.CLOSE_ON,
            "Created Date": Fact.OPENED_ON,
            "Lead Source": Fact.LEAD_SOURCE,
            "Type": None,
            "Owner Role": None,
        },
    ),
    (
        System.SALESFORCE,
        {
            "ID": Fact.KEY,
            "ACCOUNTID": None,
            "ACCOUNT.NAME": Fact.ACCOUNT,
            "NAME": Fact.TITLE,
            "STAGENAME": Fact.STAGE,
            "AMOUNT": Fact.AMOUNT,
            "ISWON": Fact.IS_WON,
            "ISCLOSED": Fact.IS_CLOSED,
            "OWNERID": None,
            "OWNER.EMAIL": Fact.OWNER_EMAIL,
            "CLOSEDATE": Fact.CLOSE_ON,
            "CREATEDDATE": Fact.OPENED_ON,
        },
    ),
    (
        System.SALESFORCE,
        {
            "Opportunity-Inhaber": Fact.OWNER,
            "Accountname": Fact.ACCOUNT,
            "Opportunity-Name": Fact.TITLE,
            "Phase": Fact.STAGE,
            "Betrag": Fact.AMOUNT,
            "Betrag Währung": Fact.CURRENCY,
            "Schlusstermin": Fact.CLOSE_ON,
            "Erstelldatum": Fact.OPENED_ON,
        },
    ),
    (
        System.SALESFORCE,
        {
            "商談 所有者": Fact.OWNER,
            "取引先名": Fact.ACCOUNT,
            "商談名": Fact.TITLE,
            "フェーズ": Fact.STAGE,
            "会計期間": None,
            "金額": Fact.AMOUNT,
            "完了予定日": Fact.CLOSE_ON,
        },
    ),
    (
        System.HUBSPOT,
        {
            "Record ID": Fact.KEY,
            "Deal Name": Fact.TITLE,
            "Deal Stage": Fact.STAGE,
            "Pipeline": None,
            "Deal owner": Fact.OWNER,
            "Amount in company currency": None,
            "Amount": Fact.AMOUNT,
            "Close Date": Fact.CLOSE_ON,
            "Create Date": Fact.OPENED_ON,
            "Is Closed Won": Fact.IS_WON,
            "Is closed lost": Fact.IS_LOST,
            "Closed Lost Reason": Fact.LOST_REASON,
            "Associated Company (Primary)": Fact.ACCOUNT,
            "Associated Company IDs": None,
        },
    ),
    (
        System.HUBSPOT,
        {
            "Datensatz-ID": Fact.KEY,
            "Deal-Name": Fact.TITLE,
            "Deal-Phase": Fact.STAGE,
            "Betrag": Fact.AMOUNT,
            "Abschlussdatum": Fact.CLOSE_ON,
            "Erstelldatum": Fact.OPENED_ON,
            "Zuständiger Mitarbeiter": Fact.OWNER,
            "Zugeordnetes Unternehmen": Fact.ACCOUNT,
        },
    ),
    (
        System.HUBSPOT,
        {
            "ID de fiche d'informations": Fact.KEY,
            "Nom de la transaction": Fact.TITLE,
            "Phase de la transaction": Fact.STAGE,
            "Montant": Fact.AMOUNT,
            "Date de fermeture": Fact.CLOSE_ON,
            "Propriétaire de la transaction": Fact.OWNER,
            "Associated Company (Primary)": Fact.ACCOUNT,
        },
    ),
    (
        System.HUBSPOT,
        {
            "ID do registro": Fact.KEY,
            "Nome do negócio": Fact.TITLE,
            "Etapa do negócio": Fact.STAGE,
            "Data de fechamento": Fact.CLOSE_ON,
            "Proprietário do negócio": Fact.OWNER,
            "Valor": Fact.AMOUNT,
            "Motivo da perda": Fact.LOST_REASON,
            "Associated Company": Fact.ACCOUNT,
            "Data de criação": Fact.OPENED_ON,
        },
    ),
    (
        System.PIPEDRIVE,
        {
            "Deal - ID": Fact.KEY,
            "Deal - Title": Fact.TITLE,
            "Deal - Organization": Fact.ACCOUNT,
            "Deal - Contact person": None,
            "Deal - Value": Fact.AMOUNT,
            "Deal - Currency": Fact.CURRENCY,
            "Deal - Owner": Fact.OWNER,
            "Deal - Stage": Fact.STAGE,
            "Deal - Status": Fact.OUTCOME,
            "Deal - Deal created": Fact.OPENED_ON,
            "Deal - Last stage change": Fact.IN_STAGE_SINCE,
            "Deal - Expected close date": Fact.EXPECTED_CLOSE_ON,
            "Deal - Won time": Fact.WON_ON,
            "Deal - Lost time": Fact.LOST_ON,
            "Deal - Deal closed on": Fact.CLOSED_ON,
            "Deal - Lost reason": Fact.LOST_REASON,
        },
    ),
    (
        System.PIPEDRIVE,
        {
            "Deal - Titel": Fact.TITLE,
            "Deal - Organisation": Fact.ACCOUNT,
            "Deal - Wert": Fact.AMOUNT,
            "Deal - Status": Fact.OUTCOME,
            "Deal - Verlustgrund": Fact.LOST_REASON,
            "Deal - Besitzer": Fact.OWNER,
            "Deal - Deal erstellt": Fact.OPENED_ON,
            "Deal - Datum des verlorenen Deals": Fact.LOST_ON,
            "Deal - Phase": Fact.STAGE,
            "Deal - Kontaktperson": None,
            "Deal - Deal abgeschlossen am": Fact.CLOSED_ON,
            "Deal - ID": Fact.KEY,
            "Deal - Letzte Phasenänderung": Fact.IN_STAGE_SINCE,
            "Deal - Wahrscheinlichkeit": Fact.PROBABILITY,
            "Deal - Zeit der Aktualisierung": None,
            "Deal - Datum des gewonnenen Deals": Fact.WON_ON,
        },
    ),
    (
        System.PIPEDRIVE,
        {
            "Negócio - Título": Fact.TITLE,
            "Negócio - Valor": Fact.AMOUNT,
            "Negócio - Organização": Fact.ACCOUNT,
            "Negócio - Proprietário": Fact.OWNER,
            "Negócio - Etapa": Fact.STAGE,
            "Negócio - Funil": None,
            "Negócio - Status": Fact.OUTCOME,
            "Negócio - Ganho em": Fact.WON_ON,
            "Negócio - Data de perda": Fact.LOST_ON,
            "Negócio - Motivo da perda": Fact.LOST_REASON,
        },
    ),
    (
        System.ZOHO,
        {
            "Record Id": Fact.KEY,
            "Deal Owner.id": None,
            "Deal Owner": Fact.OWNER,
            "Amount": Fact.AMOUNT,
            "Deal Name": Fact.TITLE,
            "Closing Date": Fact.CLOSE_ON,
            "Account Name.id": None,
            "Account Name": Fact.ACCOUNT,
            "Stage": Fact.STAGE,
            "Reason For Loss": Fact.LOST_REASON,
            "Created Time": Fact.OPENED_ON,
        },
    ),
    (
        System.DYNAMICS,
        {
            "(Do Not Modify) Opportunity": Fact.KEY,
            "(Do Not Modify) Row Checksum": None,
            "(Do Not Modify) Modified On": None,
            "Topic": Fact.TITLE,
            "Potential Customer": Fact.ACCOUNT,
            "Est. close date": Fact.EXPECTED_CLOSE_ON,
            "Est. revenue": Fact.AMOUNT,
            "Contact": None,
            "Probability": Fact.PROBABILITY,
            "Rating": None,
            "Owner": Fact.OWNER,
            "Status": Fact.OUTCOME,
            "Status Reason": Fact.LOST_REASON,
            "Pipeline Phase": Fact.STAGE,
            "Actual Close Date": Fact.CLOSED_ON,
            "Created On": Fact.OPENED_ON,
        },
    ),
    (
        System.CLOSE,
        {
            "id": Fact.KEY,
            "lead_name": Fact.ACCOUNT,
            "lead_id": None,
            "status_type": Fact.OUTCOME,
            "status_label": Fact.STAGE,
            "confidence": Fact.PROBABILITY,
            "user_name": Fact.OWNER,
            "value": None,  # in cents
            "value_formatted": Fact.AMOUNT,
            "value_period": None,
            "note": None,
            "date_created": Fact.OPENED_ON,
            "date_won": Fact.CLOSE_ON,
            "date_lost": Fact.LOST_ON,
        },
    ),
    (
        System.COPPER,
        {
            "Copper ID": Fact.KEY,
            "Name": Fact.TITLE,
            "Company": Fact.ACCOUNT,
            "Primary Contact": None,
            "Owned By": Fact.OWNER,
            "Pipeline": None,
            "Stage": Fact.STAGE,
            "Status": Fact.OUTCOME,
            "Value": Fact.AMOUNT,
            "Close Date": Fact.CLOSE_ON,
            "Win Probability": Fact.PROBABILITY,
            "Loss Reason": Fact.LOST_REASON,
            "Inactive Days": None,
            "Created At": Fact.OPENED_ON,
        },
    ),
    (
        System.FRESHSALES,
        {
            "Deal name": Fact.TITLE,
            "Deal value": Fact.AMOUNT,
            "Related account": Fact.ACCOUNT,
            "Deal stage": Fact.STAGE,
            "Deal pipeline": None,
            "Sales owner": Fact.OWNER,
            "Expected close date": Fact.EXPECTED_CLOSE_ON,
            "Closed date": Fact.CLOSED_ON,
            "Lost reason": Fact.LOST_REASON,
        },
    ),
    (
        System.ATTIO,
        {
            "Record ID": Fact.KEY,
            "Deal name": Fact.TITLE,
            "Deal stage": Fact.STAGE,
            "Deal owner": Fact.OWNER,
            "Deal value": Fact.AMOUNT,
            "Associated people": None,
            "Associated company": Fact.ACCOUNT,
            "List entry ID": None,
        },
    ),
    (
        System.TWENTY,
        {
            "Id": Fact.KEY,
            "Name": Fact.TITLE,
            "Amount / Amount": Fact.AMOUNT,
            "Amount / Currency": Fact.CURRENCY,
            "Close date": Fact.CLOSE_ON,
            "Stage": Fact.STAGE,
            "Company / Id": None,
            "Company / Name": Fact.ACCOUNT,
            "Point of Contact / Id": None,
        },
    ),
    (
        System.ESPO,
        {
            "id": Fact.KEY,
            "name": Fact.TITLE,
            "accountName": Fact.ACCOUNT,
            "accountId": None,
            "stage": Fact.STAGE,
            "amount": Fact.AMOUNT,
            "amountCurrency": Fact.CURRENCY,
            "closeDate": Fact.CLOSE_ON,
            "assignedUserName": Fact.OWNER,
            "assignedUserId": None,
            "createdAt": Fact.OPENED_ON,
        },
    ),
    (
        System.CRM_EXPORT,
        {
            "opportunity_id": Fact.KEY,
            "sales_agent": Fact.OWNER,
            "product": Fact.PRODUCT,
            "account": Fact.ACCOUNT,
            "deal_stage": Fact.STAGE,
            "engage_date": Fact.OPENED_ON,
            "close_date": Fact.CLOSE_ON,
            "close_value": Fact.AMOUNT,
        },
    ),
]


@pytest.mark.parametrize(("system", "export"), EXPORTS)
def test_every_column_of_a_known_export_is_guessed(system, export):
    meant = {header: fact for header, fact in export.items() if fact}
    assert told(Kind.DEALS, list(export), system=system) == meant


@pytest.mark.parametrize(("system", "export"), EXPORTS)
def test_it_is_guessed_as_well_where_nobody_knows_who_wrote_it(system, export):
    found = told(Kind.DEALS, list(export))
    wanted = {Fact.AMOUNT, Fact.ACCOUNT, Fact.TITLE} & set(export.values())
    assert wanted <= set(found.values())
    assert Fact.STAGE in found.values() or Fact.OUTCOME in found.values()


@pytest.mark.parametrize(
    ("kind", "sheet"),
    [
        (
            Kind.DEALS,
            {
                "AE": Fact.OWNER,
                "Opp": Fact.TITLE,
                "Client": Fact.ACCOUNT,
                "ARR": Fact.AMOUNT,
                "Close": Fact.CLOSE_ON,
                "Stage": Fact.STAGE,
                "Next step": None,
            },
        ),
        (
            Kind.DEALS,
            {
                "Verkäufer": Fact.OWNER,
                "Kunde": Fact.ACCOUNT,
                "Projekt": Fact.TITLE,
                "Auftragswert": Fact.AMOUNT,
                "Status": Fact.OUTCOME,
                "Voraussichtlicher Abschluss": Fact.EXPECTED_CLOSE_ON,
            },
        ),
        (
            Kind.DEALS,
            {
                "担当者": Fact.OWNER,
                "案件名": Fact.TITLE,
                "顧客名": Fact.ACCOUNT,
                "見込金額": Fact.AMOUNT,
                "確度": Fact.PROBABILITY,
                "受注予定日": Fact.EXPECTED_CLOSE_ON,
                "ステータス": Fact.OUTCOME,
            },
        ),
        (
            Kind.PEOPLE,
            {
                "Name": Fact.NAME,
                "E-mail": Fact.EMAIL,
                "Team": Fact.TEAM,
                "Manager's e-mail": Fact.MANAGER_EMAIL,
                "Time zone": Fact.TIME_ZONE,
                "Start date": Fact.JOINED_ON,
            },
        ),
        (
            Kind.PEOPLE,
            {
                "Name": Fact.LAST_NAME,
                "Vorname": Fact.FIRST_NAME,
                "Abteilung": Fact.TEAM,
            },
        ),
        (
            Kind.PEOPLE,
            {
                "First name": Fact.FIRST_NAME,
                "Last name": Fact.LAST_NAME,
                "Full name": None,
            },
        ),
        (
            Kind.QUOTAS,
            {"Rep": Fact.OWNER, "Quarter": Fact.QUARTER, "Target": Fact.AMOUNT},
        ),
        (
            Kind.QUOTAS,
            {"Vendedor": Fact.OWNER, "Trimestre": Fact.QUARTER, "Cuota": Fact.AMOUNT},
        ),
        (
            Kind.ACTIVITY_COUNTS,
            {
                "Rep": Fact.OWNER,
                "Week of": Fact.WEEK,
                "Activity": Fact.ACTIVITY,
                "Count": Fact.COUNT,
            },
        ),
        (
            Kind.ACTIVITY_LOG,
            {
                "Assigned": Fact.OWNER,
                "Date": Fact.DAY,
                "Type": Fact.ACTIVITY,
                "Subject": None,
                "Status": Fact.IS_DONE,
                "Activity ID": Fact.KEY,
            },
        ),
        (
            Kind.ACTIVITY_LOG,
            {
                "Activity - Assigned to user": Fact.OWNER,
                "Activity - Due date": Fact.DAY,
                "Activity - Type": Fact.ACTIVITY,
                "Activity - Done": Fact.IS_DONE,
                "Deal": None,
            },
        ),
        (
            Kind.QUOTAS,
            {
                "Quota Owner": Fact.OWNER,
                "Start Date": Fact.QUARTER,
                "Quota Amount": Fact.AMOUNT,
            },
        ),
        (
            Kind.QUOTAS,
            {
                "Name": Fact.OWNER,
                "Qtr": Fact.QUARTER,
                "Start Date": Fact.STARTS_ON,
                "Sales Quota": Fact.AMOUNT,
            },
        ),
        (
            Kind.ACTIVITY_COUNTS,
            {
                "Rep": Fact.OWNER,
                "Week #": Fact.WEEK,
                "Year": Fact.YEAR,
                "Type": Fact.ACTIVITY,
                "# of Activities": Fact.COUNT,
            },
        ),
        (
            Kind.ACTIVITY_LOG,
            {
                "Caller": Fact.OWNER,
                "Created At": Fact.DAY,
                "Engagement Type": Fact.ACTIVITY,
            },
        ),
        (
            Kind.PRODUCTS,
            {"product": Fact.PRODUCT, "series": None, "sales_price": Fact.PRICE},
        ),
    ],
)
def test_a_spreadsheet_of_ones_own(kind, sheet):
    found = told(kind, list(sheet))
    assert found == {header: fact for header, fact in sheet.items() if fact}
    assert missing(kind, found.values()) == []


def test_a_grid_has_a_quota_for_each_quarter_once():
    headers = ["Rep", "Q1 2026", "Q2 2026", "Quota Q1 2026", "Total"]
    assert guess(Kind.QUOTA_GRID, headers, [EMPTY] * 5) == [
        Guess(0, Fact.OWNER, Sure.KNOWN),
        Guess(1, Fact.QUARTER_AMOUNT, Sure.KNOWN, None, NamedQuarter(2026, 1)),
        Guess(2, Fact.QUARTER_AMOUNT, Sure.KNOWN, None, NamedQuarter(2026, 2)),
    ]


def test_rows_and_grids_of_quotas_are_told_apart():
    kinds = [Kind.QUOTAS, Kind.QUOTA_GRID]
    rows = ["Rep", "Quarter", "Quota"]
    assert likeliest(kinds, rows, [EMPTY] * 3) == Kind.QUOTAS
    assert likeliest(kinds, ["Rep", "Q1", "Q2"], [EMPTY] * 3) == Kind.QUOTA_GRID


def test_counts_and_logs_of_activity_are_told_apart():
    kinds = [Kind.ACTIVITY_COUNTS, Kind.ACTIVITY_LOG]
    counts = ["Rep", "Week Start", "Activity Type", "# of Activities"]
    assert likeliest(kinds, counts, [EMPTY] * 4) == Kind.ACTIVITY_COUNTS
    log = ["Assigned", "Date", "Type", "Status"]
    assert likeliest(kinds, log, [EMPTY] * 4) == Kind.ACTIVITY_LOG


class TestHowSure:
    def only(self, kind, header, look=EMPTY, system=None):
        (found,) = guess(kind, [header], [look], system)
        return found

    def test_a_known_header_names_its_system(self):
        assert self.only(Kind.DEALS, "Closing Date", system=System.ZOHO) == Guess(
            0, Fact.CLOSE_ON, Sure.KNOWN, System.ZOHO
        )
        assert self.only(Kind.DEALS, "dealstage", system=System.HUBSPOT).system == (
            System.HUBSPOT
        )

    def test_a_header_of_one_system_alone_names_it_whoever_wrote_the_file(self):
        assert self.only(Kind.DEALS, "Topic") == Guess(
            0, Fact.TITLE, Sure.KNOWN, System.DYNAMICS
        )

    def test_a_word_of_spreadsheets_names_none(self):
        assert self.only(Kind.DEALS, "Rep") == Guess(0, Fact.OWNER, Sure.KNOWN)

    @pytest.mark.parametrize(
        ("header", "fact"),
        [
            ("Amount (USD)", Fact.AMOUNT),
            ("Amount in USD", Fact.AMOUNT),
            ("Auftragswert T€", Fact.AMOUNT),
            ("Umsatz in Tsd. €", Fact.AMOUNT),
            ("Deal amount EUR", Fact.AMOUNT),
            ("Opportunity: Amount", Fact.AMOUNT),
            ("Account Name: Account Name", Fact.ACCOUNT),
            ("Sales rep: Full Name", Fact.OWNER),
            ("Rep name", Fact.OWNER),
            ("Opportunity close date", Fact.CLOSE_ON),
        ],
    )
    def test_what_is_written_around_a_word_makes_it_like_it(self, header, fact):
        assert self.only(Kind.DEALS, header) == Guess(0, fact, Sure.LIKE)

    @pytest.mark.parametrize(
        "header",
        [
            "Owner ID",
            "Account Owner",
            "Amount weighted",
            "Contact",
            "Closed by",
            "",
            "%",
        ],
    )
    def test_what_only_holds_a_known_word_is_not_like_it(self, header):
        assert guess(Kind.DEALS, [header], [TEXTS]) == []

    def test_the_surer_column_says_it(self):
        assert told(Kind.DEALS, ["Deal Amount USD", "Value"]) == {"Value": Fact.AMOUNT}

    def test_a_header_of_the_system_that_wrote_the_file_comes_first(self):
        headers = ["Value", "Dealwert"]
        assert told(Kind.DEALS, headers) == {"Value": Fact.AMOUNT}
        assert told(Kind.DEALS, headers, system=System.HUBSPOT) == {
            "Dealwert": Fact.AMOUNT
        }

    @pytest.mark.parametrize("headers", [["ACV", "Value"], ["Value", "ACV"]])
    def test_of_two_words_the_better_says_it(self, headers):
        assert told(Kind.DEALS, headers) == {"Value": Fact.AMOUNT}

    def test_of_two_that_are_as_good_it_is_always_the_same(self):
        ids = ["Record ID", "(Do Not Modify) Opportunity"]
        assert told(Kind.DEALS, ids) == told(Kind.DEALS, ids[::-1])
        assert len(told(Kind.DEALS, ids)) == 1

    def test_a_header_of_several_systems_names_none(self):
        assert self.only(Kind.DEALS, "Record ID") == Guess(0, Fact.KEY, Sure.KNOWN)

    def test_a_number_sign_is_a_word(self):
        assert told(Kind.DEALS, ["Deal #", "Deal"]) == {
            "Deal #": Fact.KEY,
            "Deal": Fact.TITLE,
        }

    def test_of_two_known_ones_the_better_says_it(self):
        headers = ["Amount in company currency", "Amount"]
        assert told(Kind.DEALS, headers, system=System.HUBSPOT) == {
            "Amount": Fact.AMOUNT
        }
        assert told(Kind.DEALS, headers[:1], system=System.HUBSPOT) == {
            "Amount in company currency": Fact.AMOUNT
        }


class TestContent:
    @pytest.mark.parametrize(
        ("kind", "header", "look"),
        [
            (Kind.DEALS, "Close date", NUMBERS),
            (Kind.DEALS, "Amount", DAYS),
            (Kind.DEALS, "Owner email", TEXTS),
            (Kind.DEALS, "Stage", DAYS),
            (Kind.DEALS, "Owner", NUMBERS),
            (Kind.ACTIVITY_COUNTS, "Count", TEXTS),
        ],
    )
    def test_it_contradicts_a_header(self, kind, header, look):
        assert guess(kind, [header], [look]) == []

    def test_some_cells_that_cannot_be_read_contradict_nothing(self):
        mostly = MadeUpLook(20, days=16)
        assert told(Kind.DEALS, ["Close date"], [mostly]) == {
            "Close date": Fact.CLOSE_ON
        }

    @pytest.mark.parametrize(
        ("look", "fact"), [(TEXTS, Fact.IS_CLOSED), (DAYS, Fact.CLOSED_ON)]
    )
    def test_it_chooses_between_two_readings_of_a_header(self, look, fact):
        assert told(Kind.DEALS, ["Closed"], [look]) == {"Closed": fact}

    @pytest.mark.parametrize(
        ("kind", "header", "fact"),
        [
            (Kind.DEALS, "Deal owner", Fact.OWNER_EMAIL),
            (Kind.QUOTAS, "Rep", Fact.OWNER_EMAIL),
            (Kind.PEOPLE, "Manager", Fact.MANAGER_EMAIL),
            (Kind.PEOPLE, "User", Fact.EMAIL),
        ],
    )
    def test_a_name_may_stand_there_as_an_e_mail(self, kind, header, fact):
        assert told(kind, [header], [EMAILS]) == {header: fact}

    def test_the_one_column_of_e_mails_is_a_persons(self):
        found = guess(Kind.PEOPLE, ["Name", "Kontakt"], [TEXTS, EMAILS])
        assert found[1] == Guess(1, Fact.EMAIL, Sure.BY_CONTENT)

    @pytest.mark.parametrize(
        ("kind", "headers", "looks"),
        [
            (Kind.PEOPLE, ["x", "y"], [EMAILS, EMAILS]),  # whose is which?
            (Kind.DEALS, ["x"], [EMAILS]),  # a contact's, for all we know
            (Kind.QUOTAS, ["Rep", "x"], [TEXTS, EMAILS]),  # the manager's?
            (Kind.PEOPLE, ["E-mail", "x"], [EMAILS, EMAILS]),
            (Kind.PEOPLE, ["x"], [MadeUpLook(20, e_mails=12)]),
            (Kind.PEOPLE, ["x"], [NUMBERS]),
            (Kind.PEOPLE, ["Start date"], [EMAILS]),  # then what is it?
        ],
    )
    def test_what_may_be_something_else_is_not_guessed(self, kind, headers, looks):
        found = guess(kind, headers, looks)
        assert [one for one in found if one.sure == Sure.BY_CONTENT] == []


def test_a_fingerprint_is_the_headers_in_whatever_order_and_spelling():
    one = fingerprint(["Deal Name", "Étape", "Amount"])
    assert one == fingerprint(["amount", "deal  name", "ETAPE", ""])
    assert one != fingerprint(["Deal Name", "Étape"])
    assert one != fingerprint(["Deal Name", "Étape", "Amount", "Amount"])
    assert fingerprint(["%"]) != fingerprint([])


KNOWN = sorted(
    {
        header
        for tables in (*DEAL_HEADERS.values(), *SHEET_WORDS.values())
        for headers in tables.values()
        for header in headers.split(" | ")
    }
    | {header for marks in MARKS.values() for header in marks.split(" | ")}
)
LOOKS = st.sampled_from([EMPTY, TEXTS, EMAILS, DAYS, NUMBERS])
ANY = st.text("aeqß1 ÉıǰØ-_:#%()[商ガ", max_size=8)
COLUMNS = st.lists(st.tuples(st.sampled_from(KNOWN) | ANY, LOOKS), max_size=9)
SYSTEMS = st.none() | st.sampled_from(System)


@given(st.sampled_from(Kind), COLUMNS, SYSTEMS)
def test_no_fact_is_guessed_twice_and_no_column_either(kind, columns, system):
    found = guess(kind, [h for h, _ in columns], [look for _, look in columns], system)
    facts = [(one.fact, one.quarter) for one in found]
    assert len(facts) == len(set(facts))
    assert len(found) == len({one.column for one in found})
    assert {one.fact for one in found} <= {field.fact for field in FIELDS[kind]}


def respelled(header, how):
    spaced = " " + header.replace(" ", "  ") + "\u00a0"
    accented = "".join(
        letter + "\u0301" if letter.isascii() and letter.isalpha() else letter
        for letter in unicodedata.normalize("NFD", header)
    )
    return {
        "upper": header.upper(),
        "lower": header.lower(),
        "spaced": spaced,
        "accented": accented,
        "apart": unicodedata.normalize("NFD", header),
    }[how]


@given(
    st.sampled_from(Kind),
    COLUMNS,
    SYSTEMS,
    st.sampled_from(["upper", "lower", "spaced", "accented", "apart"]),
)
def test_case_accents_and_spaces_never_change_a_guess(kind, columns, system, how):
    headers = [header for header, _ in columns]
    looks = [look for _, look in columns]
    again = [respelled(header, how) for header in headers]
    assert guess(kind, again, looks, system) == guess(kind, headers, looks, system)
    assert fingerprint(again) == fingerprint(headers)


@given(st.sampled_from(Kind), COLUMNS, SYSTEMS, st.data())
def test_the_order_of_the_columns_never_changes_a_guess(kind, columns, system, data):
    shuffled = data.draw(st.permutations(columns))

    def said(columns):
        headers = [header for header, _ in columns]
        found = guess(kind, headers, [look for _, look in columns], system)
        by_header = [(headers[one.column], one.fact, one.sure) for one in found]
        return sorted(by_header)

    from_headers = {fingerprint([header]) for header, _ in columns}
    if len(from_headers) == len(columns):  # none twice: which of those is no matter
        assert said(shuffled) == said(columns)
    assert fingerprint([h for h, _ in shuffled]) == fingerprint([h for h, _ in columns])

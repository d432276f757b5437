"""The command: what it asks for, what it says, what it does with the real export."""

import csv
from collections import Counter
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Sum
from django.urls import reverse

from reps.models import Deal, Organization, Quota, Rep, StageMove, User
from tests.factories.exports import (
    CRM,
    ENGAGING,
    LOST,
    PROSPECT,
    needs_the_export,
    products,
    quotas,
    real_files,
    written,
)
from tests.factories.reps import NOON, OrganizationFactory, QuarterFactory

pytestmark = pytest.mark.django_db

ORGANIZATION = "--organization=Calder & Lind"


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOON)


def bring(capsys, *arguments):
    call_command("import_deals", *arguments, ORGANIZATION)
    return capsys.readouterr()


def test_it_says_what_it_found_and_did(tmp_path, capsys):
    files = written(
        tmp_path,
        {},
        LOST | {"opportunity_id": "B"},
        ENGAGING | {"opportunity_id": "C", "account": ""},
        PROSPECT | {"opportunity_id": "D", "account": "Quay Nine"},
    )
    said = bring(capsys, *files)
    assert said.out.splitlines() == [
        "Deals: 4 added, 0 changed, 0 as they were.",
        "In the file: 1 won, 1 lost, 2 open.",
        "At list price, as an estimate: 3. Account not given: 1. No engage date: 1.",
        "People: 3 reps and 4 teams added.",
    ]
    assert said.err == "Accounts that the accounts' file does not have: Quay Nine.\n"
    assert bring(capsys, *files).out.startswith(
        "Deals: 0 added, 0 changed, 4 as they were."
    )


def test_it_lists_every_bad_line_and_saves_nothing(tmp_path, capsys):
    files = written(
        tmp_path,
        {"sales_agent": "Nobody", "close_date": ""},
        LOST | {"opportunity_id": "B", "close_date": "2026-07-05"},
        {"opportunity_id": "B", "close_value": "lots"},
    )
    with pytest.raises(CommandError, match="Nothing was imported: 5 things") as error:
        call_command("import_deals", *files, ORGANIZATION)
    assert error.value.returncode == 1
    assert capsys.readouterr().err.splitlines() == [
        'deals.csv, line 2: unknown agent "Nobody"',
        "deals.csv, line 2: Won without a close date",
        "deals.csv, line 3: closed 2026-07-05, before it opened 2026-07-06",
        "deals.csv, line 4: B is in line 3 already",
        'deals.csv, line 4: "lots" is not a number such as 1250.50',
    ]
    assert not Organization.objects.exists()


def test_a_missing_column_is_named(tmp_path, capsys):
    files = written(tmp_path, {})
    (tmp_path / "products.csv").write_text("product,price\nRain Gauge,500\n")
    with pytest.raises(CommandError, match="Nothing was imported: 1 thing "):
        call_command("import_deals", *files, ORGANIZATION)
    assert capsys.readouterr().err == "products.csv has no column “sales_price”\n"


def test_a_byte_order_mark_is_forgiven(tmp_path, capsys):
    files = written(tmp_path, {})
    deals = tmp_path / "deals.csv"
    deals.write_bytes(deals.read_text().encode("utf-8-sig"))
    assert bring(capsys, *files).out.startswith("Deals: 1 added")


def test_another_encoding_is_refused_in_words(tmp_path, capsys):
    files = written(tmp_path, {"account": "Café Größe"})
    deals = tmp_path / "deals.csv"
    deals.write_bytes(deals.read_text(encoding="utf-8").encode("cp1252"))
    with pytest.raises(CommandError):
        call_command("import_deals", *files, ORGANIZATION)
    assert capsys.readouterr().err == (
        "deals.csv is not UTF-8 text: save it as “CSV UTF-8”\n"
    )


def test_a_number_with_two_readings_is_refused_with_its_line(tmp_path, capsys):
    prices = products(("Rain Gauge", "1.500"), ("Tide Clock", "1200"))
    files = written(tmp_path, {}, {"close_value": "150.000"}, products=prices)
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_deals", *files, ORGANIZATION)
    said = capsys.readouterr().err
    assert (
        'products.csv, line 2: "1.500" can be read in two ways: write 1500, or' in said
    )
    assert 'deals.csv, line 3: "150.000" can be read in two ways' in said


def test_a_file_that_is_not_there_is_named(tmp_path):
    files = written(tmp_path, {})
    (tmp_path / "accounts.csv").unlink()
    with pytest.raises(CommandError, match=r"accounts\.csv: No such file"):
        call_command("import_deals", *files, ORGANIZATION)


def test_a_deal_moved_by_hand_is_listed(tmp_path, capsys):
    files = written(tmp_path, ENGAGING)
    bring(capsys, *files)
    deal = Deal.objects.get()
    moves = {"on": date(2026, 8, 1), "at": deal.moves.get().recorded_at}
    deal.move_to(deal.stage, "lost", by=User.objects.first(), reason="Price", **moves)
    assert bring(capsys, *files).err == (
        "Row 2, Bluefin Boats, the stage: Lost here, and it stays; Engaging in the"
        " file.\n"
        "To have the file’s, say “take_all” in --map, or “take” with numbers.\n"
    )
    answers = tmp_path / "answers.json"
    answers.write_text('{"take": ["A1"]}')
    assert bring(capsys, *files, f"--map={answers}").err == ""
    deal.refresh_from_db()
    assert deal.outcome == "open"


def test_a_row_of_a_closed_quarter_is_listed_and_brought_in_with_a_reason(
    tmp_path, capsys
):
    organization = OrganizationFactory(name="Calder & Lind")
    days = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30)}
    made_at = NOON - timedelta(days=60)
    QuarterFactory(organization=organization, name="Q3 2026", made_at=made_at, **days)
    files = written(tmp_path, {})
    said = bring(capsys, *files)
    assert said.out.startswith("Deals: 0 added, 0 changed, 0 as they were.")
    assert said.err == (
        "Row 2, Bluefin Boats, counts in Q3 2026, which is closed, and was left out:"
        " bring it in with --reason.\n"
    )
    said = bring(capsys, *files, "--reason=The CRM was down.")
    assert said.out.startswith("Deals: 1 added")
    assert said.err == ""


def test_it_sets_quotas_from_a_file(tmp_path, capsys):
    sheet = quotas(("Ines Calder", "2026-07-01", "900"))
    said = bring(capsys, *written(tmp_path, {}, quotas=sheet))
    assert said.out.endswith("Quotas: 1 added, 0 changed, 0 as they were.\n")


def test_it_warns_of_quotas_that_grew_from_a_part_of_a_quarter(tmp_path, capsys):
    files = written(tmp_path, {}, {"opportunity_id": "B", "close_date": "2026-10-31"})
    said = bring(capsys, *files, "--quota-growth=1.1")
    assert Quota.objects.get().amount == 528
    assert said.err == (
        "The quotas of Q4 2026 grew from Q3 2026, of which only a part is known:"
        " please look at them.\n"
    )


def test_it_names_the_days_that_lie_in_no_quarter(tmp_path, capsys):
    organization = Organization.objects.create(name="Calder & Lind")
    organization.quarters.create(
        name="Thirteen weeks", starts_on="2026-08-03", ends_on="2026-11-01"
    )
    said = bring(capsys, *written(tmp_path, {}))
    assert "Dates in no quarter" in said.err
    assert "2026-07-06" in said.err


@pytest.mark.parametrize(
    "argument",
    [
        "--quota-growth=0",
        "--quota-growth=-1",
        "--quota-growth=NaN",
        "--quota-growth=much",
        "--shift-to=soon",
        "--shift-to=9999-12-31",
    ],
)
def test_an_argument_that_makes_no_sense_is_refused(tmp_path, argument):
    with pytest.raises(CommandError, match=argument.split("=")[0]):
        call_command("import_deals", *written(tmp_path, {}), ORGANIZATION, argument)


# --- One file of any shape ----------------------------------------------------------

HUBSPOT = """Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date
101,Pilot,Closed Won,2026-11-02 10:00,Theo Lindqvist,"$12,500.00",2026-09-01 09:00
102,Next,Appointment scheduled,2026-12-20 10:00,Mira Bay,,2026-10-03 09:00
Total,,,,,"$12,500.00",
"""


@pytest.fixture
def hubspot(tmp_path):
    path = tmp_path / "hubspot.csv"
    path.write_text(HUBSPOT)
    return path


def test_of_one_file_it_asks_what_is_not_sure_and_takes_the_answers(
    hubspot, tmp_path, capsys
):
    with pytest.raises(CommandError, match=r"Nothing was imported: 1 question\."):
        bring(capsys, str(hubspot))
    asked = capsys.readouterr().err
    assert "1 row: which stage here is “Appointment scheduled”?" in asked
    assert "“stages”" in asked
    assert not Organization.objects.exists()

    answers = tmp_path / "answers.json"
    answers.write_text('{"stages": {"Appointment scheduled": "Prospecting"}}')
    said = bring(capsys, str(hubspot), f"--map={answers}")
    assert said.out.splitlines() == [
        "Read as: Record ID = its number there, Deal Name = title, Deal Stage = stage,"
        " Close Date = close date, Deal owner = owner, Amount = amount, Create Date ="
        " opened on.",
        "Row 4 is no deal: Total, $12,500.00",
        "Deals: 2 added, 0 changed, 0 as they were.",
        "In the file: 1 won, 0 lost, 1 open.",
        "1 has no amount: it is estimated, at the product’s price or else your average"
        " won deal.",
        "In the next file a deal is known again by its number in: HubSpot.",
        "New here, and without a login: Theo Lindqvist, Mira Bay.",
    ]


def test_a_workbook_does_as_well_and_its_sheets_are_told(hubspot, tmp_path, capsys):
    book = openpyxl.Workbook()
    book.active.title = "Deals"
    for row in csv.reader(HUBSPOT.replace("Appointment scheduled", "open").split("\n")):
        book.active.append(row)
    book.create_sheet("Notes")
    book.save(tmp_path / "deals.xlsx")
    said = bring(capsys, str(tmp_path / "deals.xlsx"))
    assert "Of its sheets “Deals” was read (“sheet”): Deals, Notes." in said.out
    assert "Deals: 2 added, 0 changed, 0 as they were." in said.out

    answers = tmp_path / "answers.json"
    answers.write_text('{"sheet": "Prices"}')
    with pytest.raises(CommandError, match="It has no sheet “Prices”"):
        bring(capsys, str(tmp_path / "deals.xlsx"), f"--map={answers}")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (b"<!doctype html><title>Sign in</title>", "It is a web page"),
        (b"", "There is nothing in it."),
        ("Owner,Stage\nMüller,Won\nB".encode() + b"\xc3", "cut off on its way"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(words, why, tmp_path, capsys):
    (tmp_path / "export.csv").write_bytes(words)
    with pytest.raises(CommandError, match=why):
        bring(capsys, str(tmp_path / "export.csv"))
    assert not Organization.objects.exists()


def test_every_bad_row_is_told(hubspot, tmp_path, capsys):
    hubspot.write_text(HUBSPOT.replace("2026-11-02 10:00", "").replace("Appo", "Pro"))
    answers = tmp_path / "answers.json"
    answers.write_text('{"stages": {"Prointment scheduled": "open"}}')
    with pytest.raises(CommandError, match="1 thing to put right first"):
        bring(capsys, str(hubspot), f"--map={answers}")
    assert capsys.readouterr().err == (
        "row 2, Close Date: won or lost, and it does not say on which day\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        "{",
        "[]",
        '{"a": 1}',
        '{"a": {}}',
        '{"stages": ["Won"]}',
        '{"columns": {"Amount": "worth"}}',
        '{"numbers": {"Amount": "comma"}}',
        '{"days": {"Close Date": "american"}}',
        '{"encoding": "martian"}',
        '{"delimiter": "x"}',
        '{"header_row": "first"}',
    ],
)
def test_answers_that_make_no_sense_are_refused(words, hubspot, tmp_path, capsys):
    answers = tmp_path / "answers.json"
    answers.write_text(words)
    with pytest.raises(CommandError, match=r"answers\.json cannot be understood"):
        bring(capsys, str(hubspot), f"--map={answers}")


def test_the_two_ways_are_not_mixed(hubspot, tmp_path, capsys):
    with pytest.raises(CommandError, match="takes --teams, --products and --accounts"):
        bring(capsys, str(hubspot), f"--teams={hubspot}")
    with pytest.raises(CommandError, match="--quota-growth goes with an export"):
        bring(capsys, str(hubspot), "--quota-growth=1.1")


# --- The public CRM export ----------------------------------------------------------


@needs_the_export
def test_the_pipeline_alone_brings_the_same_deals_without_a_question(capsys):
    said = bring(capsys, str(CRM / "sales_pipeline.csv"))
    assert (
        "In the next file a deal is known again by its number in: CRM export."
        in said.out
    )
    assert "Deals: 8,800 added, 0 changed, 0 as they were." in said.out
    assert "In the file: 4,238 won, 2,473 lost, 2,089 open." in said.out
    won = Deal.objects.filter(outcome="won").order_by().values_list("owner__name")
    alone = sorted(won.annotate(Sum("amount"), Count("pk")))
    call_command("import_deals", *real_files(), "--organization=Four files")
    four = Deal.objects.filter(organization__name="Four files", outcome="won")
    four = four.order_by().values_list("owner__name")
    assert alone == sorted(four.annotate(Sum("amount"), Count("pk")))


@needs_the_export
def test_the_real_export_comes_in_whole(capsys):
    said = bring(capsys, *real_files())
    assert said.out.splitlines() == [
        "Deals: 8,800 added, 0 changed, 0 as they were.",
        "In the file: 4,238 won, 2,473 lost, 2,089 open.",
        "At list price, as an estimate: 4,562. Account not given: 1,425."
        " No engage date: 500.",
        "People: 35 reps and 9 teams added.",
    ]
    assert said.err == ""
    assert bring(capsys, *real_files()).out.startswith(
        "Deals: 0 added, 0 changed, 8,800 as they were.\n"
    )
    assert StageMove.objects.count() == 8_800
    assert Counter(Deal.objects.values_list("product", flat=True))["GTX Pro"] == 1_480


@needs_the_export
def test_the_six_managers_see_their_reps_on_their_boards(client, capsys):
    bring(capsys, *real_files(), "--shift-to=2026-11-12", "--quota-growth=1.1")
    closes = Deal.objects.exclude(closed_on=None).values_list("closed_on", flat=True)
    assert max(closes) == date(2026, 11, 15)  # 31 December 2017 is a Sunday too
    with (CRM / "sales_teams.csv").open(encoding="utf-8-sig", newline="") as file:
        teams = {}
        for row in csv.DictReader(file):
            teams.setdefault(row["manager"], set()).add(row["sales_agent"])
    managers = User.objects.all()
    assert {manager.name for manager in managers} == set(teams)
    for manager in managers:
        seen = Rep.objects.visible_to(manager).values_list("name", flat=True)
        assert set(seen) == teams[manager.name]
        client.force_login(manager)
        response = client.get(reverse("plans:team_board"))
        assert response.status_code == 200
        assert all(name in response.text for name in teams[manager.name])

"""Any list as a file: text stays text, figures stay figures, nothing is run."""

import subprocess
from datetime import date, datetime
from decimal import Decimal
from shutil import which
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse

from reps.domain.files.cell import as_it_was, clean
from reps.views import list_file as module
from reps.views.list_file import ListFile, download, list_file
from tests.list_files import all_of, in_csv, in_sheet, name_of, sheet_of

HERE = reverse("reps:people_file")
AT = datetime(2026, 11, 12, 14, 5, 33, tzinfo=ZoneInfo("Asia/Tokyo"))
# What a spreadsheet would run, what looks like a fault, what an import would shorten.
HOSTILE = [
    '=HYPERLINK("http://x.example")',
    "+1-800",
    "-2+3",
    "@SUM(1)",
    "'=1",
    "''@x",
    "#N/A",
    "#REF!",
    'O’Hara, "Zo"\n& Söhne <b>',
    "'tis",
]


def answered(rows, *, asked="", name="deals won Q4 2026", size=1):
    columns = [f"Column {number}" for number in range(1, len(rows[0]) + 1)]
    request = RequestFactory().get("/deals/file/", QueryDict(asked))
    return list_file(request, ListFile(name, columns, iter(rows), size))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_read_again_as_it_was_and_never_run(text):
    _header, [in_text] = in_csv(answered([[text]]))
    assert in_text[0] not in "=+-@"
    assert as_it_was(in_text) == text
    _header, [in_a_cell] = in_sheet(answered([[text]], asked="as=xlsx"))
    assert clean(in_a_cell) == text
    if text[0] != "'":
        assert in_a_cell == text


def test_what_an_import_would_take_out_of_its_quotes_keeps_them():
    text = '="007"'  # as a spreadsheet writes a text that looks like a number
    _header, [in_a_cell] = in_sheet(answered([[text]], asked="as=xlsx"))
    assert clean(in_a_cell) == text


def test_what_is_typed_stays_so_in_a_workbook():
    figures = [17, Decimal("12500.50"), Decimal("-3")]
    row = [*figures, date(2026, 11, 2), AT, None, "0042"]
    sheet = sheet_of(answered([row], asked="as=xlsx"))
    header, cells = sheet.iter_rows()
    assert [cell.data_type for cell in cells] == ["n", "n", "n", "d", "d", "n", "s"]
    values = [cell.value for cell in cells]
    assert values[:3] == [17, 12500.5, -3]
    days = ["2026-11-02 00:00:00", "2026-11-12 14:05:00"]
    assert list(map(str, values[3:5])) == days
    assert values[5:] == [None, "0042"]
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in header)


def test_in_a_text_days_and_figures_stand_as_everybody_reads_them():
    row = [17, Decimal("1E+3"), Decimal("-3.50"), date(2026, 11, 2), AT, None, ""]
    _header, cells = in_csv(answered([row]))
    days = ["2026-11-02", "2026-11-12 14:05"]
    assert cells == ["17", "1000", "-3.50", *days, "", ""]


def test_what_no_workbook_can_hold_is_left_out_of_it():
    answer = answered([["a\x0bb\uffff\x1f"]], asked="as=xlsx")
    assert in_sheet(answer)[1] == ["ab"]


def test_its_name_does_no_harm():
    named = 'attachment; filename="deals won Q4 2026.csv"'
    assert name_of(answered([[1]])) == named
    strange = name_of(answered([[1]], name='Q4 "é"\r\nX: y'))
    assert "Q4%20%22%C3%A9%22%20X%3A%20y.csv" in strange


@pytest.mark.django_db
def test_a_list_too_long_for_a_workbook_says_so_and_where_all_of_it_is(
    client, rep, monkeypatch
):
    monkeypatch.setattr(module, "MOST_IN_A_WORKBOOK", -1)
    client.force_login(rep.user)
    answer = client.get("/deals/file/?show=won&as=xlsx")
    assert answer.status_code == 422
    assert "too long for a workbook" in answer.text
    assert 'href="?show=won"' in answer.text
    assert client.get("/deals/file/?show=won").status_code == 200


def test_a_download_knows_where_both_its_files_are():
    plain = download("People", "reps:people_file")
    assert [plain.csv, plain.xlsx] == [HERE, f"{HERE}?as=xlsx"]
    asked = download("People", "reps:people_file", rep=7, team=None)
    assert [asked.csv, asked.xlsx] == [f"{HERE}?rep=7", f"{HERE}?rep=7&as=xlsx"]


def test_a_spreadsheet_shows_the_text_and_runs_nothing(tmp_path):
    office = which("soffice") or which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: soffice opens the workbook")
    file = tmp_path / "list.xlsx"
    answer = answered([["=1+1", "+2", "@x"]], asked="as=xlsx")
    file.write_bytes(all_of(answer))
    where = ["--outdir", tmp_path, f"-env:UserInstallation=file://{tmp_path}/office"]
    turn = [office, "--headless", "--convert-to", "csv", *where, file]
    subprocess.run(turn, check=True, timeout=120, capture_output=True)
    shown = (tmp_path / "list.csv").read_text("utf-8").splitlines()
    assert shown[1] == "=1+1,+2,@x"

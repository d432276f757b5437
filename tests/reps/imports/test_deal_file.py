"""Deals from one file of any shape: what is sure comes in, what is not is asked."""

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from reps.domain.files.deal_rows import LeftOut
from reps.domain.files.fields import Fact
from reps.domain.files.grid import Wrong
from reps.domain.files.questions import Asks, Unsure
from reps.domain.files.values import Owner
from reps.domain.transitions import Outcome
from reps.imports.answers import Answers
from reps.imports.deal_file import BadRows, import_deal_file
from reps.models import Deal, Product, Quarter, Rep
from tests.factories.reps import (
    NOON,
    DealFactory,
    OrganizationFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
    UserFactory,
)
from tests.reps.imports.workbook_file import parts_of, texts, zipped

pytestmark = pytest.mark.django_db

HEADER = (
    "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date,"
    "Associated Company"
)
WON = (
    '101,Pilot,Closed Won,2026-11-02 10:00,Theo Lindqvist,"$12,500.50",'
    "2026-09-01 09:00,Larkspur"
)
LOST = (
    '102,Rollout,Closed Lost,2026-11-05 10:00,Theo Lindqvist,"$8,000.00",'
    "2026-09-03 09:00,Quill"
)
OPEN = "103,Next,Engaging,2026-12-20 10:00,Mira Bay,,2026-10-03 09:00,Harrow"


@pytest.fixture
def office():
    """West, where Theo sells; two stages."""
    office = OrganizationFactory(name="Harbor")
    StageFactory(organization=office, name="Prospecting", order=1)
    StageFactory(organization=office, name="Engaging", order=2)
    team = TeamFactory(organization=office, name="West")
    RepFactory(organization=office, name="Theo Lindqvist", team=team)
    return office


def bring(
    *lines,
    written=b"",
    encoding="utf-8",
    at=NOON,
    reason="",
    prices=None,
    **answers,
):
    written = written or "\n".join(lines).encode(encoding)
    return import_deal_file(
        lambda: iter([written]),
        organization="Harbor",
        at=at,
        answers=Answers(**answers),
        reason=reason,
        prices=prices,
    )


def asked(*lines, **answers):
    with pytest.raises(Unsure) as unsure:
        bring(*lines, **answers)
    assert not Deal.objects.exists()
    return [(one.asks, one.about, one.fits) for one in unsure.value.questions]


def foreign(*lines):
    """The column of amounts in another currency, the currencies, and the rows."""
    with pytest.raises(Unsure) as unsure:
        bring(*lines)
    (one,) = unsure.value.questions
    assert one.asks == Asks.CURRENCIES
    return one.about, one.fits, one.rows, one.lines


def test_what_a_system_wrote_comes_in_without_a_question(office):
    summary = bring(HEADER, WON, LOST, OPEN)

    assert (summary.source, summary.placed.added) == ("HubSpot", 3)
    assert summary.reps_added == ["Mira Bay"]
    won, lost, still_open = Deal.objects.order_by("source_key")
    assert (won.owner.name, won.account, won.product) == (
        "Theo Lindqvist",
        "Larkspur",
        "Pilot",
    )
    assert (won.outcome, won.amount) == (Outcome.WON, Decimal("12500.50"))
    assert (won.opened_on, won.closed_on) == (date(2026, 9, 1), date(2026, 11, 2))
    assert lost.outcome == Outcome.LOST
    assert (still_open.stage.name, still_open.expected_close_on) == (
        "Engaging",
        date(2026, 12, 20),
    )
    assert still_open.amount == office.starting_average_deal
    assert still_open.amount_is_estimate
    assert Rep.objects.get(name="Mira Bay").team.name == "West"
    assert Quarter.objects.get(starts_on=date(2026, 7, 1)).name == "Q3 2026"


def test_the_same_file_changes_nothing_and_a_newer_one_what_changed(office):
    bring(HEADER, WON, OPEN)
    again = bring(HEADER, WON, OPEN)
    assert (again.placed.added, again.placed.changed, again.as_they_were) == (0, 0, 2)

    later = OPEN.replace("Engaging", "Closed Won").replace(",,", ',"$21,000",')
    later = later.replace("2026-12-20", "2026-11-10")
    newer = bring(HEADER, WON, later)

    assert (newer.placed.added, newer.placed.changed) == (0, 1)
    deal = Deal.objects.get(source_key="103")
    assert (deal.outcome, deal.amount) == (Outcome.WON, 21_000)
    assert [move.kind for move in deal.moves.order_by("number")] == ["imported"] * 2


def test_a_deal_without_an_amount_is_worth_an_average_win(office):
    theo = Rep.objects.get()
    stage = office.stages.get(order=1)
    facts = {"owner": theo, "stage": stage, "won_on": date(2026, 10, 9)}
    DealFactory(organization=office, amount=7_000, **facts)
    bring(HEADER, OPEN)
    assert Deal.objects.get(source_key="103").amount == 7_000


def test_and_first_of_all_its_products_price(office):
    bring(HEADER, OPEN, OPEN.replace("103,Next", "104,Other"), prices={"next ": 4_200})
    deal = Deal.objects.get(source_key="103")
    assert (deal.amount, deal.amount_is_estimate) == (4_200, True)


def test_by_the_price_list_where_nothing_else_is_said(office):
    Product.objects.create(
        organization=office, name="Next", price=3_100, updated_at=NOON
    )
    bring(HEADER, OPEN)
    assert Deal.objects.get(source_key="103").amount == 3_100
    bring(HEADER, OPEN.replace("103", "104"), prices={"next": 4_200})
    assert Deal.objects.get(source_key="104").amount == 4_200
    assert Deal.objects.get(source_key="104").amount == office.starting_average_deal

    bring(HEADER, OPEN, prices={"Next": 4_500})  # the price has changed
    assert Deal.objects.get(source_key="103").amount == 4_500


def test_a_spreadsheet_in_another_language_comes_in_as_well(office):
    office.currency = "EUR"
    office.save()
    bring(
        "Umsatzbericht;;;;",
        "",
        "Firma;Inhaber;Phase;Betrag;Abschlussdatum",
        "Müller & Söhne;Lindqvist, Theo;Gewonnen;1.234,50 €;02.11.2026",
        "Groß;Theo Lindqvist;Verloren;900,00 €;23.10.2026",
        "Gesamt;;;2.134,50 €;",
        encoding="cp1252",
    )
    won = Deal.objects.get(outcome="won")
    assert (won.account, won.source) == ("Müller & Söhne", "Spreadsheet")
    assert (won.amount, won.closed_on) == (Decimal("1234.50"), date(2026, 11, 2))
    assert Deal.objects.count() == 2


def workbook(*rows, currency=""):
    """A sheet of these rows; its sixth column is shown in the currency."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for (cell,) in book.active.iter_rows(min_row=2, min_col=6, max_col=6):
        cell.number_format = f'#,##0.00\\ "{currency}"' if currency else "0.00"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


SHEET = (
    ["Deal ID", "Company", "Owner", "Stage", "Close date", "Amount", "Margin"],
    [7, "Quill", "Theo Lindqvist", "Won", date(2026, 11, 2), 0.1 + 0.2, 0.4],
    [8, "Harrow", "Theo Lindqvist", "Engaging", datetime(2026, 12, 20), None, "=1/0"],  # noqa: DTZ001
    ["Total", None, None, None, None, 0.3, None],
)


def test_a_workbook_comes_in_as_a_text_does(office):
    bring(written=workbook(*SHEET))
    won, still_open = Deal.objects.order_by("source_key")
    assert (won.source_key, won.source) == ("7", "Spreadsheet")
    assert (won.amount, won.closed_on) == (Decimal("0.30"), date(2026, 11, 2))
    assert (still_open.stage.name, still_open.expected_close_on) == (
        "Engaging",
        date(2026, 12, 20),
    )
    again = bring(written=workbook(*SHEET))
    assert (again.placed.added, again.placed.changed) == (0, 0)


def test_a_currency_that_only_the_format_shows_is_seen(office):
    with pytest.raises(Unsure) as unsure:
        bring(written=workbook(*SHEET, currency="€"))
    (one,) = unsure.value.questions
    assert (one.asks, one.about, one.fits) == (Asks.CURRENCIES, "Amount", ("EUR",))


def test_a_formula_without_a_value_costs_the_row_where_its_column_counts(office):
    page = texts(
        ("Company", "Owner", "Stage", "Close date", "Notes"),
        ("Quill", "Theo Lindqvist", "Engaging", "2026-12-20", "#N/A"),
        ("#N/A", "=A1", "Engaging", "2026-12-20", "x"),
    )
    failed = page.replace('"inlineStr"><is><t>#N/A</t></is>', '"e"><v>#N/A</v>')
    failed = failed.replace('"inlineStr"><is><t>=A1</t></is>', '"n"><f>A1</f>')
    with pytest.raises(BadRows) as bad:
        bring(written=zipped(parts_of(failed)).getvalue())
    assert [(one.row, one.column, one.wrong) for one in bad.value.complaints] == [
        (3, 1, Wrong.FAILED),
        (3, 2, Wrong.FORMULA),
    ]


def test_a_stage_nobody_knows_is_asked_and_the_answer_taken(office):
    line = OPEN.replace("Engaging", "Appointment scheduled")
    fits = ("Prospecting", "Engaging", "open", "won", "lost")
    assert asked(HEADER, line) == [(Asks.STAGE, "Appointment scheduled", fits)]

    bring(HEADER, line, stages={"Appointment scheduled": "prospecting"})
    assert Deal.objects.get().stage.name == "Prospecting"


def test_a_status_that_says_no_outcome_is_asked_and_may_be_a_stage(office):
    header = "Company,Owner,Status,Amount,Close date"
    line = "Larkspur,Theo Lindqvist,{},1500,2026-11-02".format
    fits = ("Prospecting", "Engaging", "open", "won", "lost")
    lines = line("Won"), line("engaging"), line("Abandoned")
    assert asked(header, *lines) == [(Asks.STAGE, "Abandoned", fits)]

    bring(header, *lines, stages={"Abandoned": "lost"})
    found = Deal.objects.order_by("pk").values_list("outcome", "stage__name")
    assert list(found) == [
        ("won", "Engaging"),
        ("open", "Engaging"),
        ("lost", "Engaging"),
    ]


def test_days_and_amounts_that_can_be_read_in_two_ways_are_asked(office):
    header = "Company,Owner,Status,Amount,Close date"
    line = "Larkspur,Theo Lindqvist,Won,1.500,03/11/2026"
    found = asked(header, line)
    assert [(asks, about) for asks, about, _fits in found] == [
        (Asks.NUMBERS, "Amount"),
        (Asks.DAYS, "Close date"),
    ]
    assert {"1.500 = 1.500", "1.500 = 1500"} == set(found[0][2])

    bring(header, line, numbers={"Amount": ","}, days={"Close date": "dmy"})
    deal = Deal.objects.get()
    assert (deal.amount, deal.closed_on) == (1_500, date(2026, 11, 3))


@pytest.fixture
def namesakes(office):
    """Two whose name is Mira Bay; told apart by their addresses."""
    made = []
    for email in ("mira@harbor.example", "bay@harbor.example"):
        user = UserFactory(organization=office, email=email)
        made.append(RepFactory(organization=office, name="Mira Bay", user=user))
    return made


def test_two_of_one_name_are_asked_and_the_right_one_gets_the_deal(namesakes):
    fits = ("Mira Bay (mira@harbor.example)", "Mira Bay (bay@harbor.example)")
    assert asked(HEADER, OPEN) == [(Asks.OWNER, "Mira Bay", fits)]
    assert asked(HEADER, OPEN, owners={"Mira Bay": "Mira Bay"}) == [
        (Asks.OWNER, "Mira Bay", fits)
    ]
    for rep in namesakes:
        bring(HEADER, OPEN, owners={"Mira Bay": rep.user.email})
        assert Deal.objects.get().owner == rep


def test_by_the_address_beside_the_name_each_gets_their_own(namesakes):
    header = f"{HEADER},Owner email"
    lines = (
        f"{OPEN.replace('103', str(number))},{rep.user.email}"
        for number, rep in enumerate(namesakes)
    )
    bring(header, *lines)
    owners = Deal.objects.order_by("source_key").values_list("owner", flat=True)
    assert list(owners) == [rep.pk for rep in namesakes]


def test_one_can_be_left_out_and_it_is_told(office):
    summary = bring(HEADER, WON, OPEN, owners={"Mira Bay": ""})
    assert [deal.number for deal in summary.deals] == ["101"]
    assert summary.left_out == [LeftOut(3, "Harrow", Owner("Mira Bay"))]
    assert summary.reps_added == []


def test_an_owner_is_known_by_their_address(office):
    user = UserFactory(organization=office, email="mira@harbor.example")
    mira = RepFactory(organization=office, name="Mira Bay-Lind", user=user)
    header = HEADER.replace("Deal owner", "Owner email")
    bring(header, OPEN.replace("Mira Bay", "MIRA@harbor.example"))
    assert Deal.objects.get().owner == mira


def test_what_a_file_cannot_do_without_is_asked_and_a_column_can_be_named(office):
    header = "Company,Who,Status,Amount,Close date"
    line = "Larkspur,Theo Lindqvist,Won,1500,2026-11-02"
    assert asked(header, line) == [
        (Asks.MISSING, "", (Fact.OWNER, Fact.OWNER_EMAIL)),
    ]
    bring(header, line, columns={"Who": Fact.OWNER, "Amount": Fact.AMOUNT})
    assert Deal.objects.get().owner.name == "Theo Lindqvist"


def test_amounts_in_another_currency_are_refused(office):
    lines = WON, LOST.replace("$8", "€8")
    assert foreign(HEADER, *lines) == ("Amount", ("EUR", "USD"), 1, (3,))
    lines = [WON.replace("$", "€")] * 7
    assert foreign(HEADER, *lines) == ("Amount", ("EUR",), 7, (2, 3, 4, 5, 6))
    assert not Deal.objects.exists()


def test_so_are_those_of_a_column_of_currencies(office):
    header, lines = f"{HEADER},Currency", (f"{WON},USD", f"{LOST},eur")
    assert foreign(header, *lines) == ("Currency", ("EUR", "USD"), 1, (3,))
    bring(header, f"{WON},USD", f"{LOST},US$")
    assert Deal.objects.count() == 2


def test_a_column_of_stages_with_nothing_in_it_is_no_question(office):
    header = "Company,Owner,Stage,Status,Amount,Close date"
    bring(header, "Larkspur,Theo Lindqvist,,Won,1500,2026-11-02")
    assert Deal.objects.get().outcome == Outcome.WON


def test_one_bad_row_and_nothing_is_brought_in(office):
    with pytest.raises(BadRows) as bad:
        bring(HEADER, WON, LOST.replace("2026-11-05 10:00", ""), "104,too short")
    rows = [(one.row, one.wrong) for one in bad.value.complaints]
    assert rows == [(3, "closed_without_day"), (4, "shorter")]
    assert not Deal.objects.exists()


def test_a_row_of_a_closed_quarter_is_left_without_a_reason(office):
    bring(HEADER, WON)
    late = date(2027, 2, 1)
    at = NOON.replace(year=late.year, month=late.month, day=late.day)
    changed = WON.replace("12,500.50", "99,000.00")
    left = bring(HEADER, changed, at=at).placed.left
    assert [(row.number, quarter.name) for row, quarter in left] == [("101", "Q4 2026")]
    assert bring(HEADER, changed, at=at, reason="Signed late.").placed.changed == 1


def test_somebody_new_comes_to_the_team_that_was_said(office):
    east = TeamFactory(organization=office, name="East")
    bring(HEADER, OPEN, owners={"Mira Bay": f"team:{east.pk}"})
    mira = Rep.objects.get(name="Mira Bay")
    assert (mira.team, mira.user) == (east, None)
    assert Deal.objects.get().owner == mira


def test_a_number_is_that_of_one_rep(namesakes, office):
    for rep in namesakes:
        bring(HEADER, OPEN, owners={"Mira Bay": f"rep:{rep.pk}"})
        assert Deal.objects.get().owner == rep


@pytest.mark.parametrize("answer", ["rep:{rep}", "team:{team}", "rep:0", "team:East"])
def test_a_number_of_nobody_here_is_no_answer(office, answer):
    elsewhere = RepFactory()
    said = answer.format(rep=elsewhere.pk, team=elsewhere.team_id)
    ((asks, about, fits),) = asked(HEADER, OPEN, owners={"Mira Bay": said})
    assert (asks, about, len(fits)) == (Asks.OWNER, "Mira Bay", 1)
    assert fits[0].startswith("Theo Lindqvist")


def test_two_of_one_name_with_two_addresses_are_two(office):
    header = f"{HEADER},Owner email"
    lines = [f"{OPEN},mira@x.example", f"{OPEN.replace('103', '104')},bay@x.example"]
    assert bring(header, *lines).reps_added == ["Mira Bay", "Mira Bay"]
    first, second = Deal.objects.order_by("source_key")
    assert first.owner != second.owner

    said = {"bay@x.example": "", "mira@x.example": f"rep:{second.owner_id}"}
    summary = bring(header, *lines, owners=said)
    assert [row.row for row in summary.left_out] == [3]
    first.refresh_from_db()
    assert first.owner == second.owner


def test_an_open_deal_is_in_its_stage_since_the_file_says_so(office):
    header = "Deal Name,Deal Stage,Deal owner,Create Date,In stage since"
    line = "Pilot,{stage},Theo Lindqvist,2026-09-01,{since}"

    def since(stage, day):
        bring(header, line.format(stage=stage, since=day))
        return Deal.objects.get().in_stage_since

    assert since("Prospecting", "2026-09-20") == date(2026, 9, 20)
    assert since("Engaging", "2026-10-07") == date(2026, 10, 7)
    assert since("Prospecting", "2026-09-02") == NOON.date()  # before its last move
    assert since("Engaging", "2027-01-01") == NOON.date()  # which nobody knows yet

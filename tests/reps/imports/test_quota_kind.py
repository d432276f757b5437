"""Quotas come in as rows or as a grid, into the organization's own quarters."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from reps.domain.files.fields import Fact
from reps.domain.files.grid import Complaint
from reps.domain.files.numbers import NoNumber
from reps.domain.files.questions import Asks
from reps.domain.pacing import held_revisions
from reps.imports.answers import Answers
from reps.imports.column_questions import column_questions
from reps.imports.file_kind import Scope, Verdict
from reps.imports.look_at_file import look_at_file
from reps.imports.quota_kind import QuotaKind
from reps.models import FileImport, Quarter, Quota, QuotaRevision, Rep
from tests.factories.imports import FileImportFactory
from tests.factories.reps import (
    NOON,
    Q4_ENDS_ON,
    Q4_STARTS_ON,
    OrganizationFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
    revise,
)

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


@pytest.fixture
def office():
    """Theo and Mira, who sell for West; Ada, who is an admin; no quarter yet."""
    office = OrganizationFactory(name="Harbor")
    team = TeamFactory(organization=office, name="West")
    for name in ("Theo Lindqvist", "Mira Bay"):
        RepFactory(organization=office, name=name, team=team)
    UserFactory(organization=office, name="Ada", is_admin=True)
    return office


@pytest.fixture
def autumn(office):
    """Thirteen weeks, of which Theo owes 300,000."""
    quarter = QuarterFactory(
        organization=office,
        name="Autumn",
        starts_on=Q4_STARTS_ON,
        ends_on=Q4_ENDS_ON,
    )
    theo = Rep.objects.get(name="Theo Lindqvist")
    QuotaFactory(rep=theo, quarter=quarter, amount=300_000, ramp="0.5")
    return quarter


def looked_at(lines, **said):
    written, answers = "\n".join(lines).encode(), Answers(**said)
    kinds = FileImport.READ_AS[FileImport.Kind.QUOTAS]
    return look_at_file(lambda: [written], answers, kinds=kinds, today=TODAY), answers


def scope(office, **facts):
    facts = {"by": office.people.get(name="Ada")} | facts
    return Scope(office, NOON, **facts)


def asked(office, *lines, **said):
    """What nobody can tell of it, beside whose it is."""
    look, answers = looked_at(lines, **said)
    of_columns = column_questions(look, answers, office.currency)
    words = QuotaKind().matches(look, answers, scope(office))
    return [(one.asks, one.about) for one in of_columns] + [
        (one.asks, one.theirs) for one in words if one.answer is None
    ]


def bring(office, *lines, reason="", teams=None, **said):
    look, answers = looked_at(lines, **said)
    file = FileImportFactory(organization=office, file_name="targets.csv")
    facts = scope(office, reason=reason, teams=teams, file_import=file.pk)
    return QuotaKind().bring_in(look, answers, facts, iter)


def owed(**those):
    rows = Quota.objects.filter(**those).order_by("quarter__starts_on", "rep__name")
    return list(rows.values_list("rep__name", "quarter__name", "amount"))


def counts(came):
    return came.added, came.changed, came.same, came.left_out_count


# What no cell can tell, a grid is asked once: 250,000 may be a quarter of a thousand.
POINT = {"numbers": {"Q1 2027": "."}}
GRID = (
    "Sales rep\tQ1 2027\tQ2 2027\tFY27",
    "Theo Lindqvist\t$250,000\t$275,000\t$525,000",
    "Mira Bay\t$180,000\t\t$180,000",
    "Total\t$430,000\t$275,000\t$705,000",
)


def test_a_grid_pasted_from_a_spreadsheet_brings_its_quarters(office):
    assert asked(office, *GRID) == [(Asks.NUMBERS, "Q1 2027")]
    assert asked(office, *GRID, **POINT) == []
    came = bring(office, *GRID, **POINT)
    assert owed() == [
        ("Mira Bay", "Q1 2027", 180_000),
        ("Theo Lindqvist", "Q1 2027", 250_000),
        ("Theo Lindqvist", "Q2 2027", 275_000),
    ]
    assert counts(came) == (3, 0, 0, 0)
    assert came.complaints == []
    assert came.said == ["2 quarters are new: Q1 2027, Q2 2027."]
    assert [(one.row, one.verdict, one.cells) for one in came.shown[:2]] == [
        (
            2,
            Verdict.NEW,
            ["Theo Lindqvist", "Q1 2027", "$250,000", "100%", "1 January 2027"],
        ),
        (
            2,
            Verdict.NEW,
            ["Theo Lindqvist", "Q2 2027", "$275,000", "100%", "1 April 2027"],
        ),
    ]
    assert came.made["quarter"] == list(
        Quarter.objects.order_by("starts_on").values_list("pk", flat=True)
    )


def test_one_column_tells_how_all_quarters_of_a_grid_are_written(office):
    lines = "Rep;Q1 2027;Q2 2027", "Theo Lindqvist;250.000;275.000,50"
    assert asked(office, *lines) == []
    bring(office, *lines)
    assert [amount for _rep, _quarter, amount in owed()] == [
        250_000,
        Decimal("275000.50"),
    ]


def test_rows_say_ramp_and_start_as_well(office, autumn):
    lines = (
        "Rep;Quarter;Quota;Ramp;Start Date",
        "Mira Bay;Autumn;120.000,00;50 %;16.11.2026",
    )
    assert asked(office, *lines) == []
    bring(office, *lines)
    quota = Quota.objects.get(rep__name="Mira Bay")
    assert (quota.quarter, quota.amount) == (autumn, 120_000)
    assert (quota.ramp, quota.starts_on) == (Decimal("0.5"), date(2026, 11, 16))


def test_the_same_again_changes_nothing_and_another_amount_is_a_revision(
    office, autumn
):
    lines = "Rep,Quarter,Quota", "Theo Lindqvist,Autumn,300000"
    assert counts(bring(office, *lines)) == (0, 0, 1, 0)
    assert QuotaRevision.objects.count() == 1

    came = bring(office, lines[0], "Theo Lindqvist,Autumn,320000")
    assert counts(came) == (0, 1, 0, 0)
    quota = Quota.objects.get()
    assert (quota.amount, quota.ramp) == (320_000, Decimal("0.5"))
    revision = QuotaRevision.objects.get(number=2)
    assert (revision.why, revision.changed_by.name) == ("targets.csv", "Ada")
    assert revision.file_import.file_name == "targets.csv"
    assert came.shown[0].verdict == Verdict.CHANGED
    assert came.shown[0].cells[2:4] == ["$320,000, was $300,000", "50%"]


def test_an_empty_cell_takes_nothing_away_unless_somebody_says_so(office, autumn):
    lines = "Rep,Quarter,Quota,Ramp", "Theo Lindqvist,Autumn,300000,"
    assert counts(bring(office, *lines)) == (0, 0, 1, 0)
    assert counts(bring(office, *lines, erase=True)) == (0, 1, 0, 0)
    assert Quota.objects.get().ramp == 1
    empty = "Rep,Quarter,Quota,Ramp", "Theo Lindqvist,Autumn,,"
    came = bring(office, *empty)
    assert counts(came) == (0, 0, 0, 1)
    assert came.left_out[0].words == "there is no figure in it"
    assert counts(bring(office, *empty, erase=True)) == (0, 1, 0, 0)
    assert Quota.objects.get().amount == 0


def test_a_closed_quarter_stays_without_a_reason(office):
    summer = QuarterFactory(
        organization=office,
        name="Q3 2026",
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 9, 30),
        made_at=NOON - timedelta(days=100),
    )
    theo = Rep.objects.get(name="Theo Lindqvist")
    QuotaFactory(rep=theo, quarter=summer, amount=900)
    lines = "Rep,Q3 2026,Q4 2026", "Theo Lindqvist,17,20"

    came = bring(office, *lines)
    assert counts(came) == (1, 0, 0, 1)
    assert [(one.about, one.words) for one in came.left_out] == [
        ("Theo Lindqvist, Q3 2026", "that quarter is closed")
    ]
    assert [one.verdict for one in came.shown] == [Verdict.LEFT_OUT, Verdict.NEW]
    assert came.shown[0].cells[2] == "$900"
    assert owed(quarter=summer) == [("Theo Lindqvist", "Q3 2026", 900)]

    assert counts(bring(office, *lines, reason="Signed late.")) == (0, 1, 1, 0)
    assert QuotaRevision.objects.get(number=2).why == "targets.csv: Signed late."


def test_what_was_changed_within_its_quarter_stays_unless_the_files_is_taken(
    office, autumn
):
    quota = Quota.objects.get()
    revise(quota, 200_000, holds_from=date(2026, 11, 2))
    lines = "Rep,Quarter,Quota", "Theo Lindqvist,Autumn,320000"

    came = bring(office, *lines)
    assert counts(came) == (0, 0, 0, 1)
    (kept,) = came.kept
    assert (kept.about, kept.ours, kept.theirs) == (
        "Theo Lindqvist, Autumn",
        "$200,000",
        "$320,000",
    )
    assert owed() == [("Theo Lindqvist", "Autumn", 200_000)]

    assert counts(bring(office, *lines, take=frozenset({kept.key}))) == (0, 1, 0, 0)
    quota.refresh_from_db()
    assert (quota.amount, quota.holds_from) == (320_000, None)


CHANGING = (
    "Rep,Quarter,Quota,Ramp,Holds from",
    "Theo Lindqvist,Autumn,0,,2026-12-07",
    "Theo Lindqvist,Autumn,300000,50 %,",
    "Theo Lindqvist,Autumn,200000,50 %,2026-11-02",
)
HOLDS = {"columns": {"Holds from": Fact.HOLDS_FROM}}


def held():
    (quota,) = Quota.objects.with_earlier()
    return [
        (one.amount, one.ramp, one.holds_from)
        for one in held_revisions(quota.in_force, quota.quarter.span)
    ]


def test_one_that_changes_within_its_quarter_has_a_row_for_each_day(office):
    QuarterFactory(organization=office, name="Autumn")
    came = bring(office, *CHANGING, **HOLDS)
    assert counts(came) == (3, 0, 0, 0)
    changes = [
        (300_000, Decimal("0.5"), None),
        (200_000, Decimal("0.5"), date(2026, 11, 2)),
        (0, 1, date(2026, 12, 7)),
    ]
    assert held() == changes
    assert [one.cells[2:] for one in came.shown] == [
        ["$0", "100%", "7 December 2026"],
        ["$300,000", "50%", "5 October 2026"],
        ["$200,000", "50%", "2 November 2026"],
    ]

    # The same again changes nothing; another day is another matter.
    assert counts(bring(office, *CHANGING, **HOLDS)) == (0, 0, 3, 0)
    assert QuotaRevision.objects.count() == 3
    other = [line.replace("11-02", "11-09") for line in CHANGING]
    came = bring(office, *other, **HOLDS)
    assert (counts(came), came.kept_count) == ((0, 0, 0, 3), 1)
    assert held() == changes
    assert counts(bring(office, *other, **HOLDS, take_all=True)) == (0, 3, 0, 0)
    assert [day for _amount, _ramp, day in held()] == [
        None,
        date(2026, 11, 9),
        date(2026, 12, 7),
    ]


def test_a_row_that_holds_from_a_day_leaves_standing_what_held_before(office, autumn):
    came = bring(office, CHANGING[0], CHANGING[3], **HOLDS)
    assert counts(came) == (0, 1, 0, 0)
    assert held() == [
        (300_000, Decimal("0.5"), None),
        (200_000, Decimal("0.5"), date(2026, 11, 2)),
    ]


@pytest.mark.parametrize(
    ("first_month", "header", "starts_on"),
    [
        (1, "Q1 FY27", date(2027, 1, 1)),
        (4, "Q1 FY27", date(2026, 4, 1)),
        (4, "Q4 2026/27", date(2027, 1, 1)),
        (2, "FY27 Q1", date(2026, 2, 1)),
    ],
)
def test_a_fiscal_year_is_the_organizations(office, first_month, header, starts_on):
    office.first_month = first_month
    office.save()
    lines = f"Rep,{header}", "Theo Lindqvist,5"
    assert asked(office, *lines) == []
    bring(office, *lines)
    assert Quota.objects.get().quarter.starts_on == starts_on


def test_a_year_that_may_be_two_is_asked_about_and_answered(office):
    office.first_month = 4
    office.save()
    lines = "Rep,Q1 2026,Q2", "Theo Lindqvist,5,6"
    assert asked(office, *lines) == [(Asks.QUARTER, "Q1 2026"), (Asks.QUARTER, "Q2")]
    said = {"quarters": {"Q1 2026": "2026-04-01", "Q2": ""}}
    assert asked(office, *lines, **said) == []
    came = bring(office, *lines, **said)
    assert Quota.objects.get().quarter.starts_on == date(2026, 4, 1)
    assert [one.words for one in came.left_out] == ["you leave “Q2” out"]

    # From now on it is one of ours, by its name.
    assert asked(office, "Rep,Q1 FY27", "Theo Lindqvist,5") == []


def test_quarters_that_fit_none_of_ours_are_asked_about(office, autumn):
    """The calendar's first quarter shares three days with Autumn."""
    lines = "Rep,Q1 2027", "Theo Lindqvist,5"
    assert asked(office, *lines) == [(Asks.QUARTER, "Q1 2027")]
    answers = dict(QuotaKind().choices(Asks.QUARTER, scope(office)))
    assert answers[str(autumn.pk)] == "Autumn: 5 October 2026 to 3 January 2027"
    assert "2027-01-01" not in answers
    assert answers["2027-04-01"] == "Q2 2027, a new one: 1 April 2027 to 30 June 2027"
    assert answers[""] == "Leave these figures out"
    assert asked(office, *lines, quarters={"Q1 2027": "autumn"}) == []


def test_a_year_may_have_a_column_of_its_own(office):
    lines = "Year,Rep,Q1,Q2", "2027,Theo Lindqvist,5,6", "2028,Theo Lindqvist,7,"
    assert asked(office, *lines) == []
    bring(office, *lines)
    assert [(quarter, amount) for _rep, quarter, amount in owed()] == [
        ("Q1 2027", 5),
        ("Q2 2027", 6),
        ("Q1 2028", 7),
    ]


def test_a_quarter_may_be_a_day_in_it(office):
    lines = "Rep,Period Start,Quota", "Theo Lindqvist,01/04/2027,5"
    assert asked(office, *lines)[0] == (Asks.DAYS, "Period Start")
    said = {"days": {"Period Start": "dmy"}}
    assert asked(office, *lines, **said) == []
    bring(office, *lines, **said)
    assert owed() == [("Theo Lindqvist", "Q2 2027", 5)]


def test_a_header_of_our_own_wording_is_one_of_ours_once_a_column_is_said(
    office, autumn
):
    lines = "Rep,Autumn", "Mira Bay,5"
    said = {"columns": {"Autumn": Fact.QUARTER_AMOUNT}}
    bring(office, *lines, **said)
    assert owed(rep__name="Mira Bay") == [("Mira Bay", "Autumn", 5)]


def test_somebody_new_comes_with_a_good_row_only(office):
    team = office.teams.get()
    lines = "Rep,Q1 2027", "Nora Field,5", "Sam Oak,soon"
    assert asked(office, *lines) == [
        (Asks.OWNER, "Nora Field"),
        (Asks.OWNER, "Sam Oak"),
    ]
    new = f"team:{team.pk}"
    came = bring(office, *lines, owners={"Nora Field": new, "Sam Oak": new})
    assert owed() == [("Nora Field", "Q1 2027", 5)]
    assert not Rep.objects.filter(name="Sam Oak").exists()
    assert came.complaints == [Complaint(3, 2, NoNumber.NOT_A_NUMBER, "soon")]
    assert came.said[0] == "1 rep is new: Nora Field."


def test_only_an_admin_sets_quotas(office, autumn):
    team = office.teams.get()
    lines = "Rep,Quarter,Quota", "Theo Lindqvist,Autumn,1", "Mira Bay,Autumn,2"
    came = bring(office, *lines, teams=frozenset({team.pk}))
    assert counts(came) == (0, 0, 0, 2)
    assert owed() == [("Theo Lindqvist", "Autumn", 300_000)]

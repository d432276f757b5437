"""What an import left as it was is said: in lists for a page, in lines elsewhere."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from reps.domain.files.deal_rows import LeftOut
from reps.domain.files.fields import Fact
from reps.domain.files.values import Owner
from reps.imports.file_kind import NAMED, BroughtIn
from reps.imports.placed_words import (
    deal_lines,
    left_out_lines,
    placed_lines,
    tell_left_out,
    tell_placed,
)
from reps.models import Deal
from tests.factories.deal_rows import place, row, won
from tests.factories.reps import (
    NOON,
    DealFactory,
    OrganizationFactory,
    QuarterFactory,
    RepFactory,
    StageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    """Where Theo and Mira sell, each in a team of their own; Prospecting alone."""
    office = OrganizationFactory()
    StageFactory(organization=office, name="Prospecting", order=1)
    for name in ("Theo", "Mira"):
        RepFactory(organization=office, name=name)
    return office


def told(placed):
    came = BroughtIn()
    tell_placed(came, placed, "USD")
    return came


def lines(placed):
    return list(placed_lines(placed, "USD"))


def test_each_fact_is_beside_the_files_with_the_key_to_take_it_by(office):
    place(office, row(row=2))
    deal, mira = Deal.objects.get(), office.reps.get(name="Mira")
    changes = {"owner": mira, "amount": Decimal(500), "expected_close_on": None}
    by = UserFactory(organization=office)
    deal.correct(
        changes | {"opened_on": date(2026, 10, 6), "product": ""}, by=by, at=NOON
    )
    deal.move_to(deal.stage, "lost", by=by, on=NOON.date(), at=NOON, reason="Price")
    placed = place(office, row(row=2))
    assert [(one.key, one.fact, one.ours, one.theirs) for one in told(placed).kept] == [
        ("stands:A1", "the stage", "Lost", "Prospecting"),
        ("owner:A1", "owner", "Mira", "Theo"),
        ("amount:A1", "amount", "$500", "$20,000"),
        ("product:A1", "product", "nothing", "Pilot"),
        ("opened_on:A1", "opened on", "6 Oct 2026", "5 Oct 2026"),
    ]
    assert told(placed).kept_count == 5
    assert lines(placed)[2] == (
        "Row 2, Quill & Co, amount: $500 here, and it stays; $20,000 in the file."
    )
    taken = place(office, row(row=2), take={"amount:A1"})
    assert told(taken).kept_count == 5  # so that it can be left again
    assert len(lines(taken)) == 5  # four facts, and how to have the file's


def test_what_a_cancellation_rests_on_has_no_box_to_tick(office):
    place(office, won())
    called_off = {"on": date(2026, 11, 3), "words": "No budget.", "by": None}
    Deal.objects.get().cancel(Decimal(100), **called_off, at=NOON)
    placed = place(office, won(amount=Decimal(1)))
    (kept,) = told(placed).kept
    assert (kept.may_take, kept.ours, kept.theirs) == (False, "$20,000", "$1")
    assert "since it was cancelled" in lines(placed)[0]


def test_of_several_twins_the_nearest_is_asked_about(office):
    facts = {"organization": office, "owner": office.reps.get(name="Theo")}
    facts |= {"stage": office.stages.get(), "account": "Quill & Co"}
    DealFactory(amount=Decimal(18_500), **facts)
    near = DealFactory(amount=Decimal(20_500), **facts)
    placed = place(office, row(row=7))
    (twin,) = told(placed).twins
    assert (twin.key, twin.row, twin.id) == ("A1", 7, near.pk)
    assert (twin.theirs, twin.ours) == ("Quill & Co, $20,000", "Quill & Co, $20,500")
    assert len(lines(placed)) == 2
    assert f"whether “A1” is {near.pk}, the same one, or 0" in lines(placed)[0]


def test_what_is_not_in_the_file_is_counted_and_named(office):
    place(office, row(), won("B", account=""))
    placed = place(office, row())
    assert told(placed).absent == ["account not given, $20,000, Won, Theo"]
    assert lines(placed) == [
        "1 deal is here and not in the file, and is as it was:",
        "  account not given, $20,000, Won, Theo",
    ]


def test_rows_that_are_left_out_are_counted_and_the_first_named(office):
    days = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30)}
    made_at = NOON - timedelta(days=60)
    QuarterFactory(organization=office, name="Q3 2026", made_at=made_at, **days)
    early = {"opened_on": date(2026, 7, 5), "closed_on": date(2026, 8, 1)}
    late = (won(f"B{number}", row=number, **early) for number in range(NAMED + 1))
    teams = [office.reps.get(name="Theo").team_id]
    placed = place(office, row(row=200, seller="Mira"), *late, teams=teams)

    came = told(placed)
    assert (came.left_out_count, len(came.left_out)) == (NAMED + 2, NAMED)
    assert [(one.row, one.words) for one in came.left_out[:2]] == [
        (200, "it is not of your teams"),
        (0, "it counts in Q3 2026, which is closed"),
    ]
    assert lines(placed)[-1] == "And 1 more."


def test_whose_rows_are_left_out_is_said():
    rows = [LeftOut(number, "", Owner("Mira Bay")) for number in range(2, 9)]
    rows.append(LeftOut(9, "Quill", Owner("", "bay@x.example")))
    assert list(left_out_lines(rows)) == [
        "Left out, as Mira Bay is: rows 2, 3, 4, 5, 6 and 2 more.",
        "Left out, as bay@x.example is: row 9.",
    ]
    came = BroughtIn()
    tell_left_out(came, rows)
    assert came.left_out_count == 8
    assert came.left_out[0].words == "you leave Mira Bay out"
    assert [one.about for one in came.left_out[-2:]] == ["account not given", "Quill"]


def test_what_a_file_holds_is_said_and_by_what_it_is_known_again():
    deals = [won(), row(), replace(row(), amount_is_estimate=True)]

    assert list(deal_lines(deals, "HubSpot", {Fact.KEY})) == [
        "In the file: 1 won, 0 lost, 2 open.",
        "1 has no amount: it is estimated, at the product’s price or else your average"
        " won deal.",
        "In the next file a deal is known again by its number in: HubSpot.",
    ]
    assert list(deal_lines(deals[:1], "Spreadsheet", {Fact.TITLE}))[1:] == [
        "Its rows have no number: in the next file a deal is known again by its"
        " account, its title and the day it was opened."
    ]

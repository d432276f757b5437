"""Every file of the corpus comes out as is written beside it."""

import re
from contextlib import contextmanager

import pytest
from django.db import transaction

from reps.domain.files.fields import Kind
from reps.domain.files.questions import Unsure
from reps.domain.files.unreadable import Unreadable
from reps.imports.answers import Answers
from reps.imports.deal_file import BadRows, import_deal_file
from reps.imports.look_at_file import look_at_file
from reps.models import Deal
from tests.factories.reps import (
    NOON,
    OrganizationFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
    UserFactory,
)
from tests.reps.imports.corpus import FILES
from tests.reps.imports.corpus.disguises import DISGUISES
from tests.reps.imports.corpus.file import FAULTS, SHAPES, Bad, Cannot, Question

REFUSED = [file for file in FILES if file.cannot]
TAKEN = [file for file in FILES if not file.cannot]
EXPORTS = [file for file in TAKEN if file.shape != "spreadsheet"]
MADE_UP = re.compile("[0-9a-f]{40}")  # a number for a deal that has none


def test_every_shape_and_every_fault_is_there():
    assert len(FILES) >= 60
    assert len({file.name for file in FILES}) == len(FILES)
    assert {file.shape for file in FILES} == SHAPES
    assert {fault for file in FILES for fault in file.faults} >= FAULTS


@pytest.mark.parametrize("file", REFUSED, ids=str)
def test_what_is_no_table_is_refused_with_its_reason(file):
    with pytest.raises(Unreadable) as refused:
        look_at(file.content())
    found, place = refused.value, refused.value.place
    assert Cannot(found.why, place.row, place.column, found.value) == file.cannot


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("file", EXPORTS, ids=str)
def test_an_export_says_the_same_however_it_is_written(file, disguise):
    as_it_is = look_at(file.content())
    rows = [row.cells for row in as_it_is.rows([])]
    rewritten = look_at(DISGUISES[disguise]([as_it_is.shape.header, *rows]))

    assert rewritten.complaints == []
    assert [row.cells for row in rewritten.rows([])] == rows
    assert rewritten.facts == as_it_is.facts
    assert rewritten.system == as_it_is.system


def look_at(raw):
    return look_at_file(
        lambda: iter([raw]), Answers(), kinds=[Kind.DEALS], today=NOON.date()
    )


@pytest.fixture
def harbor():
    """As `tests.reps.imports.corpus.file` has it."""
    harbor = OrganizationFactory(name="Harbor", starting_average_deal=10_000)
    for order, name in enumerate(("Prospecting", "Engaging", "Contract"), start=1):
        StageFactory(organization=harbor, name=name, order=order)
    team = TeamFactory(organization=harbor)
    for name, email in (
        ("Theo Lindqvist", "theo@harbor.example"),
        ("Ana Ruiz", "ana@harbor.example"),
        ("Ana Ruiz", "ruiz@harbor.example"),
    ):
        user = UserFactory(organization=harbor, email=email)
        RepFactory(organization=harbor, name=name, team=team, user=user)
    return harbor


@pytest.mark.django_db
@pytest.mark.parametrize("file", TAKEN, ids=str)
def test_what_is_in_a_file_comes_out(file, harbor):
    harbor.currency = file.currency
    harbor.save()

    if file.asks:
        with nothing_saved(Unsure) as unsure:
            bring(file, {})
        assert found_questions(unsure.value) == file.asks
    if file.bad:
        with nothing_saved(BadRows) as bad:
            bring(file, file.answers)
        assert found_faults(bad.value) == file.bad
    if file.deals or not (file.asks or file.bad):
        summary = bring(file, file.answers)
        found = [told(deal) for deal in Deal.objects.order_by("pk")]
        assert found == [line_of(deal) for deal in file.deals.strip().splitlines()]
        assert summary.source == file.source
        assert tuple(foot.text for foot in summary.look.feet) == file.feet
        again = bring(file, file.answers)
        assert (again.placed.added, again.placed.changed, again.as_they_were) == (
            0,
            0,
            len(found),
        )
        assert again.reps_added == []
        assert [told(deal) for deal in Deal.objects.order_by("pk")] == found


@contextmanager
def nothing_saved(refusal):
    with transaction.atomic(), pytest.raises(refusal) as refused:
        yield refused
    assert not Deal.objects.exists()


def bring(file, answers):
    raw = file.content()
    return import_deal_file(
        lambda: iter([raw]), organization="Harbor", at=NOON, answers=Answers(**answers)
    )


def found_questions(unsure):
    return tuple(Question(q.asks, q.about, q.fits) for q in unsure.questions)


def found_faults(bad):
    return tuple(Bad(c.row, c.column, c.wrong, c.value) for c in bad.complaints)


def told(deal):
    """A deal as the corpus writes it."""
    number = "*" if MADE_UP.fullmatch(deal.source_key) else deal.source_key
    about = "~" if deal.amount_is_estimate else ""
    closes_on = deal.closed_on or deal.expected_close_on
    days = (str(day or "-") for day in (deal.opened_on, closes_on))
    said = (number, deal.owner.name, deal.account, deal.product)
    said += (deal.stage.name, deal.outcome, f"{about}{deal.amount}", *days)
    return tuple(cell.replace("\n", "⏎").replace("|", "/") for cell in said)


def line_of(line):
    return tuple(cell.strip() for cell in line.split("|"))

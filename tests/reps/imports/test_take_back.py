"""An import is taken back as a whole, but for what people have worked on since."""

from datetime import date

import pytest

from reps.domain.transitions import Outcome
from reps.models import Deal, DealFacts, QuotaRevision, StageMove
from tests.factories.file_imports import FileImportFactory, bring_deals
from tests.factories.reps import NOON, QuotaFactory, RepFactory, StageFactory, revise

pytestmark = pytest.mark.django_db
WON = {"outcome": Outcome.WON, "closed_on": date(2026, 11, 3)}


@pytest.fixture
def ines():
    rep = RepFactory(name="Ines")
    StageFactory(organization=rep.organization)
    return rep


def brought(rows):
    return list(rows.order_by("pk").values_list("number", "file_import"))


def test_what_a_file_writes_knows_its_import(ines):
    first = bring_deals(ines, {})
    second = bring_deals(ines, {"amount": 510} | WON)
    assert brought(StageMove.objects) == [(1, first.pk), (2, second.pk)]
    assert brought(DealFacts.objects) == [(1, first.pk), (2, second.pk)]


def test_what_people_do_next_is_no_imports(ines):
    bring_deals(ines, {})
    deal = Deal.objects.get()
    said = {"by": ines.user, "at": NOON}
    deal.correct({"amount": 520}, **said)
    deal.move_to(deal.stage, Outcome.WON, on=date(2026, 11, 4), **said)
    assert brought(StageMove.objects)[1:] == [(2, None)]
    assert brought(DealFacts.objects)[1:] == [(2, None), (3, None)]


def test_a_quota_that_a_file_sets_knows_its_import():
    quota = QuotaFactory()
    file = FileImportFactory(organization=quota.organization)
    revise(quota, 210_000, file_import=file.pk)
    revise(quota, 220_000)
    assert brought(QuotaRevision.objects) == [(1, None), (2, file.pk), (3, None)]

"""An export becomes people, teams, deals and quotas; a second run changes nothing."""

from decimal import Decimal

import pytest

from reps.domain.csv_table import Wrong
from reps.imports.refusal import Refused
from reps.models import (
    Deal,
    Organization,
    Quarter,
    Quota,
    Rep,
    Stage,
    StageMove,
    Team,
    User,
)
from tests.factories.exports import LOST, PROSPECT, bring, tally

pytestmark = pytest.mark.django_db


def test_more_deals_than_one_batch_are_all_there():
    numbers = [{"opportunity_id": str(number)} for number in range(1_001)]
    assert tally(bring(*numbers)) == (1_001, 0, 0)
    assert tally(bring(*numbers)) == (0, 0, 1_001)
    assert Deal.objects.count() == StageMove.objects.count() == 1_001


def test_a_refused_file_leaves_nothing_behind():
    with pytest.raises(Refused) as refused:
        bring({}, {"sales_agent": "Nobody", "opportunity_id": "B"})
    (complaint,) = refused.value.complaints
    assert (complaint.line, complaint.wrong) == (3, Wrong.UNKNOWN_AGENT)
    for table in (Organization, User, Team, Rep, Quarter, Deal, StageMove):
        assert not table.objects.exists()


def test_another_organization_is_left_alone():
    bring({})
    bring({"close_value": "99"}, name="Other")
    amounts = Deal.objects.values_list("organization__name", "amount")
    assert set(amounts) == {("Calder & Lind", 480), ("Other", 99)}
    assert Rep.objects.count() == 6


def test_accounts_that_are_not_listed_are_named():
    summary = bring({}, {"opportunity_id": "B", "account": "Quay Nine"})
    assert summary.accounts_not_listed == ["Quay Nine"]
    assert Deal.objects.get(source_key="B").account == "Quay Nine"


def test_a_second_run_changes_nothing():
    deals = [{}, LOST | {"opportunity_id": "B"}, PROSPECT | {"opportunity_id": "C"}]
    growth = {"quota_growth": Decimal("1.1")}
    assert tally(bring(*deals, **growth)) == (3, 0, 0)
    before = everything()
    assert tally(bring(*deals, **growth)) == (0, 0, 3)
    assert everything() == before


def everything():
    tables = (Organization, User, Team, Rep, Quarter, Stage, Quota, Deal, StageMove)
    return [list(table.objects.order_by("pk").values()) for table in tables]

"""What lay on the table stays as it was, whoever writes and by whatever way.

Tried as the tables' owner: the app's role has no right to, which test_ledgers.py holds.
"""

import pytest
from django.db import DatabaseError, connection, transaction

from plans.models import Nudge, Proposal, Signature
from tests.factories.nudges import due_nudges
from tests.factories.plans import MetricFactory, PlanFactory, StrategyFactory, agree
from tests.factories.reps import NOON

pytestmark = pytest.mark.django_db
OTHER_WORDS = {"objective": "Other words", "metrics": {}}


@pytest.fixture
def signed():
    plan = PlanFactory()
    StrategyFactory(plan=plan)
    MetricFactory(plan=plan)
    return agree(plan)


def bulk(model, row, **changes):
    for name, value in changes.items():
        setattr(row, name, value)
    model.objects.bulk_update([row], list(changes))


def raw(statement):
    return lambda row: connection.cursor().execute(statement, [row.pk])


WAYS = {
    "save": lambda row: Proposal(pk=row.pk, **_facts(row)).save(),
    "update": lambda row: Proposal.objects.update(content=OTHER_WORDS),
    "bulk": lambda row: bulk(Proposal, row, content=OTHER_WORDS),
    "raw SQL": raw("UPDATE plans_proposal SET content = '{}' WHERE id = %s"),
    "another reason": lambda row: Proposal.objects.update(reason="Another"),
    "another revision": lambda row: Proposal.objects.update(revision=7),
    "delete": lambda row: Proposal.objects.filter(pk=row.pk)._raw_delete("default"),
    "raw delete": raw("DELETE FROM plans_proposal WHERE id = %s"),
}


def _facts(row):
    names = ("organization", "plan", "number", "revision")
    return {name: getattr(row, name) for name in names} | {"content": OTHER_WORDS}


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize("way", WAYS)
def test_no_other_words_are_saved_under_what_both_have_signed(signed, way):
    words = signed.content
    refused = pytest.raises(DatabaseError, match=r"stays as it|never edited")
    with refused, transaction.atomic():
        WAYS[way](signed)
    signed.refresh_from_db()
    assert (signed.content, signed.revision) == (words, 1)


@pytest.mark.usefixtures("as_owner")
def test_nor_under_what_one_of_them_has(signed):
    plan = signed.plan
    content = signed.content | {"objective": "A calmer quarter."}
    facts = {"by": plan.rep.user, "side": "rep", "reason": "Fewer demos", "at": NOON}
    waiting = plan.propose(content, **facts)
    with pytest.raises(DatabaseError, match="stays as it"), transaction.atomic():
        Proposal.objects.filter(pk=waiting.pk).update(content=OTHER_WORDS)
    with pytest.raises(DatabaseError, match="signed by both"), transaction.atomic():
        Proposal.objects.filter(pk=waiting.pk).update(revision=2)


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize(
    "way",
    [
        lambda row: Signature.objects.update(side="rep"),
        lambda row: bulk(Signature, row.signatures.first(), signer=row.plan.rep.user),
        raw("UPDATE plans_signature SET signed_at = now() WHERE proposal_id = %s"),
        raw("DELETE FROM plans_signature WHERE proposal_id = %s"),
    ],
    ids=["update", "bulk", "raw SQL", "raw delete"],
)
def test_a_signature_stays(signed, way):
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        way(signed)


def test_a_letter_once_sent_stays_as_it_was():
    due_nudges(1)
    Nudge.objects.update(state=Nudge.State.SENT, sent_at=NOON, attempts=1)
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        Nudge.objects.update(state=Nudge.State.OWED)

"""A board of three stages, and on it a deal of Theo's."""

import pytest

from tests.factories.reps import DealFactory, ExitCriterionFactory, StageFactory


@pytest.fixture
def stages(rep):
    return [
        StageFactory(organization=rep.organization, order=order, name=name)
        for order, name in enumerate(["Qualified", "Needs agreed", "Proposal"], 1)
    ]


@pytest.fixture
def deal(rep, stages):
    facts = {"account": "Quill & Co", "product": "Basic", "amount": 17_000}
    return DealFactory(owner=rep, stage=stages[0], **facts)


@pytest.fixture
def criterion(deal):
    """What the deal's stage asks for, and nobody has ticked."""
    return ExitCriterionFactory(stage=deal.stage, words="The need is written down")

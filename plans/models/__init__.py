"""The response: plans, what is on them, what was agreed, and how the week went."""

from plans.models.check_in import Answer, CheckIn, Energy
from plans.models.handover import HandedDeal, Handover
from plans.models.nudge import Nudge
from plans.models.ogsm import Commitment, Metric, Strategy
from plans.models.plan import Plan
from plans.models.proposal import Proposal, Signature

__all__ = [
    "Answer",
    "CheckIn",
    "Commitment",
    "Energy",
    "HandedDeal",
    "Handover",
    "Metric",
    "Nudge",
    "Plan",
    "Proposal",
    "Signature",
    "Strategy",
]

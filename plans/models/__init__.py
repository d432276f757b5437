"""The response: plans, what is on them, and what was agreed."""

from plans.models.ogsm import Commitment, Metric, Strategy
from plans.models.plan import Plan
from plans.models.proposal import Proposal, Signature

__all__ = ["Commitment", "Metric", "Plan", "Proposal", "Signature", "Strategy"]

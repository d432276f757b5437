"""The plan: the page two people write and sign, its desk copy, and the list of plans.

The arithmetic comes from `plans.models.plan_figures`, what was signed from proposals.
"""

"""Nudges: whether one gets them, what is to come, and what became of each.

Rows come from `plans.models.nudge`, those to come from `plans.models.nudge_candidate`.
"""

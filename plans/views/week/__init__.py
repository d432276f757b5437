"""A rep's week: what was done, the check-in and its answer; also by a mailed link.

Numbers come from `plans.models.rep_week`, words from `plans.models.check_in`.
"""

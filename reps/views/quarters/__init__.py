"""Set-up's quarters, and the quotas of each.

Rows come from `reps.models` (Quarter, Quota), each by `editable_by`; what they were
before from QuarterDays and QuotaRevision.
"""

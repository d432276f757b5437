"""Set-up's front page, and what an organization counts: stages and activities.

Rows come from `reps.models` (Organization, Stage, ActivityKind).
"""

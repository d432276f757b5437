"""Set-up's front page, and what an organization counts: stages, activities, segments.

Rows come from `reps.models` (Organization, Stage, ActivityKind, Segment).
"""

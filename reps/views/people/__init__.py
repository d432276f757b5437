"""Set-up's people and teams: who sells, who manages, who may sign in.

Rows come from `reps.models` (User, Rep, Team), each by `editable_by`.
"""

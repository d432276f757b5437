"""A rep's own page: the quarter, the week, what history says, plan and days away.

Figures come from `reps.models` (past quarters, history, open deals), the plan and the
nudge from `plans.models`.
"""

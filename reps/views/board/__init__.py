"""The whiteboard, and a deal's own page: a move answers with either.

Cards and sums come from `reps.models.board`, rules from `reps.domain.transitions`.
"""

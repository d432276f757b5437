"""The team board: who needs the manager this week, and why.

Figures from `reps.models.track_record`, with each rep's plan and last check-in.
"""

"""What a week's target comes to once the days away are taken out of it."""


def week_target(agreed: int, *, working_days: int, days_away: int) -> int:
    """Of so many agreed for a full week, what is asked of one with days away.

    Its working-day share, rounded down but not to nothing; 0 in a week away. Days away
    are those that would have been working days.
    """
    left = working_days - days_away
    if left <= 0:
        return 0
    return max(agreed * left // working_days, 1)

"""How long an answer may be waited for, in days on which people work."""

from collections.abc import Collection
from datetime import date

from reps.domain.quarter import ONE_DAY

LOOKED_BACK = 366  # days; of a calendar without a working day in them all is too long


def too_long_since(
    today: date,
    limit: int,
    *,
    weekdays: Collection[int],
    days_off: Collection[date] = (),
) -> date:
    """The latest day since when more working days than the limit have begun.

    The day itself does not count, today does: with a limit of two, what came on Friday
    has waited too long on Wednesday. Weekdays: 1 is Monday.
    """
    begun, day = 0, today
    for _day in range(LOOKED_BACK):
        begun += day.isoweekday() in weekdays and day not in days_off
        day -= ONE_DAY
        if begun > limit:
            break
    return day

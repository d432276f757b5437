"""After so many working days an answer has been waited for too long."""

from datetime import date

import pytest

from plans.domain.waiting import LOOKED_BACK, too_long_since

MON_TO_FRI, SUN_TO_THU = {1, 2, 3, 4, 5}, {7, 1, 2, 3, 4}
SUN, MON, TUE, WED, THU = (date(2026, 11, day) for day in range(22, 27))


@pytest.mark.parametrize(
    ("today", "limit", "weekdays", "days_off", "since"),
    [
        # What came by Sunday waits Monday and Tuesday, and too long on Wednesday.
        (WED, 2, MON_TO_FRI, (), SUN),
        # On Tuesday it does not yet: the one before is Thursday's, with Fri, Mon, Tue.
        (TUE, 2, MON_TO_FRI, (), date(2026, 11, 19)),
        # A day later with one day less.
        (TUE, 1, MON_TO_FRI, (), SUN),
        # Thanksgiving does not count: it is as on the day before.
        (THU, 2, MON_TO_FRI, {THU}, SUN),
        # On Sunday it is as on Friday: of Thursday and Friday one is too many.
        (SUN, 1, MON_TO_FRI, (), date(2026, 11, 18)),
        # Where Sunday is a working day, it counts.
        (TUE, 2, SUN_TO_THU, (), date(2026, 11, 21)),
        # Ten days are two weeks and a day.
        (MON, 10, MON_TO_FRI, (), date(2026, 11, 8)),
    ],
)
def test_the_last_day_that_is_too_long_ago(today, limit, weekdays, days_off, since):
    facts = {"weekdays": weekdays, "days_off": days_off}
    assert too_long_since(today, limit, **facts) == since


def test_a_calendar_of_holidays_ends_the_search():
    assert (WED - too_long_since(WED, 2, weekdays=())).days == LOOKED_BACK

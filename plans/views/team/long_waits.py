"""Whose check-in somebody else lets wait too long, as the one above hears of it."""

from datetime import date, datetime, time
from operator import itemgetter

from plans.domain.waiting import LOOKED_BACK, too_long_since
from plans.models import CheckIn
from reps.domain.quarter import ONE_DAY
from reps.models import Rep
from reps.models.compiled_query import compiled_once


def waits_too_long(user, today: date, now: datetime) -> list[tuple[str, datetime]]:
    """(whose, since when), the longest first: longer than the organization allows."""
    organization = user.organization
    since = too_long_since(
        now.astimezone(organization.zone).date(),
        organization.answer_within_days,
        weekdays=organization.working_days,
        days_off=organization.holidays_between(today - LOOKED_BACK * ONE_DAY, today),
    )
    before = datetime.combine(since + ONE_DAY, time.min, organization.zone)
    return sorted(_long_unanswered(user, today, before), key=itemgetter(1))


@compiled_once
def _long_unanswered(user, today, before):
    theirs = CheckIn.objects.of_reps(Rep.objects.selling_on(today))
    return theirs.long_unanswered(user, before=before)

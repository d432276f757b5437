"""Beat three times at once, and for a day not at all."""

from datetime import datetime, time, timedelta
from time import sleep
from zoneinfo import ZoneInfo

from django.utils import timezone

from plans.models.asking import WhyNot
from reps.models import Organization
from tests.faults import people
from tests.faults.kills import SMALL
from tests.faults.ledger import Finding
from tests.faults.rig import DECIDE, DELIVER, Rig

BOTH = f"{DECIDE} {DELIVER}"
TWO_MORE_ROUNDS = 2.5  # seconds, of beats that come every second
SUNDAY, END_OF_DAY = 7, time(23, 59)


def three_beats(rig: Rig) -> Finding:
    """All of them decide and deliver, and everybody gets one letter."""
    rig.begin()
    now = timezone.now()
    a_minute_ago = now - timedelta(minutes=1)
    asked = asked_at(a_minute_ago, now=now, zone=people.zone_at_noon(now))
    people.reps(asked, people.addresses(SMALL), now=now)
    with rig.crew(beats=3, tasks=BOTH):
        rig.wait_for_rows(SMALL)
        rig.settle()
        sleep(TWO_MORE_ROUNDS)
        rig.settle()
    return rig.finding("three beats")


def no_beat_for_a_day(rig: Rig) -> Finding:
    """Then it comes back: what is of use is made and sent, the rest says why not."""
    rig.begin()
    now = timezone.now()
    quarter = SMALL // 4
    # Nobody decided for those who were to be asked a day ago, but for some.
    zone = people.zone_in_mid_week(now)
    a_day_ago = now - people.a_day_and_more(now, zone)
    asked = asked_at(a_day_ago, now=now, zone=zone)
    names = people.addresses(2 * quarter, "missed")
    missed = people.reps(asked, names, now=now)
    week = people.this_week(asked, now)
    people.owe(missed[:quarter], week=week, due_at=a_day_ago)
    # These were decided, and it is too late for them: by the hours, and by the week.
    others = people.organization(
        "Not to be asked now", now=now, check_in_day=SUNDAY, check_in_at=END_OF_DAY
    )
    week = people.this_week(others, now)
    names = people.addresses(2 * quarter, "late")
    late = people.reps(others, names, now=now)
    over_two_days_ago = now - timedelta(hours=49)
    people.owe(late[:quarter], week=week, due_at=over_two_days_ago)
    last_week = week - timedelta(weeks=1)
    people.owe(late[quarter:], week=last_week, due_at=a_day_ago)

    with rig.crew(tasks=BOTH):
        rig.wait_for_rows(4 * quarter)
        rig.settle()
    states = {row.address: (row.state, row.why) for row in people.rows()}
    told = [("missed", ("sent", "")), ("late", ("skipped", WhyNot.TOO_LATE))]
    astray = [
        f"{address} is {states.get(address)}"
        for name, wanted in told
        for address in people.addresses(2 * quarter, name)
        if states.get(address) != wanted
    ]
    hours = (now - a_day_ago).total_seconds() / 3600
    return rig.finding(f"no beat for {hours:.0f} hours", complaints=astray[:3])


def asked_at(at: datetime, *, now: datetime, zone: ZoneInfo) -> Organization:
    """One there that asks for the week's check-in at this instant."""
    local = at.astimezone(zone)
    return people.organization(
        f"Asked on {local:%A at %H:%M}",
        now=now,
        zone=zone,
        check_in_day=local.isoweekday(),
        check_in_at=local.time().replace(microsecond=0),
    )

"""Beat three times at once, for a day not at all, and what the unique key is worth."""

from datetime import datetime, time, timedelta
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from plans.models.nudge_candidate import WhyNot
from plans.tasks import decide_nudges
from reps.models import Organization
from tests.faults import people
from tests.faults.kills import SMALL
from tests.faults.ledger import Finding
from tests.faults.rig import DECIDE, DELIVER, Rig

BEATS = 3
BOTH = f"{DECIDE} {DELIVER}"
TWO_MORE_ROUNDS = 1.25  # seconds, of beats that come twice a second
ROUNDS = 10  # of new people; in three of four both workers decide for them at once
DECIDES = 20  # at once, for two workers
SUNDAY, END_OF_DAY = 7, time(23, 59)


def three_beats(rig: Rig) -> Finding:
    """All of them decide and deliver, and everybody gets one letter."""
    rig.begin()
    facts = decided_at_once(rig, SMALL, beats=BEATS)
    return rig.finding("three beats", **facts)


def unique_key_taken_out(rig: Rig) -> Finding:
    """The negative control: without the key there must be a second row and letter."""
    rig.begin()
    with people.without_unique_key():
        facts = decided_at_once(rig, SMALL // 2, beats=1)
        shows = ("duplicated", "renamed", "doubled")
        return rig.finding("control: the unique key out", must_show=shows, **facts)


def decided_at_once(rig: Rig, number: int, *, beats: int) -> dict[str, Any]:
    """Decide for so many people with both workers at once, and send their letters.

    Whoever has a row is not decided for again, so it is new people each time. Answers
    with what a finding says of it.
    """
    begun = people.rows_begun()
    seen: set[int] = set()
    now = timezone.now()
    a_minute_ago = now - timedelta(minutes=1)
    asked = asked_at(a_minute_ago, now=now, zone=people.zone_at_noon(now))
    with rig.crew(beats=0, tasks=BOTH) as crew:
        rig.wait_for(crew.all_ready, what="both workers")
        # While these start nobody delivers: both workers are free to decide.
        for _ in range(beats):
            crew.add_beat()
        for turn in range(ROUNDS):
            names = people.addresses(number // ROUNDS, f"new{turn}-")
            people.reps(asked, names, now=now)
            rig.owed += names
            for _ in range(DECIDES):
                decide_nudges.delay()
            rig.wait_for_rows()
            seen |= people.row_numbers()
        rig.settle()
        sleep(TWO_MORE_ROUNDS)
        rig.settle()
    # A row that is gone is decided for again: who looked at the letters saw nothing.
    gone = len(seen - people.row_numbers())
    twice = people.rows_begun() - begun - len(rig.owed) - gone
    complaints = [f"{gone} rows made and gone again"] if gone else []
    if not twice:  # the unique key had nothing to do, and this would be no proof of it
        complaints.append("no row was ever made by two at once")
    return {"note": f"{twice} rows made by two at once", "complaints": complaints}


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
    rig.owed += names
    missed = people.reps(asked, names, now=now)
    week = people.this_week(asked, now)
    people.owe(missed[:quarter], week=week, due_at=a_day_ago)
    # These were decided, and it is too late for them: by the hours, and by the week.
    others = people.organization(
        "Not to be asked now", now=now, check_in_day=SUNDAY, check_in_at=END_OF_DAY
    )
    week = people.this_week(others, now)
    names = people.addresses(2 * quarter, "late")
    rig.owed += names
    late = people.reps(others, names, now=now)
    over_two_days_ago = now - timedelta(hours=49)
    people.owe(late[:quarter], week=week, due_at=over_two_days_ago)
    last_week = week - timedelta(weeks=1)
    people.owe(late[quarter:], week=last_week, due_at=a_day_ago)

    with rig.crew(tasks=BOTH):
        rig.wait_for_rows()
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
    return rig.finding(
        f"no beat for {hours:.0f} hours", skips=2 * quarter, complaints=astray[:3]
    )


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

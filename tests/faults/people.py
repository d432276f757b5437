"""An organization of the harness's own, and the nudges it owes.

Everybody is where it is about noon, so that no run turns on the hour it was started at:
elsewhere the week may be over before the last letter.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connections

from plans.models import Nudge
from reps.create_organization import create_organization
from reps.domain.quarter import ONE_DAY as DAY
from reps.domain.work_week import monday_on_or_before
from reps.models import ActivityEntry, Organization, Rep, Segment, Team, User
from tests.faults.ledger import Row

HOUR = timedelta(hours=1)
A_DAY_AND_MORE = 26 * HOUR
OWED_ONCE = "nudge_owed_once"
# Their signs are turned: Etc/GMT-14 is where the day begins first.
ZONES = [ZoneInfo(f"Etc/GMT{offset:+d}") for offset in range(-14, 13)]


def zone_at_noon(now: datetime) -> ZoneInfo:
    """Where it is nearest to noon."""
    return min(ZONES, key=lambda zone: abs(age_of_week(now, zone) % DAY - DAY / 2))


def zone_in_mid_week(now: datetime) -> ZoneInfo:
    """Where a day ago and an hour from now are in this very week: there is always one.

    Of several, where it is furthest from the week's ends.
    """

    def room(zone: ZoneInfo) -> timedelta:
        age = age_of_week(now, zone)
        return min(age - 25 * HOUR, 7 * DAY - HOUR - age)

    return max(ZONES, key=room)


def age_of_week(now: datetime, zone: ZoneInfo) -> timedelta:
    local = now.astimezone(zone)
    return local - datetime.combine(monday_on_or_before(local.date()), time(), zone)


def a_day_and_more(now: datetime, zone: ZoneInfo) -> timedelta:
    """26 hours, in this very week; a few minutes less where it is too young."""
    return min(A_DAY_AND_MORE, age_of_week(now, zone) - HOUR / 12)


def forget_everybody() -> None:
    """Empty every table of an organization's."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {Organization._meta.db_table} CASCADE")


def organization(
    name: str, *, now: datetime, zone: ZoneInfo | None = None, **facts
) -> Organization:
    """One that works every day and at any hour, where it is noon or in that zone."""
    zone = zone or zone_at_noon(now)
    return create_organization(
        name,
        today=now.astimezone(zone).date(),
        time_zone=str(zone),
        working_days=[1, 2, 3, 4, 5, 6, 7],
        quiet_from=time(0),
        quiet_to=time(0),
        **facts,
    )


def reps(
    organization: Organization, addresses: list[str], *, now: datetime
) -> list[User]:
    """A team of these people, who all sign in and have joined this week."""
    joined_on = this_week(organization, now)
    boss = User.objects.create_user(
        f"boss-of-{addresses[0]}", name="Boss", organization=organization
    )
    team = Team.objects.create(organization=organization, name=boss.email, manager=boss)
    people = User.objects.bulk_create(
        User(organization=organization, email=address, name=address, password="!")
        for address in addresses
    )
    Rep.objects.bulk_create(
        Rep(
            organization=organization,
            team=team,
            segment=Segment.objects.default_of(organization),
            user=person,
            name=person.name,
            joined_on=joined_on,
        )
        for person in people
    )
    return people


def this_week(organization: Organization, now: datetime) -> date:
    """Its Monday."""
    return monday_on_or_before(now.astimezone(organization.zone).date())


def owe(people: list[User], *, week: date, due_at: datetime) -> None:
    """A check-in nudge each, about this week and due then."""
    Nudge.objects.bulk_create(
        Nudge(
            organization_id=person.organization_id,
            person=person,
            kind=Nudge.Kind.CHECK_IN,
            week=week,
            due_at=due_at,
        )
        for person in people
    )


def addresses(number: int, name: str = "rep") -> list[str]:
    return [f"{name}{place}@faults.example" for place in range(number)]


def unsettled() -> int:
    """How many are still to be sent."""
    waiting = [Nudge.State.OWED, Nudge.State.SENDING]
    return Nudge.objects.filter(state__in=waiting).count()


def asked() -> int:
    """How many people have a row, or several."""
    return Nudge.objects.values("person").distinct().count()


def rows_begun() -> int:
    """How many were ever begun, the many included that the unique key turned away.

    Each takes a number from the sequence, and nothing gives one back.
    """
    with connections["owner"].cursor() as cursor:
        last = "pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass)"
        cursor.execute(f"SELECT coalesce({last}, 0)", [Nudge._meta.db_table])
        return cursor.fetchone()[0]


def row_numbers() -> set[int]:
    return set(Nudge.objects.values_list("pk", flat=True))


@contextmanager
def without_unique_key() -> Iterator[None]:
    """Somebody may be owed the same nudge twice; in the end everybody is forgotten."""
    key = next(key for key in Nudge._meta.constraints if key.name == OWED_ONCE)
    owner = connections["owner"]
    with owner.schema_editor() as editor:
        editor.remove_constraint(Nudge, key)
    try:
        yield
    finally:
        forget_everybody()  # beside rows of the same nudge it could not be put back
        with owner.schema_editor() as editor:
            editor.add_constraint(Nudge, key)


def rows() -> list[Row]:
    told = Nudge.objects.values_list("person__email", "state", "why")
    return [Row(*row) for row in told]


def keys_logged() -> set[str]:
    return {str(key) for key in ActivityEntry.objects.values_list("key", flat=True)}

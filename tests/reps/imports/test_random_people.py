"""Whoever is taken out of one organization is the same in an empty one.

The same people, teams, managers and days, in whatever order the rows stand; and the
same file again changes nothing.
"""

from datetime import date
from random import Random

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from reps.models import Membership
from tests.factories.people_files import HEADER, bring_people, everybody_in, exported
from tests.factories.reps import (
    OrganizationFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PEOPLE, TEAMS = 5, 3
days = st.none() | st.dates(date(2000, 1, 1), date(2027, 6, 30))
zones = st.sampled_from(["", "UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"])


@st.composite
def organizations(draw):
    """Teams as (above, manager), people as (address, zone, team sold in, days).

    All by their numbers. A team stands above those of higher numbers only.
    """
    teams = [
        (
            draw(st.none() | st.integers(0, place - 1)) if place else None,
            draw(st.none() | st.integers(0, PEOPLE - 1)),
        )
        for place in range(draw(st.integers(0, TEAMS)))
    ]
    places = st.none()
    if teams:
        places |= st.integers(0, len(teams) - 1)
    people = [
        (
            draw(st.booleans()),
            draw(zones),
            draw(places),
            sorted([draw(days), draw(days)], key=lambda day: day or date(2000, 1, 1)),
        )
        for _ in range(PEOPLE)
    ]
    return teams, people, draw(st.booleans())


class _Undone(Exception):
    pass


def _taken_out(teams, people, namesakes):
    """What was there, and its rows; then it is gone, and its addresses are free."""
    try:
        with transaction.atomic():
            office = OrganizationFactory()
            _fill(office, teams, people, namesakes)
            raise _Undone(everybody_in(office), exported(office))
    except _Undone as undone:
        return undone.args


def _fill(office, teams, people, namesakes):
    # The first two have one name, and then an address that tells them apart.
    names = [f"Émile Rep {number}" for number in range(PEOPLE)]
    if namesakes:
        names[1] = "Rep 0 emile"
    users = {}
    for number, (has_email, zone, _place, _days) in enumerate(people):
        has_email = has_email or (namesakes and number < 2)
        email = f"p{number}@x.org" if has_email else None
        users[number] = UserFactory(
            organization=office, name=names[number], email=email, time_zone=zone
        )
    made = []
    for number, (above, manager) in enumerate(teams):
        made.append(
            TeamFactory(
                organization=office,
                name=f"Team {number}",
                above=None if above is None else made[above],
                manager=None if manager is None else users[manager],
            )
        )
    for number, (_has_email, _zone, place, (joined_on, left_on)) in enumerate(people):
        if place is not None:
            RepFactory(
                team=made[place],
                user=users[number],
                name=names[number],
                joined_on=joined_on,
                left_on=left_on,
            )


@settings(max_examples=20, deadline=None)
@given(organizations(), st.integers(0, 1000))
def test_what_is_taken_out_comes_in_as_it_was_in_any_order(organization, seed):
    before, rows = _taken_out(*organization)
    rows = Random(seed).sample(rows, len(rows))
    with transaction.atomic():
        office = OrganizationFactory()
        came = bring_people(office, HEADER, *rows)
        assert (came.complaints, came.kept, came.left_out) == ([], [], [])
        assert everybody_in(office) == before
        # Everybody's membership is of all days: nobody says anything else.
        begun = Membership.objects.filter(organization=office)
        assert begun.filter(starts_on=None, ends_on=None).count() == len(before["reps"])
        again = bring_people(office, HEADER, *reversed(rows))
        assert (again.added, again.changed, again.kept) == (0, 0, [])
        assert everybody_in(office) == before
        transaction.set_rollback(True)

"""What a mailed link opens: one purpose, one person, until it ends; nothing forged."""

import string
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from plans.links import (
    link_ends_on,
    nudge_token,
    person_token,
    read_nudge_token,
    read_person_token,
    read_week_token,
    snooze_link,
    unsubscribe_link,
    week_link,
    week_token,
)
from plans.models import Nudge
from reps.models import Organization, Rep, User

MONDAY = date(2026, 11, 9)
NOW = datetime(2026, 11, 13, 15, tzinfo=UTC)
LETTERS = string.ascii_letters + string.digits + "-_.=:/ é\x00"


def person(time_zone="UTC"):
    return User(pk=7, organization=Organization(pk=1), time_zone=time_zone)


def rep(time_zone="UTC"):
    user = person(time_zone)
    return Rep(pk=3, user=user, organization=user.organization)


@pytest.fixture
def nudge():
    return Nudge(pk=5, person=person(), week=MONDAY)


def test_a_weeks_link_opens_that_week_of_that_rep_for_that_person():
    link = read_week_token(week_token(rep(), MONDAY), NOW)
    assert (link.rep, link.person, link.week) == (3, 7, MONDAY)


def test_the_links_are_addresses_of_this_site(nudge):
    assert (
        week_link(rep(), MONDAY) == f"http://testserver/w/{week_token(rep(), MONDAY)}/"
    )
    assert unsubscribe_link(person()).startswith("http://testserver/letters/stop/")
    assert snooze_link(nudge).startswith("http://testserver/letters/later/")


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        ("UTC", datetime(2026, 11, 23, 0, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2026, 11, 22, 10, tzinfo=UTC)),  # UTC+14
        ("Pacific/Honolulu", datetime(2026, 11, 23, 10, tzinfo=UTC)),  # UTC-10
    ],
)
def test_it_opens_to_the_end_of_the_next_week_where_the_rep_lives(zone, midnight):
    token = week_token(rep(zone), MONDAY)
    assert read_week_token(token, midnight - timedelta(seconds=1))
    assert read_week_token(token, midnight) is None
    assert link_ends_on(MONDAY, rep(zone).organization.work_week) == date(2026, 11, 22)


def test_a_snooze_ends_with_the_weeks_own_link(nudge):
    token, midnight = nudge_token(nudge), datetime(2026, 11, 23, tzinfo=UTC)
    assert read_nudge_token(token, midnight - timedelta(seconds=1)).nudge == 5
    assert read_nudge_token(token, midnight) is None


def test_a_link_that_stops_the_letters_never_ends():
    assert read_person_token(person_token(person())) == 7


def test_no_link_opens_what_another_is_for(nudge):
    week, stop, later = (
        week_token(rep(), MONDAY),
        person_token(person()),
        nudge_token(nudge),
    )
    assert [read_week_token(token, NOW) for token in (stop, later)] == [None, None]
    assert [read_person_token(token) for token in (week, later)] == [None, None]
    assert [read_nudge_token(token, NOW) for token in (week, stop)] == [None, None]


def test_nothing_forged_ever_opens(nudge):
    random = Random(13)
    tokens = [week_token(rep(), MONDAY), person_token(person()), nudge_token(nudge)]
    genuine = set(tokens)
    for _attempt in range(100_000):
        forged = tampered(random, random.choice(tokens))
        if forged in genuine:
            continue
        assert read_week_token(forged, NOW) is None, forged
        assert read_person_token(forged) is None, forged
        assert read_nudge_token(forged, NOW) is None, forged


def tampered(random, token):
    """A letter changed, left out, put in or moved; cut short; or the parts swapped."""
    place = random.randrange(len(token))
    letter = random.choice(LETTERS)
    facts, _, signature = token.partition(".")
    return random.choice(
        [
            token[:place] + letter + token[place + 1 :],
            token[:place] + token[place + 1 :],
            token[:place] + letter + token[place:],
            token[:place],
            token[place:],
            token.swapcase(),
            f"{signature}.{facts}",
            f"{facts}.{random.choice(LETTERS)}{signature[1:]}",
            "".join(random.choices(LETTERS, k=len(token))),
        ]
    )


def test_where_weeks_begin_on_sunday_it_ends_with_the_next_saturday():
    theo = rep()
    theo.organization.first_day_of_week = 7
    midnight = datetime(2026, 11, 22, tzinfo=UTC)
    later = nudge_token(Nudge(pk=5, person=theo.user, week=MONDAY))
    token = week_token(theo, MONDAY)
    a_second = timedelta(seconds=1)
    assert read_week_token(token, midnight - a_second)
    assert read_week_token(token, midnight) is None
    assert read_nudge_token(later, midnight - a_second)
    assert read_nudge_token(later, midnight) is None

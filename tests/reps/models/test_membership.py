"""In which team somebody sells, on which days: no day twice, none without a team."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from reps.models import Membership, Rep, TeamChange
from tests.factories.reps import NOON, RepFactory, TeamFactory

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


@pytest.fixture
def east(rep):
    return TeamFactory(organization=rep.organization, name="East")


def change(rep, team, since=TODAY, why=""):
    by = rep.team.manager
    rep.change_team(team, since=since, by=by, at=NOON, why=why)


def days_of(rep):
    rows = rep.memberships.order_by("starts_on").select_related("team")
    found = [(row.team.name, row.starts_on, row.ends_on) for row in rows]
    return sorted(found, key=lambda row: row[1] or date.min)


def test_whoever_comes_is_in_a_team_from_the_beginning(rep):
    assert days_of(rep) == [("West", None, None)]


def test_reps_of_an_import_are_too(rep):
    facts = {"organization": rep.organization, "team": rep.team}
    facts["segment"] = rep.segment
    Rep.objects.bulk_create([Rep(name="Ana", **facts), Rep(name="Bo", **facts)])
    assert Membership.objects.filter(starts_on=None, ends_on=None).count() == 3


def test_a_change_ends_one_and_begins_the_next_and_is_written_down(rep, east):
    manager = rep.team.manager
    change(rep, east)
    yesterday = TODAY - timedelta(days=1)
    assert days_of(rep) == [("West", None, yesterday), ("East", TODAY, None)]
    written = TeamChange.objects.get()
    assert (written.from_team.name, written.to_team.name) == ("West", "East")
    assert (written.since, written.changed_by) == (TODAY, manager)
    assert written.recorded_at == NOON


def test_whatever_changes_the_team_changes_the_days(rep, east):
    Rep.objects.filter(pk=rep.pk).update(team=east)
    assert [row[0] for row in days_of(rep)] == ["West", "East"]
    assert TeamChange.objects.get().changed_by is None


def test_as_of_an_earlier_day_only_with_a_reason(rep, east):
    since = date(2026, 10, 5)
    with pytest.raises(IntegrityError, match="with a reason"), transaction.atomic():
        change(rep, east, since)
    change(rep, east, since, why="Nobody told us in time.")
    assert days_of(rep) == [("West", None, date(2026, 10, 4)), ("East", since, None)]


def test_never_as_of_a_day_still_to_come(rep, east):
    with pytest.raises(IntegrityError):
        change(rep, east, TODAY + timedelta(days=1), why="She goes tomorrow.")


def test_back_on_the_same_day_they_never_went(rep, east):
    west = rep.team
    change(rep, east)
    change(rep, west)
    assert days_of(rep) == [("West", None, None)]
    assert TeamChange.objects.count() == 2


def test_a_rep_saved_otherwise_stays_where_they_are(rep):
    rep.name = "Theo L."
    rep.save()
    assert not TeamChange.objects.exists()


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize(
    "words",
    [
        "UPDATE reps_teamchange SET why = 'another'",
        "DELETE FROM reps_teamchange",
    ],
)
def test_what_was_changed_stays_written(rep, east, words):
    change(rep, east)
    with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
        connection.cursor().execute(words)


def test_a_team_somebody_has_sold_in_is_not_one_to_remove(rep, east):
    west = rep.team
    change(rep, east)
    sizes = type(west).objects.with_size(on=TODAY)
    assert sizes.get(pk=west.pk).rep_count == 1


changes = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12)), max_size=8)


@settings(max_examples=30, deadline=None)
@given(changes)
def test_every_day_has_the_team_that_was_last_said_of_it(history):
    """Against plain Python: a list of days; each change sets all from one on."""
    rep = RepFactory()
    of = {"organization": rep.organization}
    teams = [rep.team, *(TeamFactory(**of) for _ in range(3))]
    first = TODAY - timedelta(days=12)
    said = [rep.team_id] * 13
    for number, back in history:
        team = teams[number]
        if team.pk == said[-1]:
            continue
        change(rep, team, TODAY - timedelta(days=back), why="A correction.")
        said[12 - back :] = [team.pk] * (back + 1)

    for offset, team in enumerate(said):
        day = first + timedelta(days=offset)
        (held,) = rep.memberships.holding(day)
        assert held.team_id == team
    (last,) = rep.memberships.filter(ends_on=None)
    assert last.team_id == rep.team_id

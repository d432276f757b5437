"""However a log is cut into files, a week is what the last file said of it."""

from collections import Counter
from datetime import date, timedelta
from threading import Event
from time import sleep
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from reps.imports.activity_kind import ActivityFileKind
from reps.imports.answers import Answers
from reps.imports.file_kind import Scope
from reps.imports.look_at_file import look_at_file
from reps.imports.place_activity import RepWeek, place_activity
from reps.models import ActivityEntry, FileImport, Rep
from tests.factories.imports import FileImportFactory
from tests.factories.reps import (
    NOON,
    ActivityKindFactory,
    OrganizationFactory,
    RepFactory,
)

FIRST = date(2026, 9, 28)  # a Monday
REPS = "Theo Lindqvist", "Mira Bay"
KINDS = "Demos held", "Calls"


pytestmark = pytest.mark.django_db


def open_office():
    office = OrganizationFactory(name="Harbor")
    for name in REPS:
        RepFactory(organization=office, name=name)
    for order, name in enumerate(KINDS):
        is_leading = not order
        ActivityKindFactory(organization=office, name=name, is_leading=is_leading)
    return office


def standing():
    """The sum of every week that has one."""
    rows = ActivityEntry.objects.by_week(first=FIRST, last=NOON.date())
    return {(rep, kind, week): done for rep, kind, week, done in rows if done}


# A log's rows: who did what, how many days after the first.
rows = st.tuples(st.sampled_from(REPS), st.sampled_from(KINDS), st.integers(0, 40))
files = st.lists(st.lists(rows, min_size=1, max_size=12), min_size=1, max_size=5)


@settings(max_examples=40, deadline=None)
@given(files=files, data=st.data())
def test_files_in_any_order_and_twice_end_with_the_last_words(files, data):
    order = data.draw(st.permutations([*range(len(files))] * 2))
    with transaction.atomic():
        office, expected = open_office(), {}
        for place in order:
            bring(office, files[place])
            expected |= counted(office, files[place])
        assert standing() == expected
        transaction.set_rollback(True)


def bring(office, rows):
    lines = ["Rep,Date,Type"]
    lines += [f"{rep},{FIRST + timedelta(days)},{kind}" for rep, kind, days in rows]
    look = look_at_file(
        lambda: ["\n".join(lines).encode()],
        Answers(),
        kinds=FileImport.READ_AS[FileImport.Kind.ACTIVITY],
        today=NOON.date(),
    )
    file = FileImportFactory(organization=office)
    scope = Scope(office, NOON, by=file.by, file_import=file.pk)
    came = ActivityFileKind().bring_in(look, Answers(), scope, iter)
    assert (came.complaints, came.left_out_count) == ([], 0)


def counted(office, rows):
    """By hand: each week's rows, by a calendar whose weeks begin on a Monday."""
    reps = {rep.name: rep.pk for rep in office.reps.all()}
    kinds = {kind.name: kind.pk for kind in office.activity_kinds.all()}
    return Counter(
        (reps[rep], kinds[kind], FIRST + timedelta(weeks=days // 7))
        for rep, kind, days in rows
    )


@pytest.fixture
def place():
    """Have a file say of one week how many; answers with what the week then is."""
    office = open_office()
    rep, kind = Rep.objects.get(name=REPS[0]), office.activity_kinds.first()
    of = RepWeek(rep.pk, kind.pk, FIRST)
    file = FileImportFactory(organization=office)

    def placed(count, *, takes=False):
        said = {"by": file.by, "at": NOON, "file_import": file.pk}
        place_activity(office, {of: count}, takes=lambda _of: takes, **said)
        return ActivityEntry.objects.total()

    def tapped(change):
        said = {"by": rep.user, "at": NOON, "key": uuid4(), "week": FIRST}
        return ActivityEntry.objects.log(rep=rep, kind=kind, change=change, **said).done

    placed.tap = tapped
    return placed


# Each is what a file says, or what somebody taps, and what the week is after it.
@pytest.mark.parametrize(
    "acts",
    [
        [("file", 5, 5), ("file", 5, 5), ("file", 3, 3), ("file", 0, 0)],
        [("tap", 2, 2), ("file", 5, 2), ("take", 5, 5), ("file", 6, 6)],
        [("file", 5, 5), ("tap", 1, 6), ("file", 7, 6), ("take", 7, 7)],
        [("take", 7, 7), ("tap", -7, 0), ("file", 7, 0), ("tap", 7, 7), ("file", 8, 8)],
        [("tap", 3, 3), ("file", 3, 3), ("file", 4, 3)],
        [("tap", 3, 3), ("tap", -3, 0), ("file", 4, 4)],
    ],
)
def test_a_file_sets_what_files_say_and_a_tap_stays(place, acts):
    for act, count, then in acts:
        if act == "tap":
            assert place.tap(count) == then
        else:
            assert place(count, takes=act == "take") == then


def test_nothing_is_written_where_nothing_changes(place):
    place(5)
    place(5)
    assert ActivityEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_taps_while_a_file_comes_in_waits_for_it(place, at_once):
    """Else both might take away what is there once."""
    placed = Event()

    def file(count=2):
        with transaction.atomic():
            place(count)
            placed.set()
            sleep(0.3)

    def tap():
        placed.wait()
        with transaction.atomic():
            Rep.objects.locked().get(name=REPS[0])
            place.tap(-5)

    file(5)
    placed.clear()
    at_once(file, tap)
    assert ActivityEntry.objects.total() == 0

"""A worker that is killed in the middle of an import leaves nothing, or all of it."""

import os
import random
import signal
import time

import pytest
from django.db import connection, connections
from django.test import Client

from reps.imports.jobs import do_next_job
from reps.models import Deal, FileImport, FilePiece, StageMove
from tests.factories.reps import (
    NOON,
    OrganizationFactory,
    RepFactory,
    StageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

ROWS, KILLS = 300, 20
HEADER = "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date"


@pytest.fixture
def ada():
    """Ada, who keeps an office with one rep and one stage."""
    office = OrganizationFactory()
    StageFactory(organization=office, name="Demo")
    RepFactory(organization=office, name="Theo Lindqvist")
    return UserFactory(organization=office, is_admin=True)


def ready_to_come_in(ada, number: int) -> FileImport:
    """A file of deals of its own, looked at."""
    rows = (
        f"{number}-{n},Pilot {n},Demo,2026-12-20,Theo Lindqvist,{n},2026-10-03"
        for n in range(ROWS)
    )
    written = "\n".join([HEADER, *rows]).encode()
    brought = FilePiece.objects.keep(
        [written], by=ada, kind="deals", name="deals.csv", at=NOON
    )
    FileImport.objects.filter(pk=brought.pk).update(columns_agreed=True)
    do_next_job()
    brought.refresh_from_db()
    assert brought.state == "ready"
    return brought


def begin_elsewhere() -> int:
    """Do the next job in a process of its own, with connections of its own."""
    child = os.fork()
    if child == 0:
        try:
            for inherited in connections.all(initialized_only=True):
                inherited.connection = None  # the parent's, and not ours to close
            do_next_job()
        finally:
            os._exit(0)
    return child


def wait_until_let_go():
    """PostgreSQL ends what a dead client began once it looks up from it."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND datname = current_database() AND backend_type = 'client backend'"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.02)
    raise AssertionError("a killed worker's connection is still there")


def test_killed_at_any_moment_it_leaves_nothing_or_all_and_the_page_says_which(ada):
    browser = Client()
    browser.force_login(ada)
    brought, came_in, told = ready_to_come_in(ada, 0), 0, set()
    takes = whole_run(brought)

    for number in range(KILLS):
        moment = random.uniform(0, 1.2 * takes)
        brought.ask_for("bring_in", at=NOON)
        child = begin_elsewhere()
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        wait_until_let_go()

        brought.refresh_from_db()
        is_in = brought.state == FileImport.State.BROUGHT_IN
        came_in += is_in
        assert Deal.objects.count() == StageMove.objects.count() == ROWS * came_in
        page = browser.get(brought.get_absolute_url()).text
        assert ("Brought in on" in page) == is_in, moment
        assert ("Bringing it in" in page) == (not is_in), moment
        told.add(is_in)
        if is_in:
            brought = ready_to_come_in(ada, number + 1)
        else:  # as after another file: the third worker that ends is the last
            FileImport.objects.filter(pk=brought.pk).update(job="")

    assert False in told
    brought.ask_for("bring_in", at=NOON)
    do_next_job()
    assert Deal.objects.count() == ROWS * (came_in + 1)


def whole_run(brought) -> float:
    """How many seconds it takes undisturbed, rolled back as when it is looked at."""
    brought.ask_for("read", at=NOON)
    began = time.monotonic()
    os.waitpid(begin_elsewhere(), 0)
    return time.monotonic() - began

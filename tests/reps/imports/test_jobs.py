"""What a worker does with a file: read, look, bring in; whole or not at all."""

import csv
import time
from datetime import date
from decimal import Decimal
from threading import Event, Thread

import pytest
from django.db import connections
from django.utils import timezone

from reps.imports import jobs
from reps.imports.jobs import do_next_job
from reps.imports.progress import ProgressWriter, Stopped
from reps.models import (
    ActivityEntry,
    ColumnMatch,
    Deal,
    FileImport,
    FilePiece,
    Quota,
    Rep,
)
from reps.models.import_lock import IMPORTS
from tests.factories.imports import BroughtInFactory
from tests.factories.reps import (
    NOON,
    ActivityKindFactory,
    OrganizationFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
    UserFactory,
)
from tests.reps.imports.workbook_file import parts_of, texts, zipped

pytestmark = pytest.mark.django_db(transaction=True)

HEADER = "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date"
WON = "101,Pilot,Closed Won,2026-11-02,Theo Lindqvist,12500.50,2026-09-01"
OPEN = "102,Rollout,Demo,2026-12-20,Theo Lindqvist,8000,2026-10-03"
BAD = "103,Next,Closed Won,2026-11-05,Theo Lindqvist,,2026-10-03"


@pytest.fixture
def erin():
    """Erin, who runs West, where Theo sells; one stage, Demo."""
    office = OrganizationFactory(name="Harbor")
    StageFactory(organization=office, name="Demo")
    erin = UserFactory(organization=office, name="Erin Park")
    team = TeamFactory(organization=office, name="West", manager=erin)
    RepFactory(organization=office, name="Theo Lindqvist", team=team)
    return erin


def bring(by, *lines, agreed=True, kind="deals"):
    """A file of theirs, whose columns somebody agreed to."""
    written = "\n".join([HEADER, *lines]).encode()
    brought = FilePiece.objects.keep(
        [written], by=by, kind=kind, name="deals.csv", at=NOON
    )
    if agreed:
        brought.columns_agreed = True
        brought.save()
    return brought


def worked_on(brought):
    assert do_next_job()
    brought.refresh_from_db()
    return brought


def bring_in(brought, **facts):
    brought.ask_for("bring_in", at=NOON, **facts)
    return worked_on(brought)


def test_nothing_waits_where_nobody_brought_anything():
    assert not do_next_job()


def test_a_file_of_new_headers_asks_what_they_mean(erin):
    brought = worked_on(bring(erin, WON, agreed=False))

    assert (brought.state, brought.job) == ("asks", "")
    facts = {one["header"]: one["fact"] for one in brought.reading["columns"]}
    assert facts["Deal owner"] == "owner"
    assert brought.reading["columns"][5]["examples"] == ["12500.50"]
    assert not Deal.objects.exists()


def test_what_was_said_of_such_headers_is_said_of_the_next_file(erin):
    first = worked_on(bring(erin, WON, agreed=False))
    ColumnMatch.objects.remember(
        erin.organization,
        "deals",
        first.reading["headers"],
        {"columns": {"Deal Name": "account"}},
        by=erin,
        at=NOON,
    )

    second = worked_on(bring(erin, OPEN, agreed=False))

    assert second.state == "ready"
    assert second.result["shown"][0]["cells"][0] == "Rollout"  # as the account


def brought_in(by, kind, *lines):
    """From its bytes to its end: nobody has to say anything."""
    content = ["\n".join(lines).encode()]
    brought = FilePiece.objects.keep(
        content, by=by, kind=kind, name=f"{kind}.tsv", at=NOON
    )
    brought.columns_agreed = True
    brought.save()
    assert worked_on(brought).state == "ready"
    bring_in(brought)
    assert (brought.state, brought.result["bad"]) == ("brought_in", [])
    return brought


def test_a_grid_of_quotas_goes_the_same_way(erin):
    """In an office whose year begins in April."""
    erin.organization.first_month = 4
    erin.organization.save()
    ada = UserFactory(organization=erin.organization, is_admin=True)
    lines = "Rep\tFY90 Q1\tFY90 Q2", "Theo Lindqvist\t100\t200.50"
    brought = brought_in(ada, "quotas", *lines)
    assert brought.result["added"] == 2
    owed = Quota.objects.order_by("pk").values_list("quarter__starts_on", "amount")
    assert list(owed) == [
        (date(2089, 4, 1), 100),
        (date(2089, 7, 1), Decimal("200.50")),
    ]


def test_so_does_activity(erin):
    ActivityKindFactory(organization=erin.organization, name="Calls")
    lines = "Rep\tWeek\tActivity\tCount", "Theo Lindqvist\t2025-W14\tcalls\t12"
    brought = brought_in(erin, "activity", *lines)
    entry = ActivityEntry.objects.get()
    assert (entry.week, entry.change) == (date(2025, 3, 31), 12)
    assert (entry.file_import, entry.logged_by) == (brought, erin)


def test_a_workbook_is_read_from_the_sheet_that_somebody_chose(erin):
    """What was said of such headers is known then, too."""
    page = texts(*csv.reader([HEADER, WON]))
    book = zipped(parts_of(texts(("a", "b"), ("c", "d")), page)).getvalue()
    brought = FilePiece.objects.keep(
        [book], by=erin, kind="deals", name="deals.xlsx", at=NOON
    )
    worked_on(brought)
    assert (brought.state, brought.reading["sheet"]) == ("asks", "S1")
    assert brought.reading["sheets"] == ["S1", "S2"]

    first = worked_on(bring(erin, WON, agreed=False))
    headers = first.reading["headers"]
    ColumnMatch.objects.remember(
        erin.organization, "deals", headers, {"columns": {}}, by=erin, at=NOON
    )
    brought.ask_for("read", at=NOON, answers={"sheet": "S2"}, columns_agreed=False)
    worked_on(brought)

    assert (brought.state, brought.reading["sheet"]) == ("ready", "S2")
    assert brought.answers == {"sheet": "S2"}
    assert bring_in(brought).state == "brought_in"
    assert Deal.objects.get().amount == Decimal("12500.50")


def test_a_stop_is_heard_while_a_workbook_is_unpacked(erin, monkeypatch):
    book = zipped(parts_of(texts(("a", "b"), *[("c", "d")] * 900))).getvalue()
    brought = FilePiece.objects.keep(
        [book], by=erin, kind="deals", name="deals.xlsx", at=NOON
    )
    heard = iter([False] * 4 + [True])  # at its beginning, a piece, 200 rows
    monkeypatch.setattr(ProgressWriter, "check", lambda _: _stopped(next(heard)))
    assert worked_on(brought).ended == "stopped"


def _stopped(heard):
    if heard:
        raise Stopped


def test_what_would_happen_is_shown_and_has_not_happened(erin):
    brought = worked_on(bring(erin, WON, OPEN, BAD))

    assert brought.state == "ready"
    assert (brought.result["added"], brought.result["bad_count"]) == (2, 1)
    assert [row["verdict"] for row in brought.result["shown"]] == ["new", "new"]
    assert brought.result["bad"] == ["row 4, Amount: won without an amount"]
    assert not Deal.objects.exists()


def test_a_row_that_changes_says_what_it_was_with_its_days_in_words(erin):
    brought_in(erin, "deals", HEADER, OPEN)
    newer = OPEN.replace("8000", "9500").replace("2026-12-20", "2026-12-02")
    brought = worked_on(bring(erin, newer))

    (row,) = brought.result["shown"]
    assert row["verdict"] == "changed"
    assert row["cells"][3:] == [
        "$9,500, was $8,000",
        "Demo",
        "3 October 2026",
        "2 December 2026, was 20 December 2026",
    ]


def test_the_bad_rows_are_a_file_to_mend_and_bring_again(erin):
    brought = worked_on(bring(erin, WON, BAD))

    part = FilePiece.Part.BAD_ROWS
    written = b"".join(FilePiece.objects.content_of(brought, part)).decode("utf-8-sig")
    header, row = written.splitlines()
    assert header == f"{HEADER},problem"
    assert row == f'{BAD},"row 3, Amount: won without an amount"'

    mended = written.replace("Lindqvist,,", "Lindqvist,700,").encode()
    again = FilePiece.objects.keep(
        [mended], by=erin, kind="deals", name="mended.csv", at=NOON
    )
    ColumnMatch.objects.remember(
        erin.organization, "deals", brought.reading["headers"], {}, by=erin, at=NOON
    )
    assert worked_on(again).state == "ready"
    bring_in(again)
    assert Deal.objects.get().amount == 700


def test_it_comes_in_with_all_good_rows_once_somebody_has_seen_the_bad_ones(erin):
    brought = worked_on(bring(erin, WON, OPEN, BAD))

    assert bring_in(brought, leaves_bad_rows_out=True).state == "brought_in"

    amounts = {deal.source_key: deal.amount for deal in Deal.objects.all()}
    assert amounts == {"101": Decimal("12500.50"), "102": 8000}
    assert brought.brought_in_at is not None


def test_bad_rows_that_nobody_has_seen_keep_all_of_it_out(erin):
    brought = worked_on(bring(erin, WON, BAD))

    bring_in(brought)

    assert (brought.state, brought.job) == ("ready", "read")
    assert not Deal.objects.exists()


def test_what_is_to_be_asked_by_now_is_asked(erin):
    brought = worked_on(bring(erin, OPEN))
    assert brought.state == "ready"
    Rep.objects.update(name="Somebody Else")

    bring_in(brought)
    assert brought.job == "read"
    worked_on(brought)

    assert brought.state == "asks"
    assert [word["theirs"] for word in brought.reading["words"]][-1] == "Theo Lindqvist"


def test_the_same_file_again_changes_nothing(erin):
    bring_in(worked_on(bring(erin, WON, OPEN)))

    again = worked_on(bring(erin, WON, OPEN))

    told = again.result
    assert (told["added"], told["changed"], told["same"]) == (0, 0, 2)


def test_what_cannot_be_read_says_why(erin):
    brought = FilePiece.objects.keep(
        [b"%PDF-1.7 ..."], by=erin, kind="deals", name="deals.csv", at=NOON
    )

    assert worked_on(brought).state == "unreadable"
    assert "PDF" in brought.why_ended


def test_a_stop_undoes_what_was_done_so_far(erin, monkeypatch):
    brought = worked_on(bring(erin, WON, OPEN))

    def stop_first(self, rows):
        list(rows)
        raise Stopped

    monkeypatch.setattr(ProgressWriter, "rows", stop_first)
    bring_in(brought)

    assert (brought.state, brought.ended, brought.job) == ("ready", "stopped", "")
    assert not Deal.objects.exists()


def test_somebody_elses_stop_is_heard_by_whoever_is_at_it(erin):
    brought = bring(erin, WON)
    with ProgressWriter(brought.progress) as writer:
        writer.check()
        brought.progress.ask_to_stop(NOON)
        assert writer._stop_asked.wait(5)
        with pytest.raises(Stopped):
            writer.check()


def test_a_failure_of_ours_is_told_and_nothing_came_in(erin, monkeypatch):
    brought = worked_on(bring(erin, WON))
    monkeypatch.setattr(jobs, "result_of", lambda *_: 1 / 0)

    bring_in(brought)

    assert (brought.state, brought.ended) == ("ready", "failed")
    assert "ZeroDivisionError" in brought.why_ended
    assert not Deal.objects.exists()


def test_a_worker_that_ends_three_times_is_enough(erin):
    brought = bring(erin, WON)
    for _ in range(3):
        brought.progress.count_try(NOON)

    worked_on(brought)

    assert (brought.ended, brought.job) == ("died", "")


def test_how_far_it_is_can_be_seen_while_it_is_at_it(erin):
    brought = bring(erin, WON)
    with ProgressWriter(brought.progress) as writer:
        for _row in writer.rows(["a row"] * 300):
            pass
    brought.progress.refresh_from_db()
    assert (brought.progress.doing, brought.progress.of) == ("placing", 300)
    assert brought.progress.tries == 1


def test_a_file_is_read_by_one_worker_while_another_takes_the_next(erin, monkeypatch):
    first, second = bring(erin, WON), bring(erin, OPEN)
    begun, may_end, told = Event(), Event(), []

    def slow(file_import, writer):
        if file_import.pk == first.pk:
            begun.set()
            may_end.wait(10)
        told.append(file_import.pk)
        return {}

    def another():
        try:
            do_next_job()
        finally:
            connections.close_all()

    monkeypatch.setitem(jobs.JOBS, FileImport.Job.READ, slow)
    worker = Thread(target=another)
    worker.start()
    assert begun.wait(10)
    do_next_job()
    may_end.set()
    worker.join()

    assert told == [second.pk, first.pk]


def test_a_manager_brings_rows_of_own_teams_alone(erin):
    other = TeamFactory(organization=erin.organization, name="East")
    RepFactory(organization=erin.organization, name="Mira Bay", team=other)
    theirs = OPEN.replace("Theo Lindqvist", "Mira Bay")

    brought = bring_in(worked_on(bring(erin, WON, theirs)))

    assert [deal.source_key for deal in Deal.objects.all()] == ["101"]
    assert brought.result["left_out_count"] == 1


def test_who_was_new_in_the_last_file_is_known_in_the_next(erin):
    team = erin.organization.teams.get()
    said = {"owners": {"Nora Newman": f"team:{team.pk}"}}
    line = OPEN.replace("Theo Lindqvist", "Nora Newman")
    for number in (1, 2):
        brought = bring(erin, line)
        FileImport.objects.filter(pk=brought.pk).update(answers=said)
        bring_in(worked_on(brought))
        assert Rep.objects.filter(name="Nora Newman").count() == 1, number


def test_one_that_is_in_is_taken_back(erin):
    brought = bring_in(worked_on(bring(erin, WON, OPEN)))
    brought.ask_for("take_back", at=NOON, taken_back_by=erin)
    assert worked_on(brought).state == "taken_back"
    assert brought.result["taken_back"]["said"][0] == "2 deals are gone."
    assert not Deal.objects.exists()


def test_nothing_is_taken_back_once_another_one_is_in(erin):
    brought = bring_in(worked_on(bring(erin, WON)))
    brought.ask_for("take_back", at=NOON, taken_back_by=erin)
    BroughtInFactory(organization=erin.organization, brought_in_at=timezone.now())
    assert worked_on(brought).state == "brought_in"
    assert Deal.objects.exists()


@pytest.fixture
def another_import(erin):
    """One into the same office, under way on a connection of its own."""
    other = connections["default"].copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        words = "SELECT pg_advisory_xact_lock(%s, %s)"
        cursor.execute(words, [IMPORTS, erin.organization_id])
    yield other
    other.close()


def test_it_waits_until_another_one_has_ended(erin, another_import):
    brought = bring(erin, WON)
    worker = Thread(target=jobs_of_another_worker)
    worker.start()
    wait_until(lambda: doing(brought) == "waiting")
    another_import.rollback()
    worker.join()
    brought.refresh_from_db()
    assert brought.state == "ready"


def test_while_it_waits_it_can_be_stopped(erin, another_import):
    brought = bring(erin, WON)
    worker = Thread(target=jobs_of_another_worker)
    worker.start()
    wait_until(lambda: doing(brought) == "waiting")
    brought.progress.ask_to_stop(NOON)
    worker.join()
    brought.refresh_from_db()
    assert brought.ended == "stopped"


def jobs_of_another_worker():
    try:
        do_next_job()
    finally:
        connections.close_all()


def doing(brought):
    brought.progress.refresh_from_db()
    return brought.progress.doing


def wait_until(so):
    for _ in range(200):
        if so():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to be")


def test_two_at_once_bring_each_deal_once(erin, at_once):
    files = [worked_on(bring(erin, WON, OPEN)) for _ in range(2)]
    for brought in files:
        brought.ask_for("bring_in", at=NOON)
    at_once(do_next_job, do_next_job)
    for brought in files:
        brought.refresh_from_db()
    assert {brought.state for brought in files} == {"brought_in"}
    told = sorted((one.result["added"], one.result["same"]) for one in files)
    assert told == [(0, 2), (2, 0)]
    assert Deal.objects.count() == 2

"""Activity comes in as counts or as a log, into the weeks of the organization."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models import Sum

from reps.domain.files.days import NoDay
from reps.domain.files.grid import Complaint
from reps.domain.files.questions import Asks
from reps.imports.activity_kind import ActivityFileKind
from reps.imports.answers import Answers
from reps.imports.column_questions import column_questions
from reps.imports.file_kind import Scope, Verdict
from reps.imports.look_at_file import look_at_file
from reps.models import ActivityEntry, FileImport, Rep
from tests.factories.imports import FileImportFactory
from tests.factories.reps import (
    NOON,
    ActivityKindFactory,
    OrganizationFactory,
    RepFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
WEEK = date(2026, 11, 2)  # week 45


@pytest.fixture
def office():
    """Theo sells for West and Mira for East; they count demos and calls."""
    office = OrganizationFactory(name="Harbor")
    for team, name in (("West", "Theo Lindqvist"), ("East", "Mira Bay")):
        made = TeamFactory(organization=office, name=team)
        RepFactory(organization=office, name=name, team=made)
    ActivityKindFactory(organization=office, name="Demos held")
    ActivityKindFactory(organization=office, name="Calls", is_leading=False, order=2)
    return office


def looked_at(lines, **said):
    written, answers = "\n".join(lines).encode(), Answers(**said)
    kinds = FileImport.READ_AS[FileImport.Kind.ACTIVITY]
    return look_at_file(lambda: [written], answers, kinds=kinds, today=TODAY), answers


def asked(office, *lines, **said):
    """What nobody can tell of it."""
    look, answers = looked_at(lines, **said)
    of_columns = column_questions(look, answers, office.currency)
    words = ActivityFileKind().matches(look, answers, Scope(office, NOON))
    return [(one.asks, one.about) for one in of_columns] + [
        (one.asks, one.theirs, one.fits) for one in words if one.answer is None
    ]


def bring(office, *lines, teams=None, **said):
    look, answers = looked_at(lines, **said)
    file = FileImportFactory(organization=office, file_name="calls.csv")
    facts = {"by": file.by, "teams": teams, "file_import": file.pk}
    return ActivityFileKind().bring_in(
        look, answers, Scope(office, NOON, **facts), iter
    )


def tap(name, change, kind="Calls", week=WEEK, **facts):
    """By hand, as the week's page does it."""
    rep = Rep.objects.get(name=name)
    said = {"by": rep.user, "at": NOON, "key": uuid4(), "week": week}
    kind = rep.organization.activity_kinds.get(name=kind)
    ActivityEntry.objects.log(rep=rep, change=change, kind=kind, **said | facts)


def done(week=WEEK):
    """How many of what each rep did that week, as their page says."""
    rows = ActivityEntry.objects.filter(week=week).order_by()
    rows = rows.values_list("rep__name", "kind__name").annotate(done=Sum("change"))
    return {(rep, kind): count for rep, kind, count in rows}


def counts(came):
    return came.added, came.changed, came.same, came.left_out_count


COUNTS = (
    "Rep,Week,Activity,Count",
    "Theo Lindqvist,2026-W45,Calls,40",
    "Theo Lindqvist,2026-W45,Demos held,3",
    "Mira Bay,2026-W45,Calls,25",
)


def test_counts_of_weeks_come_in(office):
    assert asked(office, *COUNTS) == []
    came = bring(office, *COUNTS)
    assert done() == {
        ("Theo Lindqvist", "Calls"): 40,
        ("Theo Lindqvist", "Demos held"): 3,
        ("Mira Bay", "Calls"): 25,
    }
    assert counts(came) == (3, 0, 0, 0)
    assert [(one.row, one.verdict, one.cells) for one in came.shown[:1]] == [
        (2, Verdict.NEW, ["Theo Lindqvist", "2 November 2026", "Calls", "40"])
    ]
    entry = ActivityEntry.objects.first()
    assert (entry.file_import.file_name, entry.logged_by) == (
        "calls.csv",
        entry.file_import.by,
    )


def test_the_same_file_adds_nothing_and_a_newer_one_corrects(office):
    bring(office, *COUNTS)
    assert counts(bring(office, *COUNTS)) == (0, 0, 3, 0)
    assert ActivityEntry.objects.count() == 3

    came = bring(office, COUNTS[0], COUNTS[1].replace("40", "38"))
    assert counts(came) == (0, 1, 0, 0)
    assert done()["Theo Lindqvist", "Calls"] == 38
    assert came.shown[0].cells[-1] == "38, was 40"
    assert ActivityEntry.objects.order_by("pk").last().change == -2
    assert done()["Mira Bay", "Calls"] == 25  # of whom this file says nothing


def test_where_somebody_tapped_by_hand_their_number_stays(office):
    bring(office, *COUNTS)
    tap("Theo Lindqvist", 1)
    came = bring(office, *COUNTS)
    assert counts(came) == (0, 0, 2, 1)
    (kept,) = came.kept
    assert (kept.row, kept.about, kept.fact, kept.ours, kept.theirs) == (
        2,
        "Theo Lindqvist, week from 2 November 2026",
        "Calls",
        "41",
        "40",
    )
    assert [one.words for one in came.left_out] == ["41 Calls by what was logged here"]
    assert came.shown[0].verdict == Verdict.LEFT_OUT
    assert came.shown[0].cells[-1] == "41"
    assert done()["Theo Lindqvist", "Calls"] == 41


@pytest.mark.parametrize("says", ["one", "all"])
def test_unless_the_files_is_taken(office, says):
    tap("Theo Lindqvist", 7)
    (kept,) = bring(office, *COUNTS).kept
    take = {"take": frozenset({kept.key})} if says == "one" else {"take_all": True}
    assert bring(office, *COUNTS, **take).kept == []
    assert done()["Theo Lindqvist", "Calls"] == 40
    assert counts(bring(office, *COUNTS)) == (0, 0, 3, 0)

    # A newer file goes on from there, and a tap after it stays again.
    newer = COUNTS[0], COUNTS[1].replace("40", "42")
    assert counts(bring(office, *newer)) == (0, 1, 0, 0)
    tap("Theo Lindqvist", -1)
    assert bring(office, *newer).kept_count == 1


def test_a_number_that_both_say_needs_nobody(office):
    tap("Theo Lindqvist", 40)
    assert counts(bring(office, *COUNTS)) == (2, 0, 1, 0)
    assert done()["Theo Lindqvist", "Calls"] == 40


def test_a_tap_that_was_taken_back_is_none(office):
    bring(office, *COUNTS)
    tap("Theo Lindqvist", 1)
    tap("Theo Lindqvist", -1)
    assert counts(bring(office, COUNTS[0], COUNTS[1].replace("40", "38"))) == (
        0,
        1,
        0,
        0,
    )


LOG = (
    "Task ID,Assigned To,Date,Type,Status",
    "1,Theo Lindqvist,2026-11-02,Call,Completed",
    "2,Theo Lindqvist,2026-11-03,Call,Completed",
    "3,Theo Lindqvist,2026-11-03,Call,Not Started",
    "4,Theo Lindqvist,2026-11-08,Call,Completed",
    "5,Theo Lindqvist,2026-11-09,Call,Completed",
    "6,Mira Bay,2026-11-04,Lunch,Completed",
    "7,Mira Bay,2026-11-31,Call,Completed",
)
TOLD = {"activities": {"Call": "Calls", "Lunch": ""}}


def test_a_log_is_counted(office):
    assert asked(office, *LOG) == [
        (Asks.ACTIVITY, "Call", ("Calls",)),
        (Asks.ACTIVITY, "Lunch", ()),
    ]
    assert asked(office, *LOG, **TOLD) == []
    came = bring(office, *LOG, **TOLD)
    assert done() == {("Theo Lindqvist", "Calls"): 3}
    assert done(WEEK + timedelta(weeks=1)) == {("Theo Lindqvist", "Calls"): 1}
    assert counts(came) == (4, 0, 0, 2)
    assert came.said == ["4 rows come to 2 counts of a week."]
    assert [(one.row, one.about, one.words) for one in came.left_out] == [
        (4, "Theo Lindqvist", "not done: “Not Started”"),
        (7, "Mira Bay", "you leave “Lunch” out"),
    ]
    assert came.complaints == [Complaint(8, 3, NoDay.NO_SUCH_DAY, "2026-11-31")]


def test_a_log_of_a_part_of_a_week_says_that_it_is_less(office):
    bring(office, *LOG, **TOLD)
    came = bring(office, LOG[0], *LOG[4:], **TOLD)  # from Sunday on
    assert done() == {("Theo Lindqvist", "Calls"): 1}
    assert came.said[-1] == (
        "1 count of a week is less than a file said before: see that the log has all"
        " days of its first and last week."
    )


def test_a_sunday_is_in_the_week_that_the_organization_has(office):
    office.first_day_of_week = 7
    office.save()
    bring(office, *LOG, **TOLD)
    assert done() == {("Theo Lindqvist", "Calls"): 2}
    assert done(WEEK + timedelta(weeks=1)) == {("Theo Lindqvist", "Calls"): 2}


def test_an_activity_is_one_of_ours_by_name_or_id(office):
    calls = office.activity_kinds.get(name="Calls")
    said = {"Call": str(calls.pk), "Lunch": "demos HELD"}
    assert asked(office, *LOG, activities=said) == []
    bring(office, *LOG, activities=said)
    assert done()["Mira Bay", "Demos held"] == 1
    answers = ActivityFileKind().choices(Asks.ACTIVITY, Scope(office, NOON))
    assert [answer for answer, _words in answers] == [
        "Demos held",
        "Calls",
        "activity:new",
        "",
    ]


NEW = {"Call": "Calls", "Lunch": "activity:new"}


def test_an_activity_of_theirs_may_be_one_of_ours_from_now_on(office):
    came = bring(office, *LOG, activities=NEW)
    assert done()["Mira Bay", "Lunch"] == 1
    lunch = office.activity_kinds.get(name="Lunch")
    assert (lunch.order, lunch.is_leading, lunch.is_retired) == (3, False, False)
    assert came.said[0] == "1 activity is new: Lunch."
    assert came.made == {"activitykind": [lunch.pk]}

    # The same file, and what was said of it, finds it by its name.
    assert asked(office, *LOG, activities=NEW) == []
    assert counts(bring(office, *LOG, activities=NEW))[:3] == (0, 0, 5)
    assert office.activity_kinds.count() == 3


def test_it_comes_in_one_spelling_and_not_for_bad_rows(office):
    lines = (
        COUNTS[0],
        "Mira Bay,2026-W45,Lunch  out,1",
        "Mira Bay,2026-W45,LUNCH OUT,2",
        "Mira Bay,2026-W45,Nap,many",
    )
    said = dict.fromkeys(["Lunch  out", "LUNCH OUT", "Nap"], "activity:new")
    came = bring(office, *lines, activities=said)
    assert done() == {("Mira Bay", "Lunch  out"): 3}
    assert [one.row for one in came.complaints] == [4]


OURS = (
    "Rep,Rep email,Week,Activity,Count",
    "Mira Bay,,2026-11-02,Demos held,1",
    "Mira Bay,,2026-11-02,Démos held,2",
    "Mira Bay,,2026-11-02,Call,3",
)


def test_a_download_of_ours_names_its_activities_to_the_letter(office):
    look, answers = looked_at(OURS)
    managers = Scope(office, NOON, teams=frozenset())
    words = ActivityFileKind().matches(look, answers, managers)
    assert [(one.theirs, one.fits, one.is_settled) for one in words[:3]] == [
        ("Demos held", ("Demos held",), True),
        ("Démos held", ("Demos held",), True),
        ("Call", ("Calls",), False),
    ]

    assert asked(office, *OURS) == []
    bring(office, *OURS)
    assert done() == {
        ("Mira Bay", "Demos held"): 1,
        ("Mira Bay", "Démos held"): 2,
        ("Mira Bay", "Call"): 3,
    }


def test_what_the_organization_counts_is_no_managers_to_add_to(office):
    west, teams = office.teams.get(name="West"), {"Mira Bay": "Theo Lindqvist"}
    scope = Scope(office, NOON, teams=frozenset({west.pk}))
    words = [answer for answer, _ in ActivityFileKind().choices(Asks.ACTIVITY, scope)]
    assert "activity:new" not in words
    look, answers = looked_at(LOG, activities=NEW, owners=teams)
    open_words = [
        one.theirs
        for one in ActivityFileKind().matches(look, answers, scope)
        if one.answer is None
    ]
    assert open_words == ["Lunch"]  # though an admin has said so of such a file


def test_what_is_no_longer_logged_is_still_what_was_done(office):
    office.activity_kinds.filter(name="Calls").update(is_retired=True)
    assert asked(office, *COUNTS) == []
    bring(office, *COUNTS)
    assert done()["Mira Bay", "Calls"] == 25
    answers = ActivityFileKind().choices(Asks.ACTIVITY, Scope(office, NOON))
    assert answers[1] == ("Calls", "Calls (no longer logged)")


def test_a_manager_brings_in_only_those_of_their_teams(office):
    west = office.teams.get(name="West")
    came = bring(office, *COUNTS, teams=frozenset({west.pk}))
    assert done() == {
        ("Theo Lindqvist", "Calls"): 40,
        ("Theo Lindqvist", "Demos held"): 3,
    }
    assert [(one.row, one.about, one.words) for one in came.left_out] == [
        (4, "Mira Bay", "it is not of your teams")
    ]


def test_nor_do_they_add_people_elsewhere(office):
    east, west = (office.teams.get(name=name) for name in ("East", "West"))
    lines = COUNTS[0], "Nora Field,2026-W45,Calls,1", "Sam Oak,2026-W45,Calls,2"
    said = {"Nora Field": f"team:{west.pk}", "Sam Oak": f"team:{east.pk}"}
    came = bring(office, *lines, teams=frozenset({west.pk}), owners=said)
    assert Rep.objects.get(name="Nora Field").team == west
    assert not Rep.objects.filter(name="Sam Oak").exists()
    assert [one.row for one in came.complaints] == [3]
    assert came.said == ["1 rep is new: Nora Field."]


def test_a_week_by_its_number_in_a_plain_spreadsheet(office):
    lines = (
        "Verkäufer;Jahr;KW;Aktivität;Anzahl",
        "Theo Lindqvist;2026;45;Calls;40",
    )
    assert asked(office, *lines) == []
    bring(office, *lines)
    assert done() == {("Theo Lindqvist", "Calls"): 40}

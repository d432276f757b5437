"""Rows of an export on the board: added once, changed where the export did."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from reps.domain.ours_and_theirs import Choices
from reps.imports.placed import Stands
from reps.models import Deal, DealFacts, Rep, StageMove
from reps.models.who_and_why import say_who_and_why
from tests.factories.exports import ENGAGING, LOST, PROSPECT, bring, tally
from tests.factories.reps import (
    NOON,
    OrganizationFactory,
    QuarterFactory,
    StageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = NOON.date()  # 12 November 2026


def deal(number="A1"):
    return Deal.objects.get(source_key=number)


def where(number="A1"):
    found = deal(number)
    return found.stage.name, found.outcome, found.opened_on, found.closed_on


def move_by_hand(found, stage, outcome="open", on=TODAY):
    by = UserFactory(organization=found.organization)
    found.move_to(stage, outcome, by=by, on=on, at=NOON, reason="They said so")


def kept(summary):
    return [
        (one.row.number, one.field, one.ours, one.theirs)
        for one in summary.placed.kept
        if not one.is_taken
    ]


def test_a_deal_takes_over_what_the_row_says():
    summary = bring({})
    found = deal()
    assert (found.owner.name, found.account, found.product) == (
        "Ines Calder",
        "Bluefin Boats",
        "Rain Gauge",
    )
    assert (found.amount, found.amount_is_estimate) == (480, False)
    assert where() == ("Engaging", "won", date(2026, 7, 6), date(2026, 8, 14))
    assert tally(summary) == (1, 0, 0)


@pytest.mark.parametrize(
    ("cells", "outcome", "moved_on"),
    [
        ({}, "won", date(2026, 8, 14)),
        (LOST, "lost", date(2026, 8, 14)),
        (ENGAGING, "open", date(2026, 7, 6)),
        (PROSPECT, "open", TODAY),
    ],
)
def test_a_deal_gets_one_imported_move(cells, outcome, moved_on):
    bring(cells)
    move = StageMove.objects.get()
    assert (move.deal, move.number, move.kind) == (deal(), 1, "imported")
    assert (move.from_stage, move.to_stage) == (None, deal().stage)
    assert (move.outcome, move.moved_on) == (outcome, moved_on)
    assert (move.recorded_at, move.moved_by) == (NOON, None)


def test_the_organizations_own_midnight_says_what_day_it_is():
    OrganizationFactory(name="Calder & Lind", time_zone="Pacific/Kiritimati")
    bring(PROSPECT)
    assert StageMove.objects.get().moved_on == date(2026, 11, 13)


def test_what_has_changed_there_changes_here():
    bring({}, {"opportunity_id": "B"})
    summary = bring(
        {
            "sales_agent": "Petra Lind",
            "product": "Tide Clock",
            "account": "Harbour Mill",
            "close_value": "510",
            "engage_date": "2026-07-07",
            "close_date": "2026-08-15",
        },
        {"opportunity_id": "B"},
    )
    assert tally(summary) == (0, 1, 1)
    found = deal()
    assert (found.owner.name, found.product, found.account, found.amount) == (
        "Petra Lind",
        "Tide Clock",
        "Harbour Mill",
        510,
    )
    assert where() == ("Engaging", "won", date(2026, 7, 7), date(2026, 8, 15))
    assert where("B") == ("Engaging", "won", date(2026, 7, 6), date(2026, 8, 14))
    assert found.moves.count() == 1  # it stands where it stood


@pytest.mark.parametrize(
    ("first", "then", "moves"),
    [
        (
            PROSPECT,
            ENGAGING,
            [("Prospecting", "open", TODAY), ("Engaging", "open", date(2026, 7, 6))],
        ),
        (
            ENGAGING,
            {},
            [
                ("Engaging", "open", date(2026, 7, 6)),
                ("Engaging", "won", date(2026, 8, 14)),
            ],
        ),
        (
            {},
            LOST | {"close_date": "2026-09-01"},
            [
                ("Engaging", "won", date(2026, 8, 14)),
                ("Engaging", "lost", date(2026, 9, 1)),
            ],
        ),
    ],
)
def test_a_deal_that_moved_there_gets_another_imported_move(first, then, moves):
    bring(first)
    assert tally(bring(then)) == (0, 1, 0)
    history = deal().moves.order_by("number")
    assert [move.number for move in history] == [1, 2]
    assert {move.kind for move in history} == {"imported"}
    assert [(m.to_stage.name, m.outcome, m.moved_on) for m in history] == moves
    assert tally(bring(then)) == (0, 0, 1)


def test_a_closed_deal_stays_in_its_stage_when_the_board_grows():
    bring({})
    StageFactory(organization=deal().organization, name="Contract", order=3)
    assert tally(bring({})) == (0, 0, 1)
    assert where()[0] == "Engaging"


def test_an_empty_cell_takes_nothing_away():
    bring({"opportunity_id": "A1"})
    bring({"account": "", "product": "", "engage_date": ""})
    assert (deal().account, deal().product) == ("Bluefin Boats", "Rain Gauge")
    assert deal().opened_on == date(2026, 7, 6)


def test_an_opening_that_cannot_be_is_dropped():
    bring({})
    bring({"engage_date": "", "close_date": "2026-07-01"})
    assert where() == ("Engaging", "won", None, date(2026, 7, 1))


def test_an_estimate_does_not_replace_what_somebody_said():
    bring(ENGAGING)
    Deal.objects.update(amount=650, amount_is_estimate=False)
    assert tally(bring(ENGAGING)) == (0, 0, 1)
    assert deal().amount == 650


def test_a_value_replaces_an_estimate():
    bring(ENGAGING)
    bring(ENGAGING | {"close_value": "650"})
    assert (deal().amount, deal().amount_is_estimate) == (650, False)


def test_what_was_moved_by_hand_stays_and_is_named():
    bring(ENGAGING)
    move_by_hand(deal(), deal().stage, "won")
    summary = bring(LOST | {"account": "Harbour Mill", "engage_date": "2026-07-01"})
    assert where() == ("Engaging", "won", date(2026, 7, 1), TODAY)
    assert deal().account == "Harbour Mill"  # only where it stands is theirs
    assert deal().moves.count() == 2
    won, lost = Stands("Engaging", "won"), Stands("Engaging", "lost")
    assert kept(summary) == [("A1", "stands", won, lost)]
    assert tally(summary) == (0, 1, 0)


def test_of_what_was_moved_by_hand_to_where_the_export_has_it_the_day_is_kept():
    bring(ENGAGING)
    move_by_hand(deal(), deal().stage, "won")
    summary = bring({})
    assert kept(summary) == [("A1", "closed_on", TODAY, date(2026, 8, 14))]
    assert where()[3] == TODAY
    assert deal().amount == 480  # no longer an estimate


def test_a_kept_deal_is_named_again_but_nothing_is_written():
    bring(ENGAGING)
    move_by_hand(deal(), deal().stage, "won")
    summary = bring(ENGAGING)
    assert len(summary.placed.kept) == 1
    assert tally(summary) == (0, 0, 1)


def test_the_files_is_taken_where_somebody_says_so():
    bring(ENGAGING, ENGAGING | {"opportunity_id": "B"})
    for number in ("A1", "B"):
        move_by_hand(deal(number), deal().stage, "won")
    rows = LOST, LOST | {"opportunity_id": "B"}
    summary = bring(*rows, choices=Choices(take={"A1"}))
    assert where() == ("Engaging", "lost", date(2026, 7, 6), date(2026, 8, 14))
    assert [number for number, *_ in kept(summary)] == ["B"]
    assert deal().moves.last().kind == "imported"

    # Nobody has moved it since: what the file says next is followed.
    assert tally(bring({}, rows[1])) == (0, 1, 1)
    assert where()[1] == "won"


@pytest.mark.parametrize("outcome", ["won", "lost"])
@pytest.mark.parametrize("by", ["an import", "a person"])
def test_a_file_opens_no_closed_deal_again_by_itself(outcome, by):
    if by == "an import":
        bring({} if outcome == "won" else LOST)
    else:
        bring(ENGAGING)
        move_by_hand(deal(), deal().stage, outcome)
    stood = where()
    summary = bring(PROSPECT)
    closed, still_open = Stands("Engaging", outcome), Stands("Prospecting", "open")
    assert kept(summary) == [("A1", "stands", closed, still_open)]
    assert where() == stood
    assert tally(summary) == (0, 0, 1)

    before = deal().moves.count()
    assert tally(bring(PROSPECT, choices=Choices(take_all=True))) == (0, 1, 0)
    assert where()[:2] == ("Prospecting", "open")
    move = deal().moves.last()
    assert (move.number, move.kind, move.moved_on) == (before + 1, "imported", TODAY)


def person():
    return UserFactory(organization=deal().organization)


def test_what_people_corrected_stays_field_by_field():
    bring({})
    petra = Rep.objects.get(name="Petra Lind")
    theirs = {
        "owner": petra,
        "account": "Bluefin Boats, Inc.",
        "product": "Rain Gauge XL",
        "amount": Decimal(500),
        "opened_on": date(2026, 7, 3),
        "expected_close_on": date(2026, 8, 1),
        "closed_on": date(2026, 8, 20),
    }
    deal().correct(theirs, by=person(), at=NOON, why="As the contract says")
    row = {"close_value": "510", "close_date": "2026-08-15"}
    summary = bring(row)
    assert kept(summary) == [
        ("A1", "owner", petra, Rep.objects.get(name="Ines Calder")),
        ("A1", "amount", 500, 510),
        ("A1", "account", "Bluefin Boats, Inc.", "Bluefin Boats"),
        ("A1", "product", "Rain Gauge XL", "Rain Gauge"),
        ("A1", "opened_on", date(2026, 7, 3), date(2026, 7, 6)),
        ("A1", "closed_on", date(2026, 8, 20), date(2026, 8, 15)),
    ]
    assert tally(summary) == (0, 0, 1)
    assert {name: getattr(deal(), name) for name in theirs} == theirs

    assert tally(bring(row, choices=Choices(take={"A1"}))) == (0, 1, 0)
    assert (deal().owner.name, deal().amount) == ("Ines Calder", 510)
    assert kept(bring({})) == []  # an import said it last
    assert deal().amount == 480


def test_one_correction_leaves_the_rest_to_the_file():
    bring({})
    deal().correct({"amount": Decimal(500)}, by=person(), at=NOON, why="A discount")
    summary = bring({"account": "Harbour Mill", "close_value": "510"})
    assert kept(summary) == [("A1", "amount", 500, 510)]
    assert (deal().account, deal().amount) == ("Harbour Mill", 500)
    assert tally(summary) == (0, 1, 0)


def test_an_amount_that_somebody_calls_certain_is_theirs():
    bring(ENGAGING)
    deal().correct({"amount_is_estimate": False}, by=person(), at=NOON)
    summary = bring(ENGAGING | {"close_value": "510"})
    assert kept(summary) == [("A1", "amount", 500, 510)]


def test_what_nobody_signed_in_has_changed_is_not_kept():
    bring({})
    say_who_and_why(why="A script")
    Deal.objects.update(amount=500)
    assert kept(bring({})) == []
    assert deal().amount == 480


def test_an_opening_that_somebody_gave_keeps_it_from_closing_before():
    bring(ENGAGING)
    deal().correct({"opened_on": date(2026, 9, 1)}, by=person(), at=NOON)
    summary = bring({"engage_date": ""})
    still_open, won = Stands("Engaging", "open"), Stands("Engaging", "won")
    assert kept(summary) == [("A1", "stands", still_open, won)]
    assert tally(bring({"engage_date": ""}, choices=Choices(take_all=True)))[1] == 1
    assert where() == ("Engaging", "won", None, date(2026, 8, 14))


def test_only_where_something_differs_is_more_asked():
    bring({}, {"opportunity_id": "B"}, ENGAGING | {"opportunity_id": "C"})
    rows = {}, {"opportunity_id": "B"}, ENGAGING | {"opportunity_id": "C"}
    with CaptureQueriesContext(connection) as asked:
        bring(*rows)
    assert not any("FOR UPDATE" in query["sql"] for query in asked)
    assert not any("reps_dealfacts" in query["sql"] for query in asked)


def test_a_cancelled_deal_keeps_its_dates_and_its_amount():
    bring({})
    called_off = {"on": date(2026, 8, 20), "words": "No budget.", "by": None}
    deal().cancel(deal().amount, **called_off, at=NOON)
    before = deal().amount
    changed = {"close_date": "2026-09-01", "close_value": "1"}
    for choices in (Choices(), Choices(take_all=True)):
        summary = bring(changed, choices=choices)
        assert (where()[3], deal().amount) == (date(2026, 8, 14), before)
        assert [(one.field, one.may_take) for one in summary.placed.kept] == [
            ("amount", False),
            ("closed_on", False),
        ]


def test_a_deal_made_here_is_not_the_exports():
    bring({})
    Deal.objects.update(source="")
    assert tally(bring({})) == (1, 0, 0)


def rows_read() -> int:
    """Rows of deals and moves that this transaction has read, one way or another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))"
            " FROM pg_stat_xact_user_tables"
            " WHERE relname IN ('reps_deal', 'reps_stagemove')"
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_is_read_does_not_grow_with_the_square_of_the_rows():
    # Empty to the last page: what other tests took back still counts as something read.
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE reps_deal, reps_stagemove CASCADE")
    # PostgreSQL keeps how it checks a foreign key from the first batch on, when there
    # is next to nothing to read: 4,000 rows then read each other, 8 million in all.
    with transaction.atomic():
        bring(*({"opportunity_id": f"A{n}"} for n in range(4_000)))
        assert rows_read() < 3_000_000


# Rows of a closed quarter

IN_TIME = datetime(2026, 9, 1, 9, tzinfo=UTC)


@pytest.fixture
def third():
    """The third quarter closed on 10 October, and it is 12 November."""
    of = {"organization": OrganizationFactory(name="Calder & Lind")}
    days = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30)}
    return QuarterFactory(name="Q3 2026", made_at=IN_TIME, **days, **of)


def left(summary):
    return [(row.number, str(quarter)) for row, quarter in summary.placed.left]


def test_a_new_deal_of_a_closed_quarter_is_left_without_a_reason(third):
    rows = {}, {"opportunity_id": "B", "close_date": "2026-10-02"}
    summary = bring(*rows)
    assert left(summary) == [("A1", "Q3 2026")]
    assert tally(summary) == (1, 0, 0)
    assert not Deal.objects.filter(source_key="A1").exists()

    assert tally(bring(*rows, reason="The CRM was down.")) == (1, 0, 1)
    assert deal("A1").moves.get().reason == "The CRM was down."
    first = DealFacts.objects.of(deal("A1")).get()
    assert first.why == "The CRM was down."
    assert DealFacts.objects.of(deal("B")).get().why == "CRM export"


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ({}, {"close_value": "510"}),
        ({}, {"close_date": "2026-10-02"}),
        ({"close_date": "2026-10-02"}, {}),
        (ENGAGING, {}),
    ],
    ids=["amount", "out of it", "into it", "won in it"],
)
def test_a_known_one_is_changed_with_a_reason_only(third, was, becomes):
    bring(was, at=IN_TIME)
    stood = where(), deal().amount
    summary = bring(becomes)
    assert left(summary) == [("A1", "Q3 2026")]
    assert tally(summary) == (0, 0, 0)
    assert (where(), deal().amount) == stood

    assert tally(bring(becomes, reason="Audited.")) == (0, 1, 0)
    assert (where(), deal().amount) != stood
    assert DealFacts.objects.of(deal()).last().why == "Audited."


def test_what_has_not_changed_there_is_as_it_was(third):
    bring({}, at=IN_TIME)
    summary = bring({})
    assert (left(summary), tally(summary)) == ([], (0, 0, 1))


def test_a_win_of_a_closed_quarter_is_opened_with_a_reason_only(third):
    bring({}, at=IN_TIME)
    take = Choices(take_all=True)
    summary = bring(ENGAGING, choices=take)
    assert (left(summary), tally(summary)) == ([("A1", "Q3 2026")], (0, 0, 0))
    assert tally(bring(ENGAGING, choices=take, reason="Audited.")) == (0, 1, 0)
    assert deal().outcome == "open"


def test_a_loss_of_a_closed_quarter_may_come_back(third):
    bring(LOST, at=IN_TIME)
    assert tally(bring(ENGAGING, choices=Choices(take_all=True))) == (0, 1, 0)
    assert deal().outcome == "open"


def test_what_people_moved_by_hand_stays_with_or_without_a_reason(third):
    bring(ENGAGING, at=IN_TIME)
    move_by_hand(deal(), deal().stage, "won")
    summary = bring(LOST)
    assert (left(summary), len(summary.placed.kept)) == ([], 1)

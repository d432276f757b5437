"""Every move from everywhere to everywhere, against a table of answers."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.transitions import (
    Books,
    Kind,
    Missing,
    Move,
    NotYet,
    Outcome,
    Place,
    transition,
)

STAGES = (40, 10, 30, 20)  # ids; the order is the organization's
FIRST, SECOND, THIRD, LAST = STAGES
BUDGET = ("Budget range confirmed",)
WHY = "Their board signed early"


def won(stage):
    return Place(stage, Outcome.WON)


def lost(stage):
    return Place(stage, Outcome.LOST)


def answer(now, to, **facts):
    """The kind of move, or what is missing."""
    try:
        return transition(STAGES, now, to, **facts).kind
    except NotYet as not_yet:
        return not_yet.missing


# What is answered with a reason: ready, not ready; and without one: ready, not ready.
STEP = (Kind.FORWARD, Kind.OVERRIDE, Kind.FORWARD, Missing.REASON_FOR_OVERRIDE)
SKIP = (Kind.OVERRIDE,) * 2 + (Missing.REASON_FOR_OVERRIDE,) * 2
BACK = (Kind.BACK,) * 2 + (Missing.REASON_FOR_BACK,) * 2
LOSE = (Kind.FORWARD,) * 2 + (Missing.CAUSE_OF_LOSS,) * 2
OPEN = (Kind.OPENED,) * 4
SAME = (Missing.ALREADY_THERE,) * 4
DONE = (Missing.CLOSED,) * 4
ELSE = (Missing.CLOSES_WHERE_IT_STANDS,) * 4
NEW = (Missing.NOT_OPENED,) * 4

ENDS = [
    *(Place(stage) for stage in STAGES),
    *(won(stage) for stage in STAGES),
    *(lost(stage) for stage in STAGES),
]
TABLE = {
    #              open in …               won in …                lost in …
    None: [OPEN, SKIP, SKIP, SKIP, NEW, NEW, NEW, NEW, NEW, NEW, NEW, NEW],
    Place(FIRST): [SAME, STEP, SKIP, SKIP, SKIP, ELSE, ELSE, ELSE, LOSE, *[ELSE] * 3],
    Place(SECOND): [BACK, SAME, STEP, SKIP, ELSE, SKIP, *[ELSE] * 3, LOSE, ELSE, ELSE],
    Place(THIRD): [BACK, BACK, SAME, STEP, ELSE, ELSE, SKIP, *[ELSE] * 3, LOSE, ELSE],
    Place(LAST): [BACK, BACK, BACK, SAME, *[ELSE] * 3, STEP, *[ELSE] * 3, LOSE],
    won(FIRST): [BACK, SKIP, SKIP, SKIP, SAME, *[DONE] * 7],
    won(SECOND): [BACK, BACK, SKIP, SKIP, DONE, SAME, *[DONE] * 6],
    won(THIRD): [BACK, BACK, BACK, SKIP, *[DONE] * 2, SAME, *[DONE] * 5],
    won(LAST): [BACK, BACK, BACK, BACK, *[DONE] * 3, SAME, *[DONE] * 4],
    lost(FIRST): [BACK, SKIP, SKIP, SKIP, *[DONE] * 4, SAME, *[DONE] * 3],
    lost(SECOND): [BACK, BACK, SKIP, SKIP, *[DONE] * 5, SAME, *[DONE] * 2],
    lost(THIRD): [BACK, BACK, BACK, SKIP, *[DONE] * 6, SAME, DONE],
    lost(LAST): [BACK, BACK, BACK, BACK, *[DONE] * 7, SAME],
}
CASES = [
    (now, to, unmet, reason, answers[case])
    for now, row in TABLE.items()
    for to, answers in zip(ENDS, row, strict=True)
    for case, (reason, unmet) in enumerate(product((WHY, " \n"), ((), BUDGET)))
    # a new deal leaves no stage, so it has no criteria to meet
    if now or not unmet
]


@pytest.mark.parametrize(("now", "to", "unmet", "reason", "expected"), CASES)
def test_every_move_has_one_answer(now, to, unmet, reason, expected):
    assert answer(now, to, unmet=unmet, reason=reason) == expected


# In a closed quarter: what somebody else's is, and what is theirs to correct, with a
# reason and without one.
IN_CLOSED = [
    (Place(LAST), won(LAST), Missing.QUARTER_CLOSED, Missing.REASON_FOR_CLOSED_QUARTER),
    (Place(FIRST), lost(FIRST), Missing.QUARTER_CLOSED, Missing.CAUSE_OF_LOSS),
    (won(LAST), Place(LAST), *[Missing.WON_IN_CLOSED_QUARTER] * 2),
    (won(FIRST), Place(SECOND), *[Missing.WON_IN_CLOSED_QUARTER] * 2),
    (lost(LAST), Place(LAST), Kind.BACK, Missing.REASON_FOR_BACK),
]


@pytest.mark.parametrize(("now", "to", "of_another", "without_reason"), IN_CLOSED)
def test_what_counts_in_a_closed_quarter(now, to, of_another, without_reason):
    assert answer(now, to, reason=WHY, books=Books.CLOSED) == of_another
    assert answer(now, to, books=Books.TO_CORRECT) == without_reason
    if now.outcome == Outcome.OPEN:
        closing = answer(now, to, reason=WHY, books=Books.TO_CORRECT)
        assert closing == Kind.FORWARD


@pytest.mark.parametrize("now", [None, *ENDS])
@pytest.mark.parametrize("to", ENDS)
def test_a_win_is_taken_back_where_it_stands_and_nothing_else_is(now, to):
    taken = answer(now, to, taking_back=True, reason=WHY)
    if now is None or now.outcome != Outcome.WON or to != Place(now.stage):
        assert taken == (Missing.ALREADY_THERE if now == to else Missing.NOT_WON)
        return
    assert taken == Kind.TAKEN_BACK
    without = answer(now, to, taking_back=True)
    assert without == Missing.REASON_FOR_TAKING_BACK
    theirs = {"taking_back": True, "reason": WHY}
    assert answer(now, to, books=Books.TO_CORRECT, **theirs) == Kind.TAKEN_BACK
    assert answer(now, to, books=Books.CLOSED, **theirs) == Missing.QUARTER_CLOSED


@pytest.mark.parametrize("now", [None, *ENDS])
@pytest.mark.parametrize("to", ENDS)
def test_an_import_may_put_anything_it_brought_anywhere(now, to):
    first = answer(now, to, importing="crm", imported_from="crm", unmet=BUDGET)
    assert first == (Missing.ALREADY_THERE if now == to else Kind.IMPORTED)


@pytest.mark.parametrize("origin", ["", "spreadsheet"])
def test_an_import_may_not_touch_a_deal_it_did_not_bring(origin):
    now, to = Place(FIRST), Place(SECOND)
    answered = answer(now, to, importing="crm", imported_from=origin)
    assert answered == Missing.OTHER_SOURCE


def test_a_person_has_no_more_rights_over_an_imported_deal():
    now, to = Place(FIRST), Place(THIRD)
    answered = answer(now, to, imported_from="crm")
    assert answered == Missing.REASON_FOR_OVERRIDE


@pytest.mark.parametrize("importing", ["", "crm"])
@pytest.mark.parametrize(
    ("now", "to"), [(Place(FIRST), Place(99)), (Place(99), Place(FIRST))]
)
def test_a_stage_of_another_organization_is_refused(now, to, importing):
    answered = answer(now, to, reason=WHY, importing=importing, imported_from=importing)
    assert answered == Missing.UNKNOWN_STAGE


def test_an_override_remembers_what_it_passed_over():
    move = transition(
        STAGES, Place(FIRST), Place(LAST), unmet=BUDGET, reason=f" {WHY} "
    )
    assert move == Move(Kind.OVERRIDE, WHY, BUDGET, skipped=(SECOND, THIRD))


def test_a_win_from_an_early_stage_skips_all_the_later_ones():
    move = transition(STAGES, Place(SECOND), won(SECOND), reason=WHY)
    assert move.skipped == (THIRD, LAST)


def test_not_yet_says_what_is_still_to_do():
    with pytest.raises(NotYet, match="reason_for_override") as refused:
        transition(STAGES, Place(FIRST), Place(THIRD), unmet=BUDGET)
    assert refused.value.unmet == BUDGET
    assert refused.value.skipped == (SECOND,)


def test_a_forward_move_keeps_a_reason_that_was_given():
    assert transition(STAGES, Place(FIRST), Place(SECOND), reason=WHY) == Move(
        Kind.FORWARD, WHY
    )


def test_one_stage_is_enough():
    assert transition([1], None, Place(1)).kind == Kind.OPENED
    assert transition([1], Place(1), won(1)).kind == Kind.FORWARD


def test_values_straight_from_a_row_will_do():
    assert answer(Place(FIRST, "open"), Place(FIRST, "lost"), reason=WHY) == "forward"


attempts = st.tuples(
    st.sampled_from([*ENDS, Place(99)]),
    st.sampled_from([(), BUDGET]),
    st.sampled_from(["", WHY]),
    st.sampled_from(["", "", "", "crm"]),
)


@given(st.lists(attempts, max_size=60))
def test_no_sequence_of_moves_without_override_or_import_skips_a_stage(tries):
    now, been_in, passed_over = None, set(), False
    for to, unmet, reason, importing in tries:
        try:
            move = transition(
                STAGES,
                now,
                to,
                unmet=unmet if now else (),
                reason=reason,
                importing=importing,
                imported_from="crm",
            )
        except NotYet:
            continue
        passed_over |= move.kind in {Kind.OVERRIDE, Kind.IMPORTED}
        if move.kind == Kind.FORWARD and to.outcome != Outcome.LOST:
            assert not unmet
        if move.kind in {Kind.BACK, Kind.OVERRIDE} or (
            to.outcome == Outcome.LOST and not importing
        ):
            assert move.reason
        now = to
        been_in.add(to.stage)
        if not passed_over:
            reached = STAGES if to.outcome == Outcome.WON else STAGES[: _order(to)]
            assert been_in.issuperset(reached)


def _order(place):
    return STAGES.index(place.stage) + 1

"""Won, lost or open, in the words and flags of files."""

import pytest

from reps.domain.files.fields import Fact
from reps.domain.files.outcomes import (
    flag_of,
    outcome_hinted,
    outcome_of,
    outcomes_said,
)
from reps.domain.transitions import Outcome

WON, LOST, OPEN = Outcome.WON, Outcome.LOST, Outcome.OPEN


@pytest.mark.parametrize(
    ("label", "outcome"),
    [
        ("Closed Won", WON),
        ("closedwon", WON),
        ("CLOSED-WON", WON),
        ("Closed won (Sales Pipeline)", WON),
        ("6 - Closed Won", WON),
        ("Stage 7: Closed Won", WON),
        ("Closed Won 100 %", WON),
        ("Gewonnen", WON),
        ("Ganada", WON),
        ("Fechado ganho", WON),
        ("Gagné", WON),
        ("Fermée/Gagnée", WON),
        ("受注", WON),
        ("closedlost", LOST),
        ("Verloren", LOST),
        ("Cerrado Perdido", LOST),
        ("Perdu", LOST),
        ("失注", LOST),
        ("open", OPEN),
        ("Offen", OPEN),
        ("進行中", OPEN),
        ("Closed", None),
        ("Negotiation", None),
        ("Won/Lost", None),
        ("受注見込み", None),
        ("1", None),
        ("", None),
    ],
)
def test_what_a_label_says(label, outcome):
    assert outcome_of(label) == outcome


@pytest.mark.parametrize(
    ("label", "outcome"),
    [
        ("Lost to a competitor", LOST),
        ("Won - in delivery", WON),
        ("Won or lost", None),
        ("Open question", None),
        ("Demo", None),
    ],
)
def test_what_a_word_of_it_hints_at(label, outcome):
    assert outcome_hinted(label) == outcome


@pytest.mark.parametrize(
    ("cell", "flag"),
    [
        ("TRUE", True),
        ("1", True),
        ("ja", True),
        ("Sí", True),
        ("はい", True),
        ("✓", True),
        ("false", False),
        ("0", False),
        ("Não", False),
        ("Done", True),
        ("Erledigt", True),
        ("Not started", False),
        ("未完了", False),
        ("Deferred", False),
        ("Waiting on someone else", False),
        ("Abgesagt", False),
        ("Realizada", True),
        ("", None),
        ("maybe", None),
    ],
)
def test_what_a_flag_says(cell, flag):
    assert flag_of(cell) == flag


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, set()),
        ({Fact.STAGE: "Demo"}, set()),
        ({Fact.OUTCOME: "won", Fact.STAGE: "Negotiation"}, {WON}),
        ({Fact.STAGE: "Closed Won", Fact.IS_WON: "true"}, {WON}),
        ({Fact.IS_WON: "true", Fact.IS_CLOSED: "true"}, {WON}),
        ({Fact.IS_WON: "false", Fact.IS_CLOSED: "true"}, {LOST}),
        ({Fact.IS_LOST: "false", Fact.IS_CLOSED: "true"}, {WON}),
        ({Fact.IS_WON: "false", Fact.IS_CLOSED: "false"}, {OPEN}),
        ({Fact.IS_WON: "false", Fact.IS_LOST: "false"}, {OPEN}),
        ({Fact.IS_WON: "false"}, set()),  # lost, or not yet
        ({Fact.IS_CLOSED: "true"}, {WON, LOST}),  # which, nobody said
        ({Fact.OUTCOME: "open", Fact.STAGE: "Closed Won"}, {OPEN, WON}),
        ({Fact.OUTCOME: "won", Fact.IS_WON: "false"}, {WON, LOST}),
        ({Fact.OUTCOME: "open", Fact.IS_CLOSED: "yes"}, {OPEN, WON, LOST}),
    ],
)
def test_what_a_row_says_of_its_outcome(cells, said):
    assert outcomes_said(cells) == said

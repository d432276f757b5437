"""Their stages, kinds and owners as ours."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.files.values import (
    How,
    Match,
    OurStage,
    Owner,
    Person,
    Standing,
    match_names,
    match_owners,
    match_stages,
)
from reps.domain.transitions import Outcome

BOARD = [
    OurStage(1, "Qualification", Decimal("0.3")),
    OurStage(2, "Demo", Decimal("0.4")),
    OurStage(3, "Proposal", Decimal("0.5")),
    OurStage(4, "Negotiation", Decimal("0.65")),
]


def only(label, **kwargs):
    (match,) = match_stages({label: 7}, BOARD, **kwargs)
    return match


class TestStages:
    @pytest.mark.parametrize(
        "label", ["Demo", " DEMO ", "Démo", "2. Demo", "Demo (Sales Pipeline)"]
    )
    def test_ours_by_its_name_however_it_is_spelled(self, label):
        match = only(label)
        assert match == Match(label, 7, (Standing(stage=2),), How.BY_NAME)
        assert match.is_settled

    @pytest.mark.parametrize(
        ("label", "outcome"),
        [("Closed Won", "won"), ("Verloren", "lost"), ("進行中", "open")],
    )
    def test_won_lost_and_open_in_a_label(self, label, outcome):
        match = only(label)
        assert match.ours == (Standing(outcome=Outcome(outcome)),)
        assert match.how == How.BY_OUTCOME
        assert match.is_settled

    def test_a_stage_of_ours_that_is_called_won_is_a_question(self):
        (match,) = match_stages({"Won": 1}, [*BOARD, OurStage(5, "Won", Decimal(1))])
        assert match.ours == (Standing(stage=5), Standing(outcome=Outcome.WON))
        assert not match.is_settled

    def test_two_of_ours_that_differ_in_an_accent_are_a_question(self):
        ours = [OurStage(1, "Exposé", Decimal(0)), OurStage(2, "Expose", Decimal(0))]
        (match,) = match_stages({"EXPOSE": 1}, ours)
        assert match.ours == (Standing(stage=1), Standing(stage=2))
        assert not match.is_settled

    @pytest.mark.parametrize(
        ("label", "stage"), [("Expose", 2), ("Exposé", 1), ("→", 3)]
    )
    def test_to_the_letter_it_is_the_one_of_that_name(self, label, stage):
        names = enumerate(["Exposé", "Expose", "→"], start=1)
        ours = [OurStage(number, name, Decimal(0)) for number, name in names]
        (match,) = match_stages({label: 1}, ours)
        assert (match.ours, match.is_settled) == ((Standing(stage=stage),), True)

    def test_a_chance_only_proposes_the_stage_nearest_to_it(self):
        match = only("Angebot", chances={"Angebot": Decimal("0.55")})
        assert match == Match("Angebot", 7, (Standing(stage=3),), How.PROPOSED)
        assert not match.is_settled

    def test_numbers_in_labels_only_propose_a_place(self):
        theirs = dict.fromkeys(["1 New", "2 Talking", "3 Offer", "9 Closed Won"], 1)
        matches = match_stages(theirs, BOARD)
        assert [(match.ours, match.how) for match in matches] == [
            ((Standing(stage=1),), How.PROPOSED),
            ((Standing(stage=3),), How.PROPOSED),
            ((Standing(stage=4),), How.PROPOSED),
            ((Standing(outcome=Outcome.WON),), How.BY_OUTCOME),
        ]

    def test_a_word_in_a_label_only_proposes_an_outcome(self):
        match = only("Lost to a competitor")
        assert match.ours == (Standing(outcome=Outcome.LOST),)
        assert match.how == How.PROPOSED

    @pytest.mark.parametrize("label", ["Talking", "", "7"])
    def test_the_others_are_listed_with_their_rows(self, label):
        assert only(label) == Match(label, 7, (), How.UNKNOWN)

    def test_without_a_board_only_outcomes_are_told(self):
        theirs = {"Demo": 1, "Won": 1}
        matches = match_stages(theirs, [], {"Demo": Decimal("0.4")})
        assert [match.how for match in matches] == [How.UNKNOWN, How.BY_OUTCOME]


class TestNames:
    KINDS = {1: "Calls", 2: "Demos held", 3: "Meetings"}

    @pytest.mark.parametrize(
        ("name", "ours", "how"),
        [
            ("calls", (1,), How.BY_NAME),
            ("Call", (1,), How.PROPOSED),
            ("Demo", (2,), How.PROPOSED),
            ("E-mail", (), How.UNKNOWN),
            ("", (), How.UNKNOWN),
        ],
    )
    def test_a_kind_of_activity(self, name, ours, how):
        assert match_names({name: 3}, self.KINDS) == [Match(name, 3, ours, how)]


class TestOwners:
    OURS = [
        Person(1, "Theo Lindqvist", "theo@acme.example"),
        Person(2, "José Núñez"),
        Person(3, "Anna Berg", "anna@acme.example"),
        Person(4, "Anna Berg", "anna.berg@acme.example"),
        Person(5, "山田 太郎"),
        Person(6, "Søren Ærø"),
    ]

    @pytest.mark.parametrize(
        ("owner", "ours", "how"),
        [
            (Owner("", "THEO@acme.example "), (1,), How.BY_EMAIL),
            (Owner("Somebody Else", "theo@acme.example"), (1,), How.BY_EMAIL),
            (Owner("theo@acme.example"), (1,), How.BY_EMAIL),
            (Owner("Theo L. <theo@acme.example>"), (1,), How.BY_EMAIL),
            (Owner("Anna Berg", "anna@acme.example"), (3,), How.BY_EMAIL),
            (Owner("theo lindqvist"), (1,), How.BY_NAME),
            (Owner("Lindqvist, Theo"), (1,), How.BY_NAME),
            (Owner("NUNEZ JOSE"), (2,), How.BY_NAME),
            (Owner("José Núñez", "jose@acme.example"), (2,), How.BY_NAME),
            (Owner("山田太郎"), (5,), How.BY_NAME),
            (Owner("Soren Aero"), (6,), How.BY_NAME),
            (Owner("Theo Lindqvist", "theo@other.example"), (1,), How.PROPOSED),
            (Owner("Theo"), (), How.UNKNOWN),
            (Owner("", "theo@other.example"), (), How.UNKNOWN),
            (Owner(""), (), How.UNKNOWN),
        ],
    )
    def test_by_e_mail_then_by_name(self, owner, ours, how):
        assert match_owners({owner: 9}, self.OURS) == [Match(owner, 9, ours, how)]

    def test_two_of_one_name_are_a_question(self):
        (match,) = match_owners({Owner("Berg, Anna"): 4}, self.OURS)
        assert match.ours == (3, 4)
        assert not match.is_settled

    def test_one_may_be_written_in_two_ways(self):
        theirs = {Owner("Theo Lindqvist"): 5, Owner("LINDQVIST, THEO"): 2}
        matches = match_owners(theirs, self.OURS)
        assert [(match.rows, match.ours) for match in matches] == [(5, (1,)), (2, (1,))]


NAMES = st.lists(st.text("abéøß山", min_size=1, max_size=4), min_size=1, max_size=3)


@given(NAMES, st.data())
def test_case_accents_and_order_of_a_name_never_matter(parts, data):
    ours = [Person(1, " ".join(parts)), Person(2, "Nobody Else")]
    again = " ".join(data.draw(st.permutations(parts)))
    for spelled in (again.upper(), again.replace("é", "e"), again.replace(" ", ", ")):
        (match,) = match_owners({Owner(spelled): 1}, ours)
        assert match.ours == (1,)

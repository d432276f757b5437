"""What a file says of its owners, and how often it is read for it."""

from datetime import date

import pytest

from reps.domain.files.fields import Kind
from reps.domain.files.values import Owner
from reps.imports.answers import Answers
from reps.imports.look_at_file import look_at_file

ROWS = [
    ("Larkspur", "Theo", "theo@harbor.example", "Won"),
    ("Quill", "Theo", "theo@harbor.example", "Lost"),
    ("Harrow", "", "", "Open"),
    ("Finch", "Mira", "", "Open"),
]


@pytest.mark.parametrize(
    ("header", "places", "owners", "times"),
    [
        (
            "Company,Owner,Status",
            (0, 1, 3),
            {Owner("Theo"): 2, Owner(""): 1, Owner("Mira"): 1},
            4,  # what it is, its encoding, its table, its rows
        ),
        (
            "Company,Owner email,Status",
            (0, 2, 3),
            {Owner("", "theo@harbor.example"): 2, Owner(""): 2},
            4,
        ),
        (
            "Company,Owner,Owner email,Status",
            (0, 1, 2, 3),
            {
                Owner("Theo", "theo@harbor.example"): 2,
                Owner(""): 1,
                Owner("Mira"): 1,
            },
            5,  # and once more, since a name and its e-mail belong together
        ),
        ("Company,Who,Result", (0, 1, 3), {}, 4),
    ],
)
def test_whose_its_rows_are(header, places, owners, times):
    lines = [header, *(",".join(row[place] for place in places) for row in ROWS)]
    opened = []

    def pieces():
        opened.append(1)
        return iter(["\n".join(lines).encode()])

    today = date(2026, 11, 12)
    look = look_at_file(pieces, Answers(), kinds=[Kind.DEALS], today=today)
    assert look.owners == owners
    assert len(opened) == times


def test_too_many_owners_to_be_kept_are_counted_row_for_row():
    lines = ["Company,Owner,Status"]
    lines += [f"Larkspur,Person {number % 1200},Open" for number in range(2400)]
    look = look_at_file(
        lambda: iter(["\n".join(lines).encode()]),
        Answers(),
        kinds=[Kind.DEALS],
        today=date(2026, 11, 12),
    )
    assert len(look.owners) == 1200
    assert set(look.owners.values()) == {2}

"""Rows become people as they say, or complaints that say why not."""

from datetime import date

import pytest

from reps.domain.files.days import NoDay, Order
from reps.domain.files.fields import Fact
from reps.domain.files.grid import Row
from reps.domain.files.people_rows import (
    NoPerson,
    PeopleMatching,
    PersonRow,
    read_people,
)
from reps.domain.files.values import Owner

FACTS = (
    Fact.NAME,
    Fact.EMAIL,
    Fact.TEAM,
    Fact.TEAM_ABOVE,
    Fact.MANAGER,
    Fact.MANAGER_EMAIL,
    Fact.SELLS,
    Fact.TIME_ZONE,
    Fact.JOINED_ON,
    Fact.LEFT_ON,
)
THEO = {
    Fact.NAME: "Theo Lindqvist",
    Fact.EMAIL: "Theo@Example.org",
    Fact.TEAM: "Nordic",
    Fact.TEAM_ABOVE: "Sales",
    Fact.MANAGER: "Erin Berg",
    Fact.MANAGER_EMAIL: "erin@example.org",
    Fact.SELLS: "yes",
    Fact.TIME_ZONE: "Stockholm",
    Fact.JOINED_ON: "01/03/2024",
    Fact.LEFT_ON: "31/10/2026",
}
NAME_ONLY = {Fact.NAME: "Ada Moss"}


def read(*rows, facts=FACTS):
    """The people of these rows, and the complaints about them."""
    matching = PeopleMatching(
        columns={fact: place for place, fact in enumerate(facts)},
        orders=dict.fromkeys((Fact.JOINED_ON, Fact.LEFT_ON), Order.DAY_FIRST),
        today=date(2026, 11, 12),
    )
    complaints = []
    people = read_people(
        (
            Row(number, tuple(row.get(fact, "") for fact in facts))
            for number, row in enumerate(rows, start=2)
        ),
        matching,
        complaints,
    )
    return list(people), [
        (one.row, one.column, one.wrong, one.value) for one in complaints
    ]


def test_a_row_says_somebody_and_where_they_stand():
    assert read(THEO) == (
        [
            PersonRow(
                who=Owner("Theo Lindqvist", "theo@example.org"),
                team="Nordic",
                above="Sales",
                manager=Owner("Erin Berg", "erin@example.org"),
                time_zone="Europe/Stockholm",
                joined_on=date(2024, 3, 1),
                left_on=date(2026, 10, 31),
                sells=True,
                row=2,
            )
        ],
        [],
    )


def test_a_name_is_enough():
    (ada,), complaints = read(NAME_ONLY)
    assert (ada.who, ada.manager, complaints) == (
        Owner("Ada Moss"),
        Owner(""),
        [],
    )
    assert (ada.team, ada.time_zone, ada.joined_on, ada.sells) == ("", "", None, None)


def test_spaces_too_many_are_one():
    (ada,), _ = read({Fact.NAME: "Ada\u00a0 Moss", Fact.TEAM: "West  Coast"})
    assert (ada.who.name, ada.team) == ("Ada Moss", "West Coast")


def test_a_name_may_stand_in_two_columns():
    halves = (Fact.FIRST_NAME, Fact.LAST_NAME)
    rows = [
        {Fact.FIRST_NAME: "Theo", Fact.LAST_NAME: "Lindqvist"},
        {Fact.LAST_NAME: "Moss"},
    ]
    people, complaints = read(*rows, facts=halves)
    assert [one.who.name for one in people] == ["Theo Lindqvist", "Moss"]
    assert complaints == []
    long = {Fact.FIRST_NAME: "T" * 100, Fact.LAST_NAME: "L" * 100}
    assert read({}, long, facts=halves) == (
        [],
        [
            (2, 2, NoPerson.EMPTY, Fact.NAME),
            (3, 2, NoPerson.TOO_LONG, "201"),
        ],
    )


@pytest.mark.parametrize(
    ("cells", "who"),
    [
        ({Fact.EMAIL: "Theo L. <Theo@Example.org>"}, ("Theo", "theo@example.org")),
        ({Fact.EMAIL: "mailto:theo@example.org"}, ("Theo", "theo@example.org")),
        ({Fact.NAME: "Theo (theo@example.org)"}, ("Theo", "theo@example.org")),
        (
            {Fact.NAME: "Theo <old@example.org>", Fact.EMAIL: "t@example.org"},
            ("Theo", "t@example.org"),
        ),
    ],
)
def test_an_address_may_have_something_beside_it(cells, who):
    (person,), complaints = read({Fact.NAME: "Theo"} | cells)
    assert (person.who, complaints) == (Owner(*who), [])


def test_a_managers_address_alone_is_a_manager():
    (ada,), _ = read(NAME_ONLY | {Fact.MANAGER: "Erin Berg <ERIN@example.org>"})
    assert ada.manager == Owner("Erin Berg", "erin@example.org")
    (ada,), _ = read(NAME_ONLY | {Fact.MANAGER_EMAIL: "erin@example.org"})
    assert ada.manager == Owner("", "erin@example.org")


@pytest.mark.parametrize(
    ("cells", "column", "why", "value"),
    [
        ({Fact.NAME: ""}, 1, NoPerson.EMPTY, Fact.NAME),
        ({Fact.NAME: "", Fact.TEAM: ""}, 1, NoPerson.EMPTY, Fact.NAME),
        ({Fact.NAME: "T" * 121}, 1, NoPerson.TOO_LONG, "121"),
        ({Fact.EMAIL: "theo at home"}, 2, NoPerson.NOT_AN_EMAIL, "theo at home"),
        (
            {Fact.EMAIL: "a@b.org, c@d.net"},
            2,
            NoPerson.NOT_AN_EMAIL,
            "a@b.org, c@d.net",
        ),
        ({Fact.EMAIL: "theo@-b.org"}, 2, NoPerson.NOT_AN_EMAIL, "theo@-b.org"),
        ({Fact.TEAM: "N" * 121}, 3, NoPerson.TOO_LONG, "121"),
        ({Fact.MANAGER_EMAIL: "erin"}, 6, NoPerson.NOT_AN_EMAIL, "erin"),
        ({Fact.SELLS: "sometimes"}, 7, NoPerson.NOT_YES_OR_NO, "sometimes"),
        ({Fact.TIME_ZONE: "CST"}, 8, NoPerson.NO_SUCH_ZONE, "CST"),
        ({Fact.JOINED_ON: "soon"}, 9, NoDay.NOT_A_DAY, "soon"),
        ({Fact.LEFT_ON: "31/12/1999"}, 10, NoDay.FAR_OFF, "1999-12-31"),
        (
            {Fact.LEFT_ON: "01/02/2024"},
            10,
            NoPerson.LEFT_BEFORE_JOINED,
            "2024-02-01, 2024-03-01",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_column_and_the_next_is_read(
    cells, column, why, value
):
    people, complaints = read(THEO | cells, NAME_ONLY)
    assert [one.who.name for one in people] == ["Ada Moss"]
    assert complaints == [(2, column, why, value)]


def test_who_began_long_ago_was_always_here():
    (theo,), complaints = read(THEO | {Fact.JOINED_ON: "01/03/1994"})
    assert (theo.joined_on, complaints) == (None, [])


def test_a_row_without_a_name_may_be_of_a_team():
    of_team = {fact: THEO[fact] for fact in FACTS[2:6]}
    (row,), complaints = read(of_team)
    assert (row.who, row.team, row.above, complaints) == (
        Owner(""),
        "Nordic",
        "Sales",
        [],
    )
    for fact in (Fact.EMAIL, Fact.SELLS, Fact.TIME_ZONE, Fact.JOINED_ON):
        _, complaints = read(of_team | {fact: THEO[fact]})
        assert complaints == [(2, 1, NoPerson.EMPTY, Fact.NAME)]
    halves = (Fact.FIRST_NAME, Fact.LAST_NAME, Fact.TEAM)
    (row,), complaints = read(of_team, facts=halves)
    assert (row.who, complaints) == (Owner(""), [])


def test_somebody_may_be_said_not_to_sell():
    (theo,), _ = read(THEO | {Fact.SELLS: "Nein"})
    assert theo.sells is False

"""Who sells where and who runs what, by all rows of a file together."""

from itertools import permutations
from random import Random

import pytest

from reps.domain.files.fields import Fact
from reps.domain.files.people_rows import NoPerson
from reps.domain.files.stands import USUAL, Stand, TeamFacts
from reps.domain.files.team_tree import team_tree

NONE = TeamFacts("")


def tree_of(*rows, ours=None, **said):
    """Rows are (person, team, above, manager, sells); what is left off is not said."""
    stands = [Stand(number, *row) for number, row in enumerate(rows, start=2)]
    known = {one.name.casefold(): one for one in ours or ()}
    tree, objections = team_tree(stands, known, "Team {}".format, **said)
    teams = {
        team.name: (team.manager, (known | tree.teams).get(team.above, NONE).name)
        for team in tree.teams.values()
    }
    people = {stand.row: stand.person for stand in stands}
    places = {
        people[row]: place if place == USUAL else tree.teams[place].name
        for row, place in tree.places.items()
    }
    return teams, places, tree, [(one.row, one.why, one.value) for one in objections]


@pytest.mark.parametrize(
    ("rows", "teams", "places"),
    [
        pytest.param(
            [
                ("theo", "Nordic", "Sales", "erin"),
                ("mira", "nordic ", "", "erin"),
                ("kai", "Nordic", "", ""),
            ],
            {"Nordic": ("erin", "Sales"), "Sales": ("", "")},
            {"theo": "Nordic", "mira": "Nordic", "kai": "Nordic"},
            id="a team is run by the manager of its rows",
        ),
        pytest.param(
            [("theo", "Nordic", "", "erin"), ("erin", "Nordic", "Sales", "lena")],
            {"Nordic": ("erin", "Sales"), "Sales": ("lena", "")},
            {"theo": "Nordic"},
            id="who stands in their own team reports to the team above",
        ),
        pytest.param(
            [("theo", "Nordic", "", "erin"), ("erin", "Sales", "", "lena")],
            {"Nordic": ("erin", "Sales"), "Sales": ("lena", "")},
            {"theo": "Nordic"},
            id="or their team does to the one they stand in",
        ),
        pytest.param(
            [("theo", "Nordic", "", "erin"), ("erin", "Nordic", "", "lena", True)],
            {"Nordic": ("erin", "")},
            {"theo": "Nordic", "erin": "Nordic"},
            id="a manager sells where their row says so",
        ),
        pytest.param(
            [("erin", "Nordic", "Sales", "erin", True)],
            {"Nordic": ("erin", "Sales"), "Sales": ("", "")},
            {"erin": "Nordic"},
            id="in their own team, too",
        ),
        pytest.param(
            [("lena", "Sales", "Global", "lena", False), ("ada", "", "", "")],
            {"Sales": ("lena", "Global"), "Global": ("", "")},
            {},
            id="a team may have nobody who sells in it, and people no team",
        ),
        pytest.param(
            [("", "Sales", "Global", "lena"), ("theo", "Nordic", "Sales", "")],
            {"Sales": ("lena", "Global"), "Nordic": ("", "Sales"), "Global": ("", "")},
            {"theo": "Nordic"},
            id="a row may be of a team alone",
        ),
        pytest.param(
            [("theo", "", "", "erin"), ("erin", "", "", "lena"), ("lena", "", "", "")],
            {"Team erin": ("erin", "Team lena"), "Team lena": ("lena", "")},
            {"theo": "Team erin"},
            id="who reports to whom is enough for a tree",
        ),
        pytest.param(
            [
                ("theo", "", "", "erin"),
                ("erin", "", "", "lena"),
                ("lena", "", "", "greta"),
                ("greta", "", "", "greta"),
            ],
            {
                "Team erin": ("erin", "Team lena"),
                "Team lena": ("lena", "Team greta"),
                "Team greta": ("greta", ""),
            },
            {"theo": "Team erin"},
            id="of any depth",
        ),
        pytest.param(
            [("anna", "Central", "", "dustin"), ("moses", "Central", "", "melvin")],
            {
                "Central": ("", ""),
                "Team dustin": ("dustin", "Central"),
                "Team melvin": ("melvin", "Central"),
            },
            {"anna": "Team dustin", "moses": "Team melvin"},
            id="of several managers each has a team below the office",
        ),
        pytest.param(
            [
                ("theo", "Sales", "", "erin"),
                ("mira", "Sales", "", "kai"),
                ("erin", "Sales", "", "lena"),
                ("kai", "Sales", "", "lena"),
                ("lena", "Sales", "", ""),
            ],
            {
                "Sales": ("lena", ""),
                "Team erin": ("erin", "Sales"),
                "Team kai": ("kai", "Sales"),
            },
            {"theo": "Team erin", "mira": "Team kai"},
            id="a department is an office, and run by those managers' own",
        ),
    ],
)
def test_all_rows_together_say_the_teams(rows, teams, places):
    for order in permutations(rows):
        found = tree_of(*order)
        assert (*found[:2], found[3]) == (teams, places, [])


def ours(name, manager="", above=""):
    return TeamFacts(name, manager, above)


@pytest.mark.parametrize(
    ("row", "known", "place"),
    [
        (("theo", "", "", "erin"), [ours("Baltic", "erin")], "Baltic"),
        (("theo", "Sales", "", "erin"), [ours("Baltic", "erin", "sales")], "Baltic"),
        (("theo", "Sales", "", "erin"), [ours("Sales", "kai")], "Sales"),
        (("theo", "BALTIC", "", ""), [ours("Baltic", "erin")], "Baltic"),
        (("theo", "", "", "erin"), [ours("Team erin", "kai")], "Team erin 2"),
    ],
)
def test_a_team_of_ours_is_known_by_its_name_or_whoever_runs_it(row, known, place):
    _teams, places, tree, _objections = tree_of(row, ours=known)
    assert places == {"theo": place}
    assert tree.offices == []


def test_a_manager_of_ours_does_not_begin_to_sell_by_standing_in_a_file():
    _, places, tree, _ = tree_of(("erin", "Baltic"), ours=[ours("Baltic", "erin")])
    assert (places, tree.only_run) == ({}, [2])


def test_beside_a_team_that_somebody_runs_here_the_office_rule_opens_it_to_nobody():
    _, places, tree, _ = tree_of(
        ("anna", "Central", "", "dustin"),
        ("moses", "Central", "", "melvin"),
        ours=[ours("Central", "dustin", "global"), ours("Global")],
    )
    assert places == {"anna": "Central", "moses": "Team melvin"}
    assert tree.teams["team melvin"].above == "global"
    assert tree.offices == ["Central"]
    # And again, when it is there.
    known = [ours("Central", "dustin", "global"), ours("Global")]
    known.append(ours("The melvins", "melvin", "global"))
    _, again, _, _ = tree_of(
        ("anna", "Central", "", "dustin"),
        ("moses", "Central", "", "melvin"),
        ours=known,
    )
    assert again == {"anna": "Central", "moses": "The melvins"}


def test_in_a_file_without_teams_everybody_sells_but_whoever_runs_one():
    _, places, _, _ = tree_of(
        ("theo",), ("erin",), ours=[ours("Baltic", "erin")], names_places=False
    )
    assert places == {"theo": USUAL}


@pytest.mark.parametrize(
    ("rows", "objections"),
    [
        pytest.param(
            [("a", "North", "Sales"), ("b", "North", "Sales"), ("c", "North", "EMEA")],
            [(4, NoPerson.TWO_ABOVE, "Sales")],
            id="most rows say what is above",
        ),
        pytest.param(
            [("a", "North", "Sales"), ("c", "North", "EMEA")],
            [(2, NoPerson.TWO_ABOVE, ""), (3, NoPerson.TWO_ABOVE, "")],
            id="or none do",
        ),
        pytest.param(
            [("a", "North", "Sales"), ("b", "Sales", "North"), ("c", "South", "Sales")],
            [(2, NoPerson.IN_A_LOOP, "North"), (3, NoPerson.IN_A_LOOP, "Sales")],
            id="no team is above itself by way of another",
        ),
        pytest.param(
            [("a", "North", "north")],
            [(2, NoPerson.IN_A_LOOP, "North")],
            id="or at once",
        ),
        pytest.param(
            [("a", "", "", "", True), ("b", "North")],
            [(2, NoPerson.EMPTY, Fact.TEAM)],
            id="who sells does so in a team",
        ),
        pytest.param(
            [
                ("a", "North", "", "erin"),
                ("b", "South", "", "erin"),
                ("c", "", "", "erin"),
            ],
            [(4, NoPerson.TEAM_UNCLEAR, "")],
            id="of two teams of a manager it has to be said which",
        ),
    ],
)
def test_what_cannot_be_is_said_of_its_rows_and_they_do_not_count(rows, objections):
    teams, _, tree, found = tree_of(*rows)
    assert found == objections
    assert not {row for row, *_ in found} & tree.places.keys()
    named = {name for row in rows for name in row[1:3]}
    gone = {rows[row - 2] for row, *_ in found}
    left = {name for row in set(rows) - gone for name in row[1:3]}
    assert not (named - left) & teams.keys()


def test_a_loop_with_a_team_of_ours_is_one_too():
    known = [ours("Sales", "", "north"), ours("North")]
    *_, found = tree_of(("a", "North", "Sales"), ours=known)
    assert found == [(2, NoPerson.IN_A_LOOP, "North")]


def test_who_report_to_each_other_have_teams_side_by_side():
    teams, _, _, found = tree_of(
        ("theo", "", "", "erin"),
        ("mira", "", "", "kai"),
        ("erin", "", "", "kai"),
        ("kai", "", "", "erin"),
    )
    assert found == []
    above = {name: above for name, (_manager, above) in teams.items()}
    assert sorted(above.values()) in (["", "Team erin"], ["", "Team kai"])


def test_a_large_tree_is_the_same_in_any_order():
    rows = [
        (f"rep{n}", "", "", f"manager{n % 7}") if n >= 20 else (f"rep{n}", f"T{n % 3}")
        for n in range(60)
    ] + [(f"manager{n}", "", "", f"leader{n % 2}") for n in range(7)]
    first = tree_of(*rows)[:2]
    for seed in range(5):
        shuffled = Random(seed).sample(rows, len(rows))
        assert tree_of(*shuffled)[:2] == first

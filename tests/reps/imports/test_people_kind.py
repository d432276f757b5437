"""A file of people makes and brings up to date who sells where, and who runs what."""

from datetime import date, timedelta

import pytest

from reps.domain.files.fields import Fact
from reps.domain.files.people_rows import NoPerson
from reps.imports.answers import answers_from
from reps.imports.file_kind import Scope, Verdict
from reps.imports.people_kind import PeopleKind, invitable_from
from reps.models import Membership, Rep, Team, TeamChange, User
from tests.factories.imports import FileImportFactory
from tests.factories.people_files import bring_people, everybody_in, look_at
from tests.factories.reps import (
    NOON,
    OrganizationFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

HEADER = "Name,Email,Team,Team above,Manager,Manager email,Time zone,Start date"
THEO = "Theo Lindqvist,t@x.org,Nordic,Sales,Erin Berg,erin@x.org,Stockholm,2024-03-01"
MIRA = "Mira Bay,m@x.org,Nordic,Sales,Erin Berg,erin@x.org,,"
ERIN = "Erin Berg,erin@x.org,Nordic,Sales,Lena Voss,lena@x.org,Berlin,2020-01-07"


@pytest.fixture
def office():
    return OrganizationFactory()


def counts(came):
    return came.added, came.changed, came.same, came.left_out_count


def kept(came):
    return [(one.about, one.fact, one.ours, one.theirs) for one in came.kept]


def complaints(came):
    return [(one.row, one.column, one.wrong, one.value) for one in came.complaints]


def asked(organization, *lines, **said):
    """What of their people is to be said, and the answers that fit."""
    answers = answers_from(said)
    scope = Scope(organization, NOON)
    matches = PeopleKind().matches(look_at(lines, answers, scope.today), answers, scope)
    return [(one.theirs, one.rows, one.fits, one.answer) for one in matches]


def test_it_makes_people_teams_and_managers(office):
    came = bring_people(office, HEADER, THEO, MIRA, ERIN)
    assert everybody_in(office) == {
        "people": [
            ("Erin Berg", "erin@x.org", "Europe/Berlin"),
            ("Lena Voss", "lena@x.org", ""),
            ("Mira Bay", "m@x.org", ""),
            ("Theo Lindqvist", "t@x.org", "Europe/Stockholm"),
        ],
        "reps": [
            ("Mira Bay", "m@x.org", "Nordic", "", ""),
            ("Theo Lindqvist", "t@x.org", "Nordic", "2024-03-01", ""),
        ],
        "teams": [("Nordic", "erin@x.org", "Sales"), ("Sales", "lena@x.org", "")],
    }
    assert counts(came) == (3, 0, 0, 0)
    assert [(one.row, one.verdict, one.cells) for one in came.shown] == [
        (
            2,
            Verdict.NEW,
            [
                *("Theo Lindqvist", "t@x.org", "Nordic", "Erin Berg"),
                *("Europe/Stockholm", "1 March 2024", ""),
            ],
        ),
        (
            3,
            Verdict.NEW,
            ["Mira Bay", "m@x.org", "Nordic", "Erin Berg", "", "", ""],
        ),
        (
            4,
            Verdict.NEW,
            ["Erin Berg", "erin@x.org", "runs Nordic", "", "Europe/Berlin", "", ""],
        ),
    ]
    assert came.said == [
        "2 teams are added: Nordic, Sales.",
        "1 manager without a row of their own is added: Lena Voss.",
        "Erin Berg runs a team and is not taken to sell. If they do, choose their team"
        " under People.",
        "3 new people have an address. Nobody is written to by this.",
    ]
    assert len(came.made["user"]) == 4
    assert came.made["rep"] == list(
        Rep.objects.order_by("pk").values_list("pk", flat=True)
    )
    assert set(came.made["team"]) == {team.pk for team in office.teams.all()}
    assert not User.objects.exclude(invited_at=None, is_admin=False).exists()
    assert not any(user.has_usable_password() for user in office.people.all())


def test_the_same_file_again_changes_nothing(office):
    bring_people(office, HEADER, THEO, MIRA, ERIN)
    before = everybody_in(office)
    came = bring_people(office, HEADER, ERIN, THEO, MIRA)
    assert counts(came) == (0, 0, 3, 0)
    assert (came.kept, came.complaints) == ([], [])
    assert came.made == {"user": [], "rep": [], "team": []}
    assert everybody_in(office) == before


def test_what_is_empty_is_filled_in_and_the_rest_stays_and_is_listed(office):
    team = TeamFactory(organization=office, name="Nordic", manager=None)
    theo = RepFactory(team=team, name="LINDQVIST, Théo", user=None)
    kai = UserFactory(organization=office, name="Kai", time_zone="UTC", email="k@x.org")
    RepFactory(team=team, name="Kai", user=kai, joined_on=date(2021, 1, 4))
    came = bring_people(
        office,
        HEADER,
        THEO,
        "Kai Holm,k@x.org,Nordic,,Erin Berg,,Berlin,2022-02-02",
    )
    assert counts(came) == (0, 1, 1, 0)
    theo.refresh_from_db()
    assert (theo.name, theo.user.name, theo.user.email, theo.user.time_zone) == (
        "LINDQVIST, Théo",
        "LINDQVIST, Théo",
        "t@x.org",
        "Europe/Stockholm",
    )
    assert theo.joined_on == date(2024, 3, 1)
    assert kept(came) == [
        ("Kai", "name", "Kai", "Kai Holm"),
        ("Kai", "time zone", "UTC", "Europe/Berlin"),
        ("Kai", "started on", "4 January 2021", "2 February 2022"),
    ]
    team.refresh_from_db()
    assert (team.manager.email, team.above.name) == ("erin@x.org", "Sales")
    assert "Nordic has another manager or team above." in came.said


def test_the_files_can_be_taken_fact_by_fact_or_all(office):
    team = TeamFactory(organization=office, name="Nordic")
    kai = UserFactory(organization=office, name="Kai", time_zone="UTC", email="k@x.org")
    rep = RepFactory(team=team, name="Kai", user=kai)
    lines = HEADER, "Kai Holm,k@x.org,Nordic,,Erin Berg,,Berlin,"
    came = bring_people(office, *lines, take=[f"time_zone:rep:{rep.pk}"])
    kai.refresh_from_db()
    assert (kai.name, kai.time_zone) == ("Kai", "Europe/Berlin")
    assert len(came.kept) == 3  # so that what was taken can be left again
    bring_people(office, *lines, take_all=True)
    for row in (kai, rep, team):
        row.refresh_from_db()
    assert (kai.name, rep.name, team.manager.name) == (
        "Kai Holm",
        "Kai Holm",
        "Erin Berg",
    )


def test_an_empty_cell_takes_nothing_away_unless_somebody_says_so(office):
    bring_people(office, HEADER, THEO)
    empty = "Theo Lindqvist,t@x.org,Nordic,,,,,"
    assert counts(bring_people(office, HEADER, empty)) == (0, 0, 1, 0)
    assert counts(bring_people(office, HEADER, empty, erase=True)) == (0, 1, 0, 0)
    theo = Rep.objects.get(name="Theo Lindqvist")
    assert (theo.joined_on, theo.user.time_zone) == (None, "")
    assert theo.user.email == "t@x.org"


# Who is who.


@pytest.fixture
def namesakes(office):
    """Two of one name: the first with an address, the second without."""
    team = TeamFactory(organization=office, name="Nordic")
    user = UserFactory(organization=office, name="Theo Lindqvist", email="t1@x.org")
    return [
        RepFactory(team=team, name="Theo Lindqvist", user=user),
        RepFactory(team=team, name="Theo Lindqvist", user=None),
    ]


def test_of_two_namesakes_a_person_says_which(office, namesakes):
    first, second = namesakes
    fits = (f"rep:{first.pk}", f"rep:{second.pk}")
    lines = "Name,Time zone", "lindqvist theo,Berlin"
    assert asked(office, *lines) == [("lindqvist theo", 1, fits, None)]
    came = bring_people(office, *lines, owners={"lindqvist theo": fits[1]})
    assert counts(came) == (0, 1, 0, 0)
    second.refresh_from_db()
    assert (second.user.time_zone, second.user.email) == ("Europe/Berlin", None)


def test_an_address_tells_namesakes_apart(office, namesakes):
    lines = "Name,Email,Time zone", "Theo Lindqvist,T1@x.org,Berlin"
    assert asked(office, *lines) == []
    bring_people(office, *lines)
    namesakes[0].user.refresh_from_db()
    assert namesakes[0].user.time_zone == "Europe/Berlin"


def test_the_same_name_with_another_address_may_be_somebody_else(office):
    team = TeamFactory(organization=office, name="Nordic")
    user = UserFactory(organization=office, name="Mira Bay", email="old@x.org")
    rep = RepFactory(team=team, name="Mira Bay", user=user)
    word = "Mira Bay (m@x.org)"
    lines = "Name,Email,Team", "Mira Bay,m@x.org,Nordic"
    assert asked(office, *lines) == [(word, 1, (f"rep:{rep.pk}",), None)]

    came = bring_people(office, *lines, owners={word: f"rep:{rep.pk}"})
    assert kept(came) == [("Mira Bay", "e-mail", "old@x.org", "m@x.org")]
    assert counts(bring_people(office, *lines, owners={word: ""})) == (0, 0, 0, 1)
    assert counts(bring_people(office, *lines, owners={word: "new"})) == (1, 0, 0, 0)
    assert Rep.objects.filter(name="Mira Bay").count() == 2


def test_whoever_is_in_another_row_by_their_address_is_not_asked_about(office):
    UserFactory(organization=office, name="Mira Bay", email="old@x.org")
    lines = "Name,Email", "Mira Bay,old@x.org", "Mira Bay,m@x.org"
    assert asked(office, *lines) == []
    assert counts(bring_people(office, *lines)) == (1, 1, 0, 0)


def test_two_rows_that_may_be_the_same_one_of_ours_are_asked(office):
    rep = RepFactory(organization=office, name="Mira Bay", user=None)
    lines = "Name,Email", "Mira Bay,m1@x.org", "Mira Bay,m2@x.org"
    answers = {f"Mira Bay (m{n}@x.org)": f"rep:{rep.pk}" for n in (1, 2)}
    assert [word for word, *_ in asked(office, *lines)] == list(answers)
    came = bring_people(office, *lines, owners=answers)
    assert complaints(came) == [(3, 1, NoPerson.TWICE, "2")]


def test_the_answers_that_fit_are_everybody_here_somebody_new_and_nobody(office):
    rep = RepFactory(organization=office, name="Mira Bay", user__email="m@x.org")
    manager = rep.team.manager
    choices = PeopleKind().choices(None, Scope(office, NOON))
    assert choices == [
        (f"rep:{rep.pk}", "Mira Bay (m@x.org)"),
        (f"user:{manager.pk}", f"{manager.name} ({manager.email})"),
        ("new", "Somebody new"),
        ("", "Leave these rows out"),
    ]


def test_who_signs_in_is_the_rep_of_their_name_as_whom_nobody_does_yet(office):
    """Theo came with a file of deals, and was added under People as well."""
    rep = RepFactory(organization=office, name="Theo Lindqvist", user=None)
    user = UserFactory(organization=office, name="Theo Lindqvist", email="t@x.org")
    came = bring_people(
        office, "Name,Email,Team", f"Theo Lindqvist,t@x.org,{rep.team.name}"
    )
    rep.refresh_from_db()
    assert (rep.user, counts(came)) == (user, (0, 1, 0, 0))
    assert Rep.objects.count() == 1


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Theo,t@x.org", "Theo L,T@x.org"], [(3, 2, NoPerson.TWICE, "2")]),
        (["Theo,", "Theo,t@x.org"], [(2, 1, NoPerson.NAMESAKE, "3")]),
        (
            ["Theo L,", "L. Theo,"],
            [(2, 1, NoPerson.NAMESAKE, "3"), (3, 1, NoPerson.NAMESAKE, "2")],
        ),
        (["Theo,t1@x.org", "Theo,t2@x.org"], []),
    ],
)
def test_a_person_stands_once_in_a_file(office, lines, said):
    came = bring_people(office, "Name,Email", *lines)
    assert complaints(came) == said
    assert came.added == 2 - len(said)


def test_an_address_of_another_organization_cannot_be_used_and_no_more_is_said(office):
    elsewhere = UserFactory(email="t@x.org", name="Secret Name")
    came = bring_people(office, HEADER, THEO, MIRA.replace("erin@", "t@"))
    assert complaints(came) == [
        (2, 2, NoPerson.CANNOT_BE_USED, "t@x.org"),
        (3, 6, NoPerson.CANNOT_BE_USED, "t@x.org"),
    ]
    assert elsewhere.name not in str(came)
    assert not office.people.exists()


def test_a_manager_is_known_by_address_or_name_wherever_their_row_is(office):
    lines = [
        "Mira Bay,m@x.org,Nordic,Berg Erin,",
        "Theo,t@x.org,Baltic,,kai@x.org",
        "Erin Berg,erin@x.org,,,",
        "Kai Holm,kai@x.org,,,",
    ]
    bring_people(office, "Name,Email,Team,Manager,Manager email", *lines)
    assert everybody_in(office)["teams"] == [
        ("Baltic", "kai@x.org", ""),
        ("Nordic", "erin@x.org", ""),
    ]
    assert office.people.count() == 4


def test_a_manager_who_is_only_named_may_be_one_with_an_address(office):
    bring_people(
        office,
        "Name,Team,Manager,Manager email",
        "Mira Bay,Nordic,Erin Berg,",
        "Theo,Nordic,Erin Berg,erin@x.org",
        "Ida,Baltic,,erin@x.org",
    )
    assert everybody_in(office)["teams"] == [
        ("Baltic", "erin@x.org", ""),
        ("Nordic", "erin@x.org", ""),
    ]
    assert office.people.get(email="erin@x.org").name == "Erin Berg"


def test_which_of_two_managers_of_a_name_has_to_be_said(office):
    came = bring_people(
        office,
        "Name,Email,Team,Manager",
        "Erin Berg,e1@x.org,,",
        "Erin Berg,e2@x.org,,",
        "Theo,t@x.org,Nordic,Erin Berg",
    )
    assert complaints(came) == [(4, 4, NoPerson.MANAGER_UNCLEAR, "Erin Berg")]


def test_a_manager_may_be_one_of_two_of_ours_and_is_asked_about(office):
    first, second = (UserFactory(organization=office, name="Erin Berg") for _ in "ab")
    lines = "Name,Team,Manager", "Theo,Nordic,Erin Berg", "Mira,Nordic,Erin Berg"
    fits = (f"user:{first.pk}", f"user:{second.pk}")
    assert asked(office, *lines) == [("Erin Berg", 2, fits, None)]
    bring_people(office, *lines, owners={"Erin Berg": fits[1]})
    assert Team.objects.get(name="Nordic").manager == second


def test_a_manager_nobody_is_to_be_is_none(office):
    UserFactory(organization=office, name="Erin Berg", email="old@x.org")
    lines = "Name,Team,Manager,Manager email", "Theo,Nordic,Erin Berg,erin@x.org"
    bring_people(office, *lines, owners={"Erin Berg (erin@x.org)": ""})
    assert Team.objects.get(name="Nordic").manager is None


def test_a_rep_becomes_a_manager_who_can_be_one(office):
    """Who runs a team is a person, with a login or without."""
    rep = RepFactory(organization=office, name="Erin Berg", user=None)
    bring_people(office, "Name,Team,Manager", "Theo,Baltic,Erin Berg")
    rep.refresh_from_db()
    assert Team.objects.get(name="Baltic").manager == rep.user
    assert (rep.user.name, rep.user.email) == ("Erin Berg", None)


def test_a_manager_sells_where_the_file_says_so(office):
    came = bring_people(
        office,
        "Name,Team,Manager,Sells",
        "Theo,Nordic,Erin,yes",
        "Erin,Nordic,Erin,yes",
        "Lena,Sales,Lena,no",
    )
    assert everybody_in(office)["reps"] == [
        ("Erin", "", "Nordic", "", ""),
        ("Theo", "", "Nordic", "", ""),
    ]
    assert ("Sales", "Lena", "") in everybody_in(office)["teams"]
    assert [one.cells[2] for one in came.shown] == ["Nordic", "Nordic", "runs Sales"]


# Where they are, and since when.


@pytest.fixture
def theo(office):
    """In Baltic, since 2024."""
    team = TeamFactory(organization=office, name="Baltic")
    return RepFactory(
        team=team, name="Theo", user__email="t@x.org", joined_on=date(2024, 3, 1)
    )


def memberships(rep):
    return list(
        Membership.objects.filter(rep=rep)
        .order_by("pk")
        .values_list("team__name", "starts_on", "ends_on")
    )


def test_nobody_is_moved_without_a_day(office, theo):
    lines = "Name,Email,Team", "Theo,t@x.org,Nordic"
    came = bring_people(office, *lines)
    assert kept(came) == [("Theo", "team", "Baltic", "Nordic, since 12 November 2026")]
    assert counts(came) == (0, 0, 1, 0)
    assert memberships(theo) == [("Baltic", None, None)]

    admin = UserFactory(organization=office, is_admin=True)
    came = bring_people(office, *lines, by=admin, take=[f"team:rep:{theo.pk}"])
    assert counts(came) == (0, 1, 0, 0)
    assert memberships(theo) == [
        ("Baltic", None, date(2026, 11, 11)),
        ("Nordic", date(2026, 11, 12), None),
    ]
    assert TeamChange.objects.get().changed_by == admin


def test_a_later_day_of_joining_is_that_of_the_other_team(office, theo):
    lines = "Name,Email,Team,Start date", "Theo,t@x.org,Nordic,2026-10-20"
    came = bring_people(office, *lines)
    assert (counts(came), came.kept) == ((0, 1, 0, 0), [])
    assert memberships(theo) == [
        ("Baltic", None, date(2026, 10, 19)),
        ("Nordic", date(2026, 10, 20), None),
    ]
    assert TeamChange.objects.get().why == "A file of people says so."
    theo.refresh_from_db()
    assert theo.joined_on == date(2024, 3, 1)
    # It is that day which is known now.
    again = bring_people(office, *lines)
    assert (counts(again), again.kept) == ((0, 0, 1, 0), [])


@pytest.mark.parametrize("joined", ["2024-03-01", "2023-01-09", "2026-12-24"])
def test_another_day_of_joining_is_none_of_a_move(office, theo, joined):
    came = bring_people(
        office, "Name,Email,Team,Start date", f"Theo,t@x.org,Nordic,{joined}"
    )
    assert ("team", "Baltic") in [(one.fact, one.ours) for one in came.kept]
    assert memberships(theo) == [("Baltic", None, None)]


def test_nor_is_one_in_a_closed_quarter(office, theo):
    QuarterFactory(
        organization=office,
        name="Q3",
        starts_on=date(2026, 7, 6),
        ends_on=date(2026, 10, 4),
        made_at=NOON - timedelta(days=150),
    )
    lines = "Name,Email,Team,Start date", "Theo,t@x.org,Nordic,2026-08-03"
    assert office.quarters.with_closing().get().is_closed(NOON)
    came = bring_people(office, *lines)
    assert "Nordic, since 3 August 2026" in [one.theirs for one in came.kept]
    bring_people(office, *lines, take_all=True)
    assert memberships(theo)[1] == ("Nordic", date(2026, 8, 3), None)


def test_who_has_left_owes_nothing_after_it_and_history_stays(office, theo):
    quota = QuotaFactory(rep=theo)
    came = bring_people(office, "Name,Email,Left", "Theo,t@x.org,2026-11-06")
    quota.refresh_from_db()
    theo.refresh_from_db()
    assert (theo.left_on, theo.user.is_active) == (date(2026, 11, 6), True)
    assert (quota.amount, quota.holds_from) == (0, date(2026, 11, 7))
    assert came.said == [
        "Theo has left and may still sign in: take that away under People."
    ]
    assert memberships(theo) == [("Baltic", None, None)]


def test_a_newcomer_who_has_left_may_not_sign_in(office):
    lines = "Name,Email,Team,Left", "Theo,t@x.org,Nordic,2025-05-30"
    came = bring_people(office, *lines)
    theo = Rep.objects.get(name="Theo")
    assert (theo.left_on, theo.user.is_active) == (date(2025, 5, 30), False)
    assert came.said == ["1 team is added: Nordic."]


def test_nobody_leaves_before_they_joined_by_what_is_here(office, theo):
    came = bring_people(office, "Name,Email,Left", "Theo,t@x.org,2024-02-01")
    assert complaints(came) == [
        (2, 3, NoPerson.LEFT_BEFORE_JOINED, "2024-02-01, 2024-03-01")
    ]


def test_days_of_whoever_does_not_sell_say_nothing(office):
    lines = "Name,Email,Team,Start date", "Ada,a@x.org,,2024-03-01"
    bring_people(office, *lines)
    assert counts(bring_people(office, *lines)) == (0, 0, 1, 0)
    assert not Rep.objects.exists()


# Teams.


def test_the_manager_and_the_team_above_stay_and_are_listed(office):
    sales = TeamFactory(organization=office, name="Sales")
    kai = UserFactory(organization=office, name="Kai")
    TeamFactory(organization=office, name="Nordic", manager=kai, above=sales)
    came = bring_people(office, HEADER, THEO.replace("Sales", "EMEA"))
    assert kept(came) == [
        ("Nordic", "manager", "Kai", "Erin Berg"),
        ("Nordic", "team above", "Sales", "EMEA"),
    ]
    assert not User.objects.filter(name="Erin Berg").exists()
    bring_people(office, HEADER, THEO.replace("Sales", "EMEA"), take_all=True)
    assert ("Nordic", "erin@x.org", "EMEA") in everybody_in(office)["teams"]


def test_what_is_taken_makes_no_loop(office):
    top = TeamFactory(organization=office, name="Top")
    north = TeamFactory(organization=office, name="North", above=top)
    TeamFactory(organization=office, name="South", above=north)
    lines = "Name,Team,Team above", "Theo,North,South"
    came = bring_people(office, *lines, take_all=True)
    assert [one.theirs for one in came.kept] == ["South"]
    assert everybody_in(office)["teams"][0][2] == "Top"


def test_a_loop_is_said_of_its_rows(office):
    came = bring_people(
        office, "Name,Team,Team above", "Theo,North,South", "Mira,South,North"
    )
    assert [(one.row, one.column, one.wrong) for one in came.complaints] == [
        (2, 3, NoPerson.IN_A_LOOP),
        (3, 3, NoPerson.IN_A_LOOP),
    ]
    assert not Team.objects.exists()


def test_an_office_of_several_managers_is_above_their_teams(office):
    """As in the public export of a CRM: sales_agent, manager, regional_office."""
    lines = [
        "sales_agent,manager,regional_office",
        "Anna Snelling,Dustin Brinkmann,Central",
        "Moses Frase,Melvin Marxen,Central",
        "Boris Faz,Rocco Neubert,East",
    ]
    came = bring_people(office, *lines)
    assert everybody_in(office)["teams"] == [
        ("Central", "", ""),
        ("East", "Rocco Neubert", ""),
        ("Team Dustin Brinkmann", "Dustin Brinkmann", "Central"),
        ("Team Melvin Marxen", "Melvin Marxen", "Central"),
    ]
    assert (
        "Central has several managers in the file: each has an own team." in came.said
    )
    assert counts(bring_people(office, *lines)) == (0, 0, 3, 0)


def test_which_team_of_a_manager_has_to_be_said(office):
    erin = UserFactory(organization=office, name="Erin")
    for name in ("North", "South"):
        TeamFactory(organization=office, name=name, manager=erin)
    came = bring_people(office, "Name,Manager", "Theo,Erin")
    assert complaints(came) == [(2, 2, NoPerson.TEAM_UNCLEAR, "Erin")]


def test_in_a_file_without_teams_people_sell_in_the_only_one_or_in_one_for_newcomers(
    office,
):
    team = TeamFactory(organization=office, name="West")
    came = bring_people(office, "Name", "Theo")
    assert Rep.objects.get(name="Theo").team == team
    assert came.made["team"] == []
    TeamFactory(organization=office)
    came = bring_people(office, "Name", "Mira", "Theo")
    assert Rep.objects.get(name="Mira").team.name == "New from a file"
    assert len(came.made["team"]) == 1
    assert counts(came) == (1, 0, 1, 0)


def test_whoever_sells_here_and_is_not_in_the_file_is_listed(office, theo):
    RepFactory(team=theo.team, name="Gone", left_on=date(2026, 1, 1))
    came = bring_people(office, "Name,Team", "Mira,Baltic")
    assert (came.absent_count, came.absent) == (1, ["Theo"])


def test_a_person_may_have_a_row_more_for_each_team_they_run(office):
    lines = [
        "Name,Email,Team,Manager,Sells",
        "Erin,e@x.org,South,Erin,no",
        "Erin,e@x.org,Nordic,Kai,yes",
        "Erin,e@x.org,North,Erin,no",
    ]
    came = bring_people(office, *lines)
    assert (came.complaints, counts(came)) == ([], (1, 0, 2, 0))
    facts = everybody_in(office)
    assert facts["reps"] == [("Erin", "e@x.org", "Nordic", "", "")]
    assert facts["teams"] == [
        ("Nordic", "Kai", ""),
        ("North", "e@x.org", ""),
        ("South", "e@x.org", ""),
    ]


def test_a_row_of_no_name_is_bad_where_the_name_has_two_columns(office):
    came = bring_people(office, "Vorname,Nachname,E-Mail", "Theo,Ek,a", ",,t@x.org")
    assert [(one.row, one.wrong, one.value) for one in came.complaints] == [
        (2, NoPerson.NOT_AN_EMAIL, "a"),
        (3, NoPerson.EMPTY, Fact.NAME),
    ]


def test_a_row_may_be_of_a_team_alone(office):
    lines = "Name,Team,Team above,Manager", ",Sales,Global,Lena", "Theo,Sales,,"
    came = bring_people(office, *lines)
    assert everybody_in(office)["teams"] == [
        ("Global", "", ""),
        ("Sales", "Lena", "Global"),
    ]
    assert [(one.row, one.verdict, one.cells[:4]) for one in came.shown] == [
        (2, Verdict.NEW, ["", "", "Sales", "Lena"]),
        (3, Verdict.NEW, ["Theo", "", "Sales", "Lena"]),
    ]
    assert counts(came) == (2, 0, 0, 0)
    Team.objects.filter(name="Sales").update(above=None)
    assert counts(bring_people(office, *lines)) == (0, 1, 1, 0)
    assert counts(bring_people(office, *lines)) == (0, 0, 2, 0)


def test_those_who_are_new_can_be_invited_until_they_are(office):
    came = bring_people(
        office,
        "Name,Email,Team,Left",
        "Theo,t@x.org,Nordic,",
        "Mira,m@x.org,Nordic,",
        "Kai,,Nordic,",
        "Ida,i@x.org,Nordic,2025-05-30",
        "Una,u@x.org,Nordic,2026-11-11",
    )
    brought = FileImportFactory(
        organization=office,
        result={"made": came.made},
        state="brought_in",
        brought_in_at=NOON,
    )
    admin = UserFactory(organization=office, is_admin=True)

    def names(by):
        found = invitable_from(brought, by=by, today=NOON.date())
        return [person.name for person in found]

    assert names(admin) == ["Mira", "Theo"]
    User.objects.get(name="Mira").mark_invited(at=NOON)
    assert names(admin) == ["Theo"]
    assert names(UserFactory(organization=office)) == []
    assert names(UserFactory(is_admin=True)) == []


def test_before_there_is_a_name_there_is_nobody_to_ask_about(office):
    RepFactory(organization=office, name="Theo")
    assert asked(office, "Email,Team", "t@x.org,Nordic") == []

"""Somebody always can act: who stands in for whom, and who acts where nobody can."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from reps.models import Deal, Rep, StandIn, Team
from reps.models.stand_in import acting_for, in_place_of
from tests.factories.reps import (
    DealFactory,
    OrganizationFactory,
    RepFactory,
    StandInFactory,
    TeamFactory,
    UserFactory,
    todays_date,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def erin(rep):
    return rep.team.manager


@pytest.fixture
def noor(rep):
    """A colleague of another team."""
    return RepFactory(name="Noor Haddad", organization=rep.organization).user


@pytest.fixture
def named(erin, noor):
    """Noor stands in for Erin, with the days left to the test."""
    return lambda **facts: StandInFactory(manager=erin, person=noor, **facts)


def acts(user, rep):
    return Rep.objects.managed_by(user).filter(pk=rep.pk).exists()


# --- From one day to another ------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "is_on_duty"),
    [
        (-1, 1, True),
        (0, 0, True),  # for a day
        (-7, 0, True),  # the last day counts
        (0, 7, True),  # so does the first
        (-7, -1, False),  # it was over yesterday
        (1, 7, False),  # it begins tomorrow
    ],
)
def test_it_holds_on_its_days_and_on_no_other(
    rep, noor, named, starts, ends, is_on_duty
):
    stand_in = named(starts=starts, ends=ends)
    assert acts(noor, rep) == is_on_duty
    assert Team.objects.run_by(noor).filter(pk=rep.team_id).exists() == is_on_duty
    assert (stand_in in StandIn.objects.on_duty()) == is_on_duty
    assert (in_place_of(noor, rep) == rep.team.manager) == is_on_duty
    assert (noor in acting_for(rep.team)) == is_on_duty


@pytest.mark.parametrize(
    ("here", "elsewhere"),
    [("Pacific/Kiritimati", "Pacific/Pago_Pago"), ("Pacific/Pago_Pago", "Etc/GMT-14")],
    ids=["it is tomorrow there", "it is yesterday there"],
)
def test_a_day_is_the_organizations(here, elsewhere):
    """The two never have the same date: twenty-five hours lie between them."""
    ours = OrganizationFactory(time_zone=here)
    theirs = todays_date(OrganizationFactory(time_zone=elsewhere))
    rep = RepFactory(organization=ours)
    facts = {"manager": rep.team.manager, "organization": ours}
    over = StandInFactory(starts_on=theirs, ends_on=theirs, **facts)
    now = StandInFactory(starts=0, ends=0, **facts)
    assert not acts(over.person, rep)
    assert acts(now.person, rep)


def test_ended_early_they_stand_in_no_more_at_once(rep, noor, named):
    stand_in, today = named(ends=30), todays_date(rep.organization)
    stand_in.end(on=today)
    assert StandIn.objects.get() == stand_in
    assert stand_in.ends_on == today - timedelta(days=1)
    assert not acts(noor, rep)


@pytest.mark.parametrize("starts", [0, 1])
def test_taken_back_on_its_first_day_or_before_it_never_was(named, rep, starts):
    named(starts=starts, ends=3).end(on=todays_date(rep.organization))
    assert not StandIn.objects.exists()


def test_what_is_over_stays_as_it_was(named, rep):
    stand_in = named(starts=-9, ends=-3)
    stand_in.end(on=todays_date(rep.organization))
    assert StandIn.objects.get().ends_on == stand_in.ends_on


# --- What they may do, and towards whom -------------------------------------------


def test_they_act_for_all_of_the_managers_teams_and_see_those_below(rep, noor, named):
    named()
    below = RepFactory(team=TeamFactory(above=rep.team, organization=rep.organization))
    assert acts(noor, rep)
    assert not acts(noor, below)
    assert below in Rep.objects.visible_to(noor)
    deal = DealFactory(owner=rep)
    assert deal in Deal.objects.movable_by(noor)


def test_nobody_stands_in_towards_themselves(rep, erin):
    peer = RepFactory(team=rep.team)
    StandInFactory(manager=erin, person=peer.user)
    assert acts(peer.user, rep)
    assert not acts(peer.user, peer)
    assert in_place_of(peer.user, rep) == erin
    assert in_place_of(peer.user, peer) is None


def test_it_is_not_handed_on(rep, noor, named):
    named()
    another = StandInFactory(manager=noor).person
    assert not acts(another, rep)


def test_whoever_acts_in_their_own_right_stands_in_for_nobody(rep, erin, leader):
    erin.is_active = False
    erin.save()
    StandInFactory(manager=erin, person=leader)
    assert in_place_of(leader, rep) is None
    assert in_place_of(erin, rep) is None
    assert in_place_of(rep.user, rep) is None


def test_neither_the_rep_nor_the_manager_costs_a_query(
    rep, erin, django_assert_num_queries
):
    with django_assert_num_queries(0):
        in_place_of(erin, rep)
        in_place_of(rep.user, rep)


# --- Where a team has nobody who can ----------------------------------------------

NOBODY = {
    "no manager": lambda team: Team.objects.filter(pk=team.pk).update(manager=None),
    "one who may not sign in": lambda team: _change(team.manager, is_active=False),
    "one without an address": lambda team: _change(team.manager, email=None),
}


def _change(person, **facts):
    type(person).objects.filter(pk=person.pk).update(**facts)


@pytest.mark.parametrize("gone", NOBODY.values(), ids=NOBODY)
def test_the_one_above_acts_where_a_team_has(rep, leader, gone):
    peer = TeamFactory(above=rep.team.above, organization=rep.organization)
    assert not acts(leader, rep)
    assert acting_for(rep.team) == [rep.team.manager]
    gone(rep.team)
    assert acts(leader, rep)
    assert acting_for(rep.team) == [leader]
    assert peer not in Team.objects.acted_for_by(leader)  # it has a manager


def test_it_is_the_next_above_who_can(rep, leader):
    top = TeamFactory(organization=rep.organization)
    Team.objects.filter(pk=rep.team.above_id).update(above=top)
    rep.team.manager = None
    rep.team.save()
    assert not acts(top.manager, rep)
    _change(leader, is_active=False)
    assert acts(top.manager, rep)
    assert acting_for(rep.team) == [top.manager]


def test_whoever_stands_in_for_the_one_above_acts_in_their_place(rep, leader, noor):
    StandInFactory(manager=leader, person=noor)
    assert not acts(noor, rep)
    _change(rep.team.manager, is_active=False)
    assert acts(noor, rep)
    assert in_place_of(noor, rep) == leader
    assert acting_for(rep.team) == [leader, noor]


def test_a_stand_in_stays_when_the_manager_cannot_sign_in(rep, leader, noor, named):
    named()
    _change(rep.team.manager, is_active=False)
    assert acts(noor, rep)
    assert acting_for(rep.team) == [leader, noor]


# --- Of whose check-ins somebody hears --------------------------------------------


def told(user):
    return set(Team.objects.told_of_to(user))


def test_the_one_right_above_hears_and_nobody_further_up(rep, leader):
    top = TeamFactory(organization=rep.organization)
    Team.objects.filter(pk=rep.team.above_id).update(above=top)
    assert told(leader) == {rep.team}
    assert told(top.manager) == {rep.team.above}
    assert told(rep.team.manager) == set()


def test_where_the_one_above_acts_the_next_above_hears(rep, leader):
    top = TeamFactory(organization=rep.organization)
    Team.objects.filter(pk=rep.team.above_id).update(above=top)
    _change(rep.team.manager, is_active=False)
    assert told(leader) == set()
    assert told(top.manager) == {rep.team.above, rep.team}


def test_whoever_stands_in_for_the_one_above_hears_too(rep, leader, noor):
    StandInFactory(manager=leader, person=noor)
    assert told(noor) == {rep.team}


# --- What the database refuses ----------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"starts": 1, "ends": 0}, "standin_ends_after_it_starts"),
        ({"starts": 1, "ends": 3}, "standin_one_a_day"),
    ],
)
def test_it_is_refused(named, facts, rule):
    named()
    with pytest.raises(IntegrityError, match=rule):
        named(**facts)


def test_one_after_the_other_is_fine_and_so_are_two_managers(named, noor, rep):
    named()
    named(starts=2, ends=3)
    StandInFactory(person=noor, organization=rep.organization)
    assert StandIn.objects.count() == 3


def test_nobody_stands_in_for_themselves(erin):
    with pytest.raises(IntegrityError, match="standin_is_somebody_else"):
        StandInFactory(manager=erin, person=erin)


def test_they_are_of_the_same_organization(erin):
    with pytest.raises(IntegrityError, match="standin_same_organization_person"):
        StandInFactory(manager=erin, person=UserFactory())


# --- Whose they are to see, and to end --------------------------------------------


def test_who_sees_them_and_who_ends_them(named, erin, noor, rep):
    stand_in = named()
    admin = UserFactory(is_admin=True, organization=rep.organization)
    see, end = StandIn.objects.visible_to, StandIn.objects.editable_by
    assert {stand_in} == set(see(erin)) == set(see(noor)) == set(see(admin))
    assert {stand_in} == set(end(erin)) == set(end(admin))
    strangers = [rep.user, UserFactory(is_admin=True)]
    assert not any(see(one).exists() for one in strangers)
    assert not any(end(one).exists() for one in [noor, *strangers])

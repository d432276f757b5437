"""The people of an export: reps, managers, and the teams between them."""

import pytest

from reps.imports.refusal import Refused
from reps.models import Deal, Rep, Team, User
from tests.factories.exports import SELLERS, bring, teams
from tests.factories.reps import OrganizationFactory, RepFactory, TeamFactory

pytestmark = pytest.mark.django_db


def test_it_makes_a_team_for_each_manager_below_each_office():
    bring({})
    tree = Team.objects.values_list("name", "manager__name", "above__name")
    assert set(tree) == {
        ("North", None, None),
        ("Team Omar Haddad", "Omar Haddad", "North"),
        ("South", None, None),
        ("Team Sofia Marsh", "Sofia Marsh", "South"),
    }
    people = Rep.objects.values_list("name", "team__manager__name", "user")
    assert set(people) == {
        ("Ines Calder", "Omar Haddad", None),
        ("Jun Park", "Omar Haddad", None),
        ("Petra Lind", "Sofia Marsh", None),
    }


def test_managers_have_no_address_and_cannot_sign_in():
    bring({})
    for manager in User.objects.all():
        assert manager.email is None
        assert not manager.has_usable_password()


def test_each_manager_sees_the_deals_of_their_own_team():
    bring({}, {"opportunity_id": "B", "sales_agent": "Petra Lind"})
    seen = {
        manager.name: [found.source_key for found in Deal.objects.visible_to(manager)]
        for manager in User.objects.all()
    }
    assert seen == {"Omar Haddad": ["A1"], "Sofia Marsh": ["B"]}


def test_whoever_is_here_already_stays_in_their_team():
    organization = OrganizationFactory(name="Calder & Lind")
    team = TeamFactory(organization=organization, name="The harbour team")
    ines = RepFactory(organization=organization, name="INES CALDER", team=team)
    bring({})
    assert Deal.objects.get().owner == ines
    ines.refresh_from_db()
    assert (ines.name, ines.team) == ("INES CALDER", team)


def test_a_newcomer_joins_the_managers_team_whatever_it_is_called_now():
    bring({})
    team = Team.objects.get(manager__name="Omar Haddad")
    Team.objects.filter(pk=team.pk).update(name="The harbour team")
    newcomer = ("Nia Cole", "Omar Haddad", "North")
    bring({}, teams=teams(*SELLERS, newcomer))
    assert Rep.objects.get(name="Nia Cole").team == team
    assert Team.objects.count() == 4


def test_a_manager_without_an_office_has_a_team_below_none():
    bring({}, teams=teams(("Ines Calder", "Omar Haddad", "")))
    assert Team.objects.get().above is None


def test_a_name_that_two_reps_share_is_refused():
    organization = OrganizationFactory(name="Calder & Lind")
    RepFactory.create_batch(2, organization=organization, name="Jun Park")
    with pytest.raises(Refused) as refused:
        bring({})
    assert refused.value.lines == [
        'teams.csv names "Jun Park", and here two reps are called so'
    ]

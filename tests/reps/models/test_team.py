"""Who runs whom is asked of the tree itself."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from reps.models import Team
from tests.factories.reps import OrganizationFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """Three teams, one above the other, the top one first."""
    organization = OrganizationFactory()
    top = TeamFactory(organization=organization)
    middle = TeamFactory(organization=organization, above=top)
    return top, middle, TeamFactory(organization=organization, above=middle)


def test_a_leader_runs_every_team_below(tree):
    top, middle, bottom = tree
    assert set(Team.objects.run_by(top.manager)) == {top, middle, bottom}
    assert set(Team.objects.run_by(middle.manager)) == {middle, bottom}
    assert set(Team.objects.run_by(bottom.manager)) == {bottom}
    assert not Team.objects.run_by(UserFactory(organization=top.organization)).exists()


def test_a_loop_of_teams_ends(tree):
    top, _, bottom = tree
    Team.objects.filter(pk=top.pk).update(above=bottom)
    assert set(Team.objects.run_by(bottom.manager)) == set(tree)


def test_a_loop_is_refused_where_it_is_made(tree):
    top, _, bottom = tree
    top.above = bottom
    with pytest.raises(ValidationError, match="below the one you are changing"):
        top.clean()


def test_a_team_is_not_above_itself(tree):
    with pytest.raises(IntegrityError, match="team_is_not_above_itself"):
        Team.objects.filter(pk=tree[0].pk).update(above=tree[0])


def test_the_manager_is_of_the_same_organization(tree):
    with pytest.raises(IntegrityError, match="team_same_organization_manager"):
        Team.objects.filter(pk=tree[0].pk).update(manager=UserFactory())

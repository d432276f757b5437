"""Whom to ask is named: the organization's admins, of whom two are enough."""

import pytest

from reps.views.whom_to_ask import whom_to_ask
from tests.factories.reps import OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "an admin"),
        (["Ada Brandt"], "Ada Brandt"),
        (["Ada Brandt", "Omar Haddad", "Zoe Lim"], "Ada Brandt or Omar Haddad"),
    ],
)
def test_it_names_those_who_keep_the_organization(names, said):
    organization = OrganizationFactory()
    for name in names:
        UserFactory(organization=organization, name=name, is_admin=True)
    UserFactory(is_admin=True)  # of another
    UserFactory(organization=organization, is_admin=True, is_active=False)

    assert str(whom_to_ask(UserFactory(organization=organization))) == said


def test_nobody_is_looked_up_before_that_is_shown(django_assert_num_queries):
    user = UserFactory()
    with django_assert_num_queries(0):
        named = whom_to_ask(user)
    with django_assert_num_queries(1):
        assert f"{named} {named}" == "an admin an admin"

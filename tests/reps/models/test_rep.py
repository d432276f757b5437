"""A rep, and the person who signs in as one."""

import pytest

from reps.models import Rep, User
from reps.models.rep import OwnMark
from tests.factories.reps import UserFactory

pytestmark = pytest.mark.django_db


def keep(person, by):
    Rep.objects.keep_person(person, by=by, team=None, joined_on=None, left_on=None)


def test_nobody_gives_themselves_the_mark_of_hr():
    ada = UserFactory(is_admin=True)
    ada.is_hr_partner = True
    with pytest.raises(OwnMark):
        keep(ada, by=User.objects.get(pk=ada.pk))
    assert not User.objects.get(pk=ada.pk).is_hr_partner


def test_another_admin_gives_it_and_it_stays():
    ada = UserFactory(is_admin=True)
    bo = UserFactory(is_admin=True, organization=ada.organization)
    ada.is_hr_partner = True
    keep(ada, by=bo)
    ada.name = "Ada K."
    keep(ada, by=ada)
    ada.refresh_from_db()
    assert (ada.name, ada.is_hr_partner) == ("Ada K.", True)

    ada.is_hr_partner = False
    keep(ada, by=ada)
    assert not User.objects.get(pk=ada.pk).is_hr_partner

"""What stands for a value while a query is compiled."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from reps.models import Deal, Organization, User
from reps.models.placeholders import PLACEHOLDERS, Placeholders, kind
from tests.factories.reps import UserFactory

VALUES = [7, "a", date(2026, 11, 9), datetime(2026, 11, 9, tzinfo=UTC), Decimal(7)]
VALUES += [uuid4()]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_it_is_of_the_same_type_and_each_is_another(value):
    made = Placeholders(0, 1).of([value, value])
    assert {type(one) for one in made} == {type(value)}
    assert made[0] != made[1]
    assert value not in made


@pytest.mark.parametrize("type_", PLACEHOLDERS)
def test_numbered_up_and_down_none_is_any_of_the_other_run(type_):
    make = PLACEHOLDERS[type_]
    assert len({make(number) for number in range(1, 500)}) == 499


@pytest.mark.parametrize("value", [None, True, False, 0, "", Decimal(0)])
def test_what_a_query_may_choose_by_is_not_stood_for(value):
    made = Placeholders(0, 1)
    assert made.of([value]) == [value]
    assert made.made == {}
    assert kind(value) == (type(value), value)


def test_nor_is_a_choice():
    assert Placeholders(0, 1).of([Deal.Outcome.WON]) == [Deal.Outcome.WON]


def test_yes_is_not_one_and_no_is_not_nothing():
    kinds = [kind(value) for value in (True, False, 0, 1, Decimal(0), None, "")]
    assert len(set(kinds)) == len(kinds)


def test_a_list_is_one_value_whatever_its_length():
    assert kind([1]) == kind([1, 2, 3]) != kind([])
    (made,) = Placeholders(0, 1).of([[5, 6, 7]])
    assert isinstance(made, list)
    assert not {5, 6, 7} & set(made)


@pytest.mark.parametrize("value", [1.5, b"bytes", {"a": 1}, object(), (1, 2)])
def test_what_it_does_not_know_it_refuses(value):
    with pytest.raises(TypeError, match="nothing stands for"):
        Placeholders(0, 1).of([value])


@pytest.mark.django_db
def test_of_a_row_what_is_read_is_stood_for_and_nothing_else():
    user = UserFactory(is_admin=True)
    placeholders = Placeholders(0, 1)
    (person,) = placeholders.of([user])
    assert person.is_admin is True
    assert person.name not in {user.name, ""}
    assert person.invited_at is None
    read = {field for _model, field in placeholders.fields}
    assert read == {"id", "is_admin", "name", "invited_at"}
    assert person.pk != user.pk


@pytest.mark.django_db
def test_the_row_itself_is_left_alone():
    user = UserFactory()
    before = dict(user.__dict__)
    (person,) = Placeholders(0, 1).of([user])
    assert person.organization_id != user.organization_id
    assert user.__dict__ == before
    assert User.objects.get().name == user.name


def test_a_row_that_was_never_saved_has_no_key_to_stand_for():
    (organization,) = Placeholders(0, 1).of([Organization(name="New")])
    assert organization.pk is None
    assert organization.name != "New"

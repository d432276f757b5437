"""Set-up is an admin's, of their own organization: the same for every page and verb."""

import pytest
from django.urls import reverse

from tests.factories.reps import (
    ActivityKindFactory,
    ExitCriterionFactory,
    QuarterFactory,
    RepFactory,
    SegmentFactory,
    StageFactory,
    TeamFactory,
    UserFactory,
)

PAGES = [
    ("set_up", None),
    ("people", None),
    ("teams", None),
    ("quarters", None),
    ("stages", None),
    ("activity_kinds", None),
    ("segments", None),
    ("quotas", QuarterFactory),
]
VERBS = [
    ("edit_organization", None),
    ("add_person", None),
    ("edit_person", UserFactory),
    ("edit_rep", RepFactory),
    ("send_invitation", UserFactory),
    ("add_team", None),
    ("edit_team", TeamFactory),
    ("remove_team", TeamFactory),
    ("add_quarter", None),
    ("edit_quarter", QuarterFactory),
    ("reopen_quarter", QuarterFactory),
    ("close_quarter", QuarterFactory),
    ("set_quotas", QuarterFactory),
    ("add_stage", None),
    ("edit_stage", StageFactory),
    ("move_stage", StageFactory),
    ("count_from_stage", StageFactory),
    ("remove_stage", StageFactory),
    ("add_exit_criterion", StageFactory),
    ("edit_exit_criterion", ExitCriterionFactory),
    ("retire_exit_criterion", ExitCriterionFactory),
    ("add_activity_kind", None),
    ("edit_activity_kind", ActivityKindFactory),
    ("retire_activity_kind", ActivityKindFactory),
    ("lead_with_activity_kind", ActivityKindFactory),
    ("add_segment", None),
    ("edit_segment", SegmentFactory),
    ("remove_segment", SegmentFactory),
]

pytestmark = pytest.mark.django_db


def address(name, row):
    return reverse(f"reps:{name}", args=[row.pk] if row else [])


def asked(client, name, row):
    """The page is opened, the verb is done."""
    ask = client.get if name in dict(PAGES) else client.post
    return ask(address(name, row)).status_code


def row_of(factory, organization):
    facts = {"user": None} if factory is RepFactory else {}
    return factory(organization=organization, **facts) if factory else None


@pytest.mark.parametrize(("name", "factory"), PAGES + VERBS)
@pytest.mark.parametrize("who", ["manager", "rep", "hr partner"])
def test_whoever_is_no_admin_finds_nothing(client, name, factory, who):
    rep = RepFactory()
    people = {
        "manager": rep.team.manager,
        "rep": rep.user,
        "hr partner": UserFactory(organization=rep.organization, is_hr_partner=True),
    }
    client.force_login(people[who])

    assert asked(client, name, row_of(factory, rep.organization)) == 404


@pytest.mark.parametrize(
    ("name", "factory"), [(name, row) for name, row in PAGES + VERBS if row]
)
def test_another_organizations_row_is_not_there(client, name, factory):
    client.force_login(UserFactory(is_admin=True))

    assert asked(client, name, row_of(factory, UserFactory().organization)) == 404


@pytest.mark.parametrize(("name", "factory"), VERBS)
def test_a_verb_does_not_answer_to_reading(client, name, factory):
    admin = UserFactory(is_admin=True)
    client.force_login(admin)

    row = row_of(factory, admin.organization)
    assert client.get(address(name, row)).status_code == 405


@pytest.mark.parametrize(
    ("page", "word", "factory"),
    [
        ("people", "edit", UserFactory),
        ("people", "rep", RepFactory),
        ("teams", "edit", TeamFactory),
        ("quarters", "edit", QuarterFactory),
        ("stages", "edit", StageFactory),
        ("stages", "ask", StageFactory),
        ("stages", "criterion", ExitCriterionFactory),
        ("activity_kinds", "edit", ActivityKindFactory),
        ("segments", "edit", SegmentFactory),
    ],
)
def test_a_link_opens_a_form_of_ones_own_rows_only(client, page, word, factory):
    admin = UserFactory(is_admin=True)
    client.force_login(admin)
    own = row_of(factory, admin.organization)
    strange = row_of(factory, UserFactory().organization)

    def answer(key):
        return client.get(address(page, None), {word: key}).status_code

    assert answer(own.pk) == 200
    assert answer(strange.pk) == 404
    assert answer("7x") == 404
    assert answer("9" * 30) == 404

"""Nothing leaks, nothing is forgotten, and the test would notice if it did."""

import re

import pytest
import time_machine
from django.test import Client

from plans.models.check_in import CheckInQuerySet
from plans.models.nudge import NudgeQuerySet
from reps.models import team
from reps.models.absence import AbsenceQuerySet
from reps.models.compiled_query import CompiledQuery
from reps.models.deal import DealQuerySet
from reps.models.quarter import QuarterQuerySet
from reps.models.rep import RepQuerySet
from reps.models.stage import StageQuerySet
from reps.models.team import TeamQuerySet
from tests.access.matrix import DOORS, ROLES
from tests.access.walk import addresses, be, leaks, session_of
from tests.access.world import World
from tests.factories.reps import NOON

pytestmark = pytest.mark.django_db

# RFC 8058: one click in a mail program stops the letters. Nothing else goes without.
WITHOUT_TOKEN = {"plans:unsubscribe"}


@pytest.fixture
def worlds():
    """This organization, and another whose people and rows are strangers to it."""
    session_of.cache_clear()
    with time_machine.travel(NOON, tick=False):
        yield World("Xanadu"), World("Zanzibar")


def test_every_address_has_been_thought_about():
    named = {address.name for address in addresses()}
    assert named - DOORS.keys() == set(), "new: say who may use it (matrix.py)"
    assert DOORS.keys() - named == set(), "gone: take it out of matrix.py"


@pytest.mark.parametrize("role", ROLES)
def test_every_door_opens_to_whom_it_should_and_to_nobody_else(worlds, role):
    assert list(leaks(*worlds, roles=[role])) == []


TEETH = {
    "Rep.visible_to": (RepQuerySet, "visible_to", "rep_id"),
    "Rep.workable_by": (RepQuerySet, "workable_by", "rep_id"),
    "Absence.editable_by": (AbsenceQuerySet, "editable_by", "absence_id"),
    "Deal.visible_to": (DealQuerySet, "visible_to", "deal_id"),
    "Deal.movable_by": (DealQuerySet, "movable_by", "deal_id"),
    "Nudge.readable_by": (NudgeQuerySet, "readable_by", "nudge_id"),
    "Nudge.resendable_by": (NudgeQuerySet, "resendable_by", "nudge_id"),
    "Rep.managed_by": (RepQuerySet, "managed_by", "rep_id"),
    "CheckIn.answerable_by": (CheckInQuerySet, "answerable_by", "check_in_id"),
    "Team.editable_by": (TeamQuerySet, "editable_by", "team_id"),
    "Stage.editable_by": (StageQuerySet, "editable_by", "stage_id"),
    "Quarter.editable_by": (QuarterQuerySet, "editable_by", "quarter_id"),
}


def asked_as_it_stands(query, *arguments):
    return list(query.query(*arguments))


@pytest.mark.parametrize("taken_out", TEETH)
def test_it_bites_when_a_check_is_taken_out(worlds, monkeypatch, taken_out):
    queryset, name, row = TEETH[taken_out]
    monkeypatch.setattr(queryset, name, lambda self, user: self.all())
    # A statement kept from before has the check in it, and one kept now would not.
    monkeypatch.setattr(CompiledQuery, "__call__", asked_as_it_stands)
    found = leaks(*worlds, only=lambda address: row in address.asks)
    assert next(found, None)  # one leak will do


def test_it_bites_when_a_stand_ins_days_are_not_looked_at(worlds, monkeypatch):
    for name in ("RUN_BY", "ACTED_FOR"):
        words = getattr(team, name)
        without = re.sub(r"AND \(now\(\).*?ends_on", "", words, flags=re.DOTALL)
        assert without != words
        monkeypatch.setattr(team, name, without)
    monkeypatch.setattr(CompiledQuery, "__call__", asked_as_it_stands)
    read = {"plans:rep_detail", "reps:deal_detail", "plans:check_ins"}
    done = {"plans:answer_check_in", "reps:move_deal", "plans:close_plan"}
    before = {"roles": ["stand-in before"], "only": lambda a: a.name in read | done}
    found = set(leaks(*worlds, **before))
    for address in read:
        assert f"GET {address}: stand-in before: 200" in found
    for address in done:
        assert any(f"POST {address}: stand-in before" in one for one in found)


def test_the_operators_pages_are_closed_to_all_of_them(worlds):
    ours, _ = worlds
    client = Client()
    for person in ours.people.values():
        be(person, client)
        for path in ("/operator/", "/operator/reps/user/", "/operator/reps/user/1/"):
            answer = client.get(path)
            assert answer.status_code in {302, 403}, (person, path)


@pytest.mark.parametrize(
    "sent",
    [{}, {"HX-Request": "true"}, {"Origin": "https://elsewhere.example"}],
    ids=["a form", "htmx", "from elsewhere"],
)
def test_nothing_is_done_without_the_token(worlds, sent):
    ours, _ = worlds
    client = Client(enforce_csrf_checks=True)
    for address in addresses():
        door = DOORS[address.name]
        if "POST" not in door.verbs:
            continue
        # The token is looked at before any view knows of a role.
        for role in door.nobody_and_one_who_may:
            be(ours.people[role], client)
            answer = client.post(address.url(ours), headers=sent)
            refused = address.name not in WITHOUT_TOKEN
            assert (answer.status_code == 403) == refused, (address.name, role)

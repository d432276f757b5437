"""Factories for check-ins and nudges, valid by default and with few options."""

import factory

from plans.models import CheckIn, Nudge
from tests.factories.reps import MONDAY, NOON, OfOrganization, RepFactory, UserFactory


class CheckInFactory(OfOrganization):
    class Meta:
        model = CheckIn

    rep = factory.SubFactory(
        RepFactory, organization=factory.SelfAttribute("..organization")
    )
    week = MONDAY
    moved = "Quill & Co is in Contract."
    checked_in_by = factory.SelfAttribute("rep.user")
    checked_in_at = NOON


class NudgeFactory(OfOrganization):
    class Meta:
        model = Nudge

    person = factory.SubFactory(
        UserFactory, organization=factory.SelfAttribute("..organization")
    )
    kind = "check_in"
    week = MONDAY
    due_at = NOON

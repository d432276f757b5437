"""Nudges that are due at this moment, whatever day and hour it is.

The database's clock cannot be frozen, so tests of what is sent count from the real now,
in organizations that never rest.
"""

from datetime import date, time, timedelta

from django.utils import timezone

from reps.domain.work_week import monday_on_or_before
from tests.factories.check_ins import NudgeFactory
from tests.factories.reps import OrganizationFactory, RepFactory, TeamFactory


def ago(**how_long):
    return timezone.now() - timedelta(**how_long)


def this_week() -> date:
    return monday_on_or_before(timezone.now().date())


def restless_organization(**facts):
    """Works seven days a week and has no quiet hours."""
    every_day = {"working_days": [1, 2, 3, 4, 5, 6, 7]}
    no_rest = {"quiet_from": time(0), "quiet_to": time(0)}
    return OrganizationFactory(**every_day | no_rest | facts)


def restless_rep(**facts):
    organization = facts.pop("organization", None) or restless_organization()
    return RepFactory(organization=organization, **facts)


def due_nudge(rep=None, **facts):
    """Owed to a rep since a minute ago."""
    rep = rep or restless_rep()
    due = {"week": this_week(), "due_at": ago(minutes=1)}
    return NudgeFactory(person=rep.user, **due | facts)


def due_nudges(count: int):
    """So many, of as many reps of one team."""
    team = TeamFactory(organization=restless_organization())
    reps = [
        restless_rep(organization=team.organization, team=team) for _ in range(count)
    ]
    return [due_nudge(rep) for rep in reps]

"""The organization an export goes into: made if there is none, with what it needs.

Safe to run again: whatever an organization has of its own is left as it is.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from reps.create_organization import add_starting_activities
from reps.domain.csv_table import key
from reps.domain.funnel import starting_weights
from reps.domain.quarter import Span, quarter_name, quarter_of
from reps.models import Organization, Quarter, Stage
from reps.models.import_lock import wait_for_import_lock


@transaction.atomic
def organization_for_import(name: str) -> Organization:
    """The organization of this name, with the export's stages if it has none.

    Two imports into one organization come one after the other, whole; other people's
    work goes on beside them.
    """
    organization = Organization.objects.named(name).first()
    if organization is None:
        organization, _made = Organization.objects.get_or_create(name=name)
    wait_for_import_lock(organization)
    if not organization.stages.exists():
        _add_stages(organization)
    if not organization.activity_kinds.exists():
        add_starting_activities(organization)
    return organization


def calendar_quarters(
    days: Iterable[date], taken: Iterable[Span], first_month: int = 1
) -> list[Span]:
    """The quarters of these days that share no day with those taken.

    They are the calendar's, in a fiscal year from `first_month`.
    """
    taken = list(taken)
    months = {day.replace(day=1) for day in days}
    spans = {quarter_of(month, first_month) for month in months}
    proposed = sorted(spans, key=_first_day)
    return [span for span in proposed if not any(_overlap(span, own) for own in taken)]


def add_calendar_quarters(organization, days: Iterable[date]) -> list[Span]:
    """Give these days a quarter each, and answer with all quarters there are.

    A quarter that overlaps one of the organization's own is not made, so some days may
    stay without.
    """
    quarters = organization.quarters.all()
    own = [Span(quarter.starts_on, quarter.ends_on) for quarter in quarters]
    month = organization.first_month
    new = calendar_quarters(days, own, month)
    names = {key(quarter.name) for quarter in quarters}
    Quarter.objects.bulk_create(
        Quarter(
            organization=organization,
            name=_free_name(span, names, month),
            starts_on=span.starts_on,
            ends_on=span.ends_on,
        )
        for span in new
    )
    return sorted([*own, *new], key=_first_day)


def _add_stages(organization):
    """Two, as this export knows them. A prospect is not yet an opportunity."""
    (weight,) = starting_weights(organization.starting_win_rate, 1)
    stages = [
        Stage(name=_("Prospecting"), usual_days=14, weight=Decimal(0)),
        Stage(name=_("Engaging"), usual_days=45, weight=weight, is_opportunity=True),
    ]
    for order, stage in enumerate(stages, start=1):
        stage.organization, stage.order = organization, order
    Stage.objects.bulk_create(stages)


def _free_name(span: Span, names: set[str], first_month: int) -> str:
    """Such as Q4 2026; with its first day where a fiscal year took that name."""
    name = quarter_name(span, first_month)
    return name if key(name) not in names else f"{name} ({span.starts_on})"


def _first_day(span: Span) -> date:
    return span.starts_on


def _overlap(one: Span, other: Span) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on

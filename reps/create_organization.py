"""A new organization with something to start from: stages, activities, two quarters.

Everything here can be changed on the set-up pages. Whoever brings stages or quarters of
their own calls only the pieces they lack.
"""

from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from reps.domain.funnel import starting_weights
from reps.domain.quarter import Span, following_quarter, quarter_name, quarter_of
from reps.models import (
    ActivityKind,
    ExitCriterion,
    Organization,
    Quarter,
    Segment,
    Stage,
)


class Ours(StrEnum):
    """What we have something of to start with, by an organization's name for them."""

    QUARTERS = "quarters"
    STAGES = "stages"
    ACTIVITIES = "activity_kinds"


@transaction.atomic
def create_organization(name: str, *, today: date, **facts) -> Organization:
    """Make an organization that a manager could start to work in this afternoon."""
    organization = Organization.objects.create(name=name, **facts)
    Segment.objects.default_of(organization)
    add_starting_stages(organization)
    add_starting_activities(organization)
    add_starting_quarters(organization, today)
    return organization


@transaction.atomic
def start_with_ours(organization: Organization, what: Ours, *, today: date) -> bool:
    """Have what a new organization has of it; False where there is some already."""
    organization = Organization.objects.lock(organization)
    if getattr(organization, what.value).exists():
        return False
    if what is Ours.QUARTERS:
        add_starting_quarters(organization, today)
    elif what is Ours.STAGES:
        add_starting_stages(organization)
    else:
        add_starting_activities(organization)
    return True


def add_starting_quarters(organization: Organization, today: date) -> list[Quarter]:
    """The calendar's: the one that holds today, and the next."""
    this_quarter = quarter_of(today, organization.first_month)
    return add_quarters(organization, [this_quarter, following_quarter(this_quarter)])


def starting_stages() -> list[tuple[str, int, list[str]]]:
    """The name of each, how many days a deal usually stays, what it must show."""
    return [
        (
            _("Qualified"),
            7,
            [_("We know who decides"), _("They said what it costs them today")],
        ),
        (
            _("Needs agreed"),
            9,
            [
                _("They described the problem in their own words"),
                _("Budget range confirmed"),
                _("A date for the solution walk-through is set"),
            ],
        ),
        (
            _("Solution shown"),
            8,
            [
                _("The decision maker has seen the solution"),
                _("They agreed it solves the problem"),
                _("We know how they buy, step by step"),
            ],
        ),
        (
            _("Proposal"),
            8,
            [
                _("The decision maker has read the price"),
                _("Open points are written down with a date each"),
                _("They named the day they decide"),
            ],
        ),
        (
            _("Contract"),
            6,
            [_("Terms are agreed"), _("Whoever signs has the contract")],
        ),
    ]


def starting_activities() -> list[str]:
    """Demos lead; the others are what usually comes before and after one."""
    return [
        _("Demos held"),
        _("Calls to new customers"),
        _("Discovery meetings"),
        _("Proposals sent"),
        _("Follow-ups"),
    ]


def add_starting_stages(organization: Organization) -> list[Stage]:
    """Five stages, all of which count, with what a deal must show to leave each."""
    stages = starting_stages()
    weights = starting_weights(organization.starting_win_rate, len(stages))
    made = []
    for order, ((name, usual_days, criteria), weight) in enumerate(
        zip(stages, weights, strict=True), start=1
    ):
        stage = Stage.objects.create(
            organization=organization,
            name=name,
            order=order,
            is_opportunity=True,
            weight=weight,
            usual_days=usual_days,
        )
        ExitCriterion.objects.bulk_create(
            ExitCriterion(
                organization=organization, stage=stage, words=words, order=place
            )
            for place, words in enumerate(criteria, start=1)
        )
        made.append(stage)
    return made


def add_starting_activities(organization: Organization) -> list[ActivityKind]:
    """Five; the first is the one that opportunities come from."""
    return ActivityKind.objects.bulk_create(
        ActivityKind(
            organization=organization, name=name, order=order, is_leading=order == 1
        )
        for order, name in enumerate(starting_activities(), start=1)
    )


def add_quarters(organization: Organization, spans: list[Span]) -> list[Quarter]:
    """A row for each span, named the usual way."""
    return Quarter.objects.bulk_create(
        Quarter(
            organization=organization,
            name=quarter_name(span, organization.first_month),
            starts_on=span.starts_on,
            ends_on=span.ends_on,
        )
        for span in spans
    )

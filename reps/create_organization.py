"""A new organization with something to start from: stages, activities, two quarters.

Everything here can be changed on the set-up pages. Whoever brings stages or quarters of
their own calls only the pieces they lack.
"""

from datetime import date

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


@transaction.atomic
def create_organization(name: str, *, today: date, **facts) -> Organization:
    """Make an organization that a manager could start to work in this afternoon."""
    organization = Organization.objects.create(name=name, **facts)
    Segment.objects.default_of(organization)
    add_starting_stages(organization)
    add_starting_activities(organization)
    this_quarter = quarter_of(today, organization.first_month)
    add_quarters(organization, [this_quarter, following_quarter(this_quarter)])
    return organization


def add_starting_stages(organization: Organization) -> list[Stage]:
    """Five stages, all of which count, with what a deal must show to leave each."""
    stages = [
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
    """Demos lead; the others are what usually comes before and after one."""
    names = [
        _("Demos held"),
        _("Calls to new customers"),
        _("Discovery meetings"),
        _("Proposals sent"),
        _("Follow-ups"),
    ]
    return ActivityKind.objects.bulk_create(
        ActivityKind(
            organization=organization, name=name, order=order, is_leading=order == 1
        )
        for order, name in enumerate(names, start=1)
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

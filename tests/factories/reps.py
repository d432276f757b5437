"""One factory for each table of facts, valid by default and with few options."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import factory
from django.db import connection
from factory.django import DjangoModelFactory

from reps.domain.transitions import Place
from reps.models import (
    Absence,
    ActivityEntry,
    ActivityKind,
    Deal,
    ExitCriterion,
    Organization,
    Quarter,
    Quota,
    Rep,
    Segment,
    Stage,
    StandIn,
    Team,
    User,
)

NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)  # Thursday of week 6
MONDAY = date(2026, 11, 9)  # of week 6
Q4_STARTS_ON, Q4_ENDS_ON = date(2026, 10, 5), date(2027, 1, 3)  # 13 weeks


class OrganizationFactory(DjangoModelFactory):
    class Meta:
        model = Organization

    name = factory.Sequence("Organization {}".format)
    checklist_closed_at = NOON  # at work; None for one that has just begun


class OfOrganization(DjangoModelFactory):
    class Meta:
        abstract = True

    organization = factory.SubFactory(OrganizationFactory)

    @classmethod
    def create(cls, **facts):
        """One of the organization that a row it is made for is of, if none is named."""
        rows = [fact for fact in facts.values() if hasattr(fact, "organization")]
        if rows:
            facts.setdefault("organization", rows[0].organization)
        return super().create(**facts)


class UserFactory(OfOrganization):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence("Person {}".format)
    email = factory.Sequence("person{}@example.org".format)
    password = "!"  # nobody signs in with it


class TeamFactory(OfOrganization):
    class Meta:
        model = Team

    name = factory.Sequence("Team {}".format)
    manager = factory.SubFactory(
        UserFactory, organization=factory.SelfAttribute("..organization")
    )


class SegmentFactory(OfOrganization):
    """The organization's default one, unless another name is asked for."""

    class Meta:
        model = Segment

    name = None

    @classmethod
    def _create(cls, model, organization, name):
        default = model.objects.default_of(organization)
        if name is None:
            return default
        segment = model(organization=organization, name=name)
        model.objects.add(segment)
        return segment


class RepFactory(OfOrganization):
    class Meta:
        model = Rep

    name = factory.Sequence("Rep {}".format)
    team = factory.SubFactory(
        TeamFactory, organization=factory.SelfAttribute("..organization")
    )
    segment = factory.SubFactory(
        SegmentFactory, organization=factory.SelfAttribute("..organization")
    )
    user = factory.SubFactory(
        UserFactory,
        organization=factory.SelfAttribute("..organization"),
        name=factory.SelfAttribute("..name"),
    )


class QuarterFactory(OfOrganization):
    class Meta:
        model = Quarter
        django_get_or_create = ["organization", "name"]

    name = "Q4 2026"
    starts_on = Q4_STARTS_ON
    ends_on = Q4_ENDS_ON
    made_at = NOON


class QuotaFactory(OfOrganization):
    class Meta:
        model = Quota

    rep = factory.SubFactory(
        RepFactory, organization=factory.SelfAttribute("..organization")
    )
    quarter = factory.SubFactory(
        QuarterFactory, organization=factory.SelfAttribute("..organization")
    )
    amount = Decimal(200_000)


def revise(quota, amount, **said):
    """Have it be another amount: at noon, for some reason, unless told otherwise."""
    facts = {"rep": quota.rep, "quarter": quota.quarter, "ramp": quota.ramp}
    row = Quota(organization=quota.organization, amount=Decimal(amount), **facts)
    told = {"at": NOON, "why": "Two accounts went to Hana."} | said
    Quota.objects.set_quotas(quota.organization, [row], **told)


class StageFactory(OfOrganization):
    class Meta:
        model = Stage
        django_get_or_create = ["organization", "order"]

    order = 1
    name = factory.LazyAttribute(lambda stage: f"Stage {stage.order}")
    is_opportunity = True
    weight = Decimal("0.3")


class ExitCriterionFactory(OfOrganization):
    class Meta:
        model = ExitCriterion

    stage = factory.SubFactory(
        StageFactory, organization=factory.SelfAttribute("..organization")
    )
    words = factory.Sequence("Question {} is answered".format)


class DealFactory(OfOrganization):
    """An open deal on the board; `won_on` or `lost_on` closes it through `move_to`."""

    class Meta:
        model = Deal

    won_on = None
    lost_on = None
    owner = factory.SubFactory(
        RepFactory, organization=factory.SelfAttribute("..organization")
    )
    stage = factory.SubFactory(
        StageFactory, organization=factory.SelfAttribute("..organization")
    )
    account = factory.Sequence("Account {}".format)
    amount = Decimal(19_000)
    opened_on = date(2026, 10, 5)

    @classmethod
    def _create(cls, model, organization, stage, opened_on, **facts):
        closed = {
            outcome: facts.pop(name)
            for name, outcome in (("won_on", "won"), ("lost_on", "lost"))
        }
        by = facts["owner"].user or UserFactory(organization=organization)
        said = {"by": by, "at": NOON, "reason": "as the test says"}
        deal = model.objects.open_deal(stage=stage, on=opened_on, **said, **facts)
        for outcome, day in closed.items():
            if day:
                deal.move_to(stage, outcome, on=day, **said)
        return deal


def close_deals(owner, stage, *, won=0, lost=0, on=date(2026, 3, 2), **facts):
    """So many at once, each opened twenty days before, as an import brings them."""
    arrivals = []
    for number in range(won + lost):
        outcome = Deal.Outcome.WON if number < won else Deal.Outcome.LOST
        deal = Deal(
            organization=owner.organization,
            owner=owner,
            opened_on=on - timedelta(days=20),
            source="earlier CRM",
            source_key=str(uuid4()),
            **{"amount": Decimal(50_000)} | facts,
        )
        arrivals.append((deal, Place(stage.pk, outcome), on))
    said = {"stages": [stage.pk], "source": "earlier CRM", "at": NOON}
    Deal.objects.import_all(arrivals, **said)


class ActivityKindFactory(OfOrganization):
    class Meta:
        model = ActivityKind
        django_get_or_create = ["organization", "name"]

    name = "Demos held"
    is_leading = True


class ActivityEntryFactory(OfOrganization):
    class Meta:
        model = ActivityEntry

    rep = factory.SubFactory(
        RepFactory, organization=factory.SelfAttribute("..organization")
    )
    kind = factory.SubFactory(
        ActivityKindFactory, organization=factory.SelfAttribute("..organization")
    )
    week = MONDAY
    change = 1
    key = factory.LazyFunction(uuid4)
    logged_by = factory.SelfAttribute("rep.user")
    logged_at = NOON


def log(rep, kind, count, *, weeks_ago=0, **facts):
    """So many in the week of NOON, or in one so many weeks before it."""
    week = MONDAY - timedelta(weeks=weeks_ago)
    return ActivityEntryFactory(rep=rep, kind=kind, week=week, change=count, **facts)


def todays_date(organization) -> date:
    """Of the database's clock, which no test stops: rights go by it."""
    with connection.cursor() as cursor:
        zone = organization.time_zone
        cursor.execute("SELECT (now() AT TIME ZONE %s)::date", [zone])
        return cursor.fetchone()[0]


class StandInFactory(OfOrganization):
    """From yesterday to tomorrow; `starts` and `ends` are so many days from today."""

    class Meta:
        model = StandIn

    class Params:
        starts = -1
        ends = 1

    manager = factory.SubFactory(
        UserFactory, organization=factory.SelfAttribute("..organization")
    )
    person = factory.SubFactory(
        UserFactory, organization=factory.SelfAttribute("..organization")
    )
    starts_on = factory.LazyAttribute(lambda one: _days_from_today(one, one.starts))
    ends_on = factory.LazyAttribute(lambda one: _days_from_today(one, one.ends))
    named_by = factory.SelfAttribute("manager")
    named_at = NOON


def _days_from_today(stand_in, days: int) -> date:
    return todays_date(stand_in.organization) + timedelta(days=days)


class AbsenceFactory(OfOrganization):
    class Meta:
        model = Absence

    rep = factory.SubFactory(
        RepFactory, organization=factory.SelfAttribute("..organization")
    )
    starts_on = MONDAY
    ends_on = date(2026, 11, 13)

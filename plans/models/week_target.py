"""What a rep's signed plan asks of a week: the one answer, for every page and letter.

The first revision holds in all weeks of its quarter, since a plan is one for a quarter.
A later one holds from the week in which both had signed it: what is agreed on today
changes no week that is over.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import (
    DateField,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Cast

from plans.domain.week_target import week_target
from plans.models.proposal import Proposal, Signature
from reps.models import Rep
from reps.models.track_record import TrackRecord


def agreed_for(rep, week) -> Subquery:
    """What both have signed for the quarter that holds this Monday, by activity.

    A plan that was closed before the week asks nothing of it; one closed since did.
    """
    local = Func(F("organization__time_zone"), F("signed_at"), function="timezone")
    monday = Func(
        Value("week"), local, function="date_trunc", output_field=DateTimeField()
    )
    later = Signature.objects.alias(signed_in=Cast(monday, DateField()))
    later = later.filter(proposal=OuterRef("pk"), signed_in__gt=week)
    signed = Proposal.objects.filter(
        Q(revision=1) | Q(revision__isnull=False) & ~Exists(later),
        Q(plan__closed_on__isnull=True) | Q(plan__closed_on__gte=week),
        plan__rep=rep,
        plan__quarter__starts_on__lte=week,
        plan__quarter__ends_on__gte=week,
    )
    latest = signed.order_by("-plan_id", "-revision")
    return Subquery(latest.values("content__metrics")[:1])


def with_agreed(reps, week):
    """Add `agreed` to reps: what their plans ask for in this week. No query more."""
    return reps.annotate(agreed=agreed_for(OuterRef("pk"), week))


def agreed_by_rep(people: Iterable[int], *, week: date) -> dict[int, dict | None]:
    """What the plan asks for, of all who sign in as one of these: by the rep's pk."""
    reps = with_agreed(Rep.objects.filter(user__in=people), week)
    return dict(reps.values_list("pk", "agreed"))


def agreed_count(agreed: dict | None, kind) -> int:
    """Of one activity in a full week; 0 where the plan asks for none of it."""
    return (agreed or {}).get(str(kind.pk), {}).get("weekly") or 0


def target_of(
    agreed: dict | None, kind, record: TrackRecord, *, monday: date, working_days
) -> int | None:
    """What the week's number is measured against, for this rep and week.

    None where nothing is asked: without a signed plan, and in a week away.
    """
    full = agreed_count(agreed, kind)
    if not full:
        return None
    away = record.days_away_in(monday, working_days)
    return week_target(full, working_days=len(working_days), days_away=away) or None

"""What a rep's signed plan asks of a week: the one answer, for every page and letter.

The first revision holds in all weeks of its quarter, since a plan is one for a quarter.
A later one holds from the week in which both had signed it: what is agreed on today
changes no week that is over.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import DateField, Exists, F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Cast

from plans.domain.week_target import week_target
from plans.models.proposal import Proposal, Signature
from reps.domain.quarter import Span
from reps.domain.work_week import WorkWeek
from reps.models import Rep
from reps.models.track_record import TrackRecord


def agreed_for(rep, begins_on, ends_on) -> Subquery:
    """What both have signed for a week, by activity: for the quarter that holds its
    first day.

    A plan that was closed before the week asks nothing of it; one closed since did.
    """
    local = Func(F("organization__time_zone"), F("signed_at"), function="timezone")
    later = Signature.objects.alias(signed_on=Cast(local, DateField()))
    later = later.filter(proposal=OuterRef("pk"), signed_on__gt=ends_on)
    signed = Proposal.objects.filter(
        Q(revision=1) | Q(revision__isnull=False) & ~Exists(later),
        Q(plan__closed_on__isnull=True) | Q(plan__closed_on__gte=begins_on),
        plan__rep=rep,
        plan__quarter__starts_on__lte=begins_on,
        plan__quarter__ends_on__gte=begins_on,
    )
    latest = signed.order_by("-plan_id", "-revision")
    return Subquery(latest.values("content__metrics")[:1])


def with_agreed(reps, begins_on, ends_on):
    """Add `agreed` to reps: what their plans ask for in this week. No query more."""
    return reps.annotate(agreed=agreed_for(OuterRef("pk"), begins_on, ends_on))


def agreed_by_rep(people: Iterable[int], *, days: Span) -> dict[int, dict | None]:
    """What the plan asks for, of all who sign in as one of these: by the rep's pk.

    `days` are the week's.
    """
    reps = Rep.objects.filter(user__in=people)
    reps = with_agreed(reps, days.starts_on, days.ends_on)
    return dict(reps.values_list("pk", "agreed"))


def agreed_count(agreed: dict | None, kind) -> int:
    """Of one activity in a full week; 0 where the plan asks for none of it."""
    return (agreed or {}).get(str(kind.pk), {}).get("weekly") or 0


def target_of(
    agreed: dict | None,
    kind,
    record: TrackRecord,
    *,
    monday: date,
    work_week: WorkWeek,
) -> int | None:
    """What the week's number is measured against, for this rep and week.

    None where nothing is asked: without a signed plan, and in a week away.
    """
    full = agreed_count(agreed, kind)
    if not full:
        return None
    off = record.days_off_in(monday, work_week)
    days = len(work_week.weekdays)
    return week_target(full, working_days=days, days_away=off) or None

"""The letters: what goes out when and to whom, what went, and what did not and why.

An admin sees all of it. A manager sees, of the own team, who and when, which kind and
which state; a rep sees the own.
"""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.models import Nudge
from plans.models.nudge_candidate import nudge_candidates, with_candidate_facts
from plans.views.nudges.delivery_rows import (
    coming_row,
    delivery_row,
    email_to_read,
    is_listed_for,
    not_asked,
)
from reps.domain.name_order import name_order
from reps.models import Rep

SHOWN_AT_ONCE = 50
DAYS_AHEAD = 7


@require_safe
def delivery(request):
    """What goes out in the next seven days, and what became of what was due before."""
    user, now = request.user, timezone.now()
    own = Rep.objects.visible_to(user).filter(pk=OuterRef("pk"))
    reps = _reps(user, now).annotate(has_open_page=Exists(own))
    people = {
        a.rep.user_id: a
        for a in nudge_candidates(with_candidate_facts(reps, at=now), at=now)
    }
    every = (a.coming(now, days=DAYS_AHEAD) for a in people.values())
    coming = [row for rows in every for row in rows if is_listed_for(row, user)]
    nudges = Nudge.objects.visible_to(user)
    counts = nudges.count_by_state()
    state = request.GET.get("state")
    if state in counts:
        nudges = nudges.filter(state=state)
    shown = nudges.latest_first().for_list()

    coming.sort(key=lambda row: (row.due_at, name_order(row.to.rep.name)))
    ahead = Paginator(coming, SHOWN_AT_ONCE).get_page(request.GET.get("ahead"))
    page = Paginator(shown, SHOWN_AT_ONCE).get_page(request.GET.get("page"))
    lines = [delivery_row(nudge, user, people.get(nudge.person_id)) for nudge in page]
    strangers = reps.filter(user=None)
    context = {
        "part": "delivery",
        "ahead": ahead,
        "coming": [coming_row(row, user) for row in ahead],
        "not_asked": not_asked(people.values(), strangers, user),
        "nobody_sells": not (people or strangers),
        "page": page,
        "lines": lines,
        "tells_all": any(delivery_row.is_told for delivery_row in lines),
        "state": state if state in counts else "",
        "states": [(s, s.label, counts[s]) for s in Nudge.State if s in counts],
        "total": sum(counts.values()),
        "opened": email_to_read(request.GET.get("open"), user),
    }
    return render(request, "plans/nudges/delivery.html", context)


@require_safe
def letter(request, nudge_id):
    """The letter as it went out, for a mail program to open."""
    nudges = Nudge.objects.readable_by(request.user).with_letter()
    nudge = get_object_or_404(nudges, pk=nudge_id)
    return HttpResponse(
        nudge.letter,
        content_type="message/rfc822",
        headers={"Content-Disposition": f'attachment; filename="nudge-{nudge.pk}.eml"'},
    )


def _reps(user, now):
    """Whose letters to tell of; not found for whoever has none to see."""
    if user.is_admin:
        return Rep.objects.editable_by(user).selling_on(user.local_date(now))
    reps = Rep.objects.workable_by(user).selling_on(user.local_date(now))
    if not reps.exists():
        raise Http404
    return reps

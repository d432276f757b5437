"""A deal, found by its account or product while somebody types."""

from django.db.models import Case, Value, When
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reps.models import Deal, Rep, Team

SHOWN = 8
LONGEST = 120  # letters of what is looked for, as of an account


@require_safe
def find_deal(request):
    """Those of `?words` that one sees, open ones first, the latest of each first.

    Not found for somebody who neither sells nor runs a team.
    """
    user = request.user
    runs = Team.objects.run_by(user).exists()
    if not (runs or Rep.objects.visible_to(user).exists()):
        raise Http404
    words = " ".join(request.GET.get("words", "")[:LONGEST].split())
    found = []
    if words:
        is_closed = Case(When(outcome=Deal.Outcome.OPEN, then=0), default=Value(1))
        deals = Deal.objects.visible_to(user).found_by(words).order_by(is_closed, "-pk")
        found = list(deals.select_related("owner", "stage")[: SHOWN + 1])
    context = {
        "words": words,
        "found": found[:SHOWN],
        "is_more": len(found) > SHOWN,
        "runs_a_team": runs,
        "currency": user.organization.currency,
    }
    template = "_found_deals.html" if request.htmx else "find_deal.html"
    return render(request, f"reps/board/{template}", context)

"""Quotas, to take along: an import reads them again."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from reps.domain.pacing import held_revisions
from reps.models import Quarter, Quota
from reps.views.list_file import AT_A_TIME, ListFile, list_file
from reps.views.number_in import number_in
from reps.views.rep_filter import rep_filter

# As an import knows them again.
COLUMNS = [
    gettext_lazy("Rep"),
    gettext_lazy("Rep email"),
    gettext_lazy("Quarter"),
    gettext_lazy("Quota"),
    gettext_lazy("Ramp"),
    gettext_lazy("Starts on"),
    gettext_lazy("Holds from"),
]


@require_safe
def quota_file(request):
    """What is owed in one `?quarter`, or in all; whose, `rep_filter` says.

    An admin's is everybody's. One that was changed within its quarter has a row for
    each day from which another amount holds. Without a ramp all of it is asked, and
    without a day it starts, and holds, from its quarter's first.
    """
    user, asked, name = request.user, request.GET, _("quotas")
    quotas = Quota.objects.visible_to(user).owing()
    if not user.is_admin or asked.keys() & {"rep", "team", "selling"}:
        quotas = quotas.filter(rep__in=rep_filter(request))
    if "quarter" in asked:
        quarters = Quarter.objects.visible_to(user)
        quarter = get_object_or_404(quarters, pk=number_in(asked, "quarter"))
        quotas, name = quotas.filter(quarter=quarter), f"{name} {quarter}"
    rows = quotas.select_related("rep__user", "quarter").with_earlier()
    rows = rows.order_by("-quarter__starts_on", "rep__name", "pk").iterator(AT_A_TIME)
    lines = (line for quota in rows for line in _lines(quota))
    return list_file(request, ListFile(name, COLUMNS, lines, quotas.count()))


def _lines(quota):
    rep, quarter = quota.rep, quota.quarter
    for held in held_revisions(quota.in_force, quarter.span):
        yield [
            rep.name,
            rep.user.email if rep.user else None,
            quarter.name,
            held.amount,
            held.ramp.normalize() if held.ramp < 1 else None,
            held.starts_on,
            held.holds_from,
        ]

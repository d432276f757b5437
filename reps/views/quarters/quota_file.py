"""Quotas, to take along: an import reads them again."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from reps.models import Quarter, Quota
from reps.views.list_file import AT_A_TIME, ListFile, list_file
from reps.views.number_in import number_in
from reps.views.rep_filter import rep_filter

# As an import knows them again, but for the last, which is to be read.
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

    An admin's is everybody's. Without a ramp all of it is asked, and without a day it
    starts on its quarter's first.
    """
    user, asked, name = request.user, request.GET, _("quotas")
    quotas = Quota.objects.visible_to(user).owing()
    if not user.is_admin or asked.keys() & {"rep", "team", "selling"}:
        quotas = quotas.filter(rep__in=rep_filter(request))
    if "quarter" in asked:
        quarters = Quarter.objects.visible_to(user)
        quarter = get_object_or_404(quarters, pk=number_in(asked, "quarter"))
        quotas, name = quotas.filter(quarter=quarter), f"{name} {quarter}"
    rows = quotas.select_related("rep__user", "quarter")
    rows = rows.order_by("-quarter__starts_on", "rep__name", "pk").iterator(AT_A_TIME)
    return list_file(request, ListFile(name, COLUMNS, map(_line, rows), quotas.count()))


def _line(quota):
    rep = quota.rep
    return [
        rep.name,
        rep.user.email if rep.user else None,
        quota.quarter.name,
        quota.amount,
        quota.ramp.normalize() if quota.ramp < 1 else None,
        quota.starts_on,
        quota.holds_from,
    ]

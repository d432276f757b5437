"""Who stands in for a manager: named by the manager, or for them by an admin."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from plans.forms.stand_in import StandInForm
from reps.models import StandIn, User


@dataclass(slots=True)
class StandInsListed:
    """Who stands in now, who will, and who did."""

    current: list[StandIn] = field(default_factory=list)
    coming: list[StandIn] = field(default_factory=list)
    past: list[StandIn] = field(default_factory=list)


@require_safe
def stand_ins(request, manager_id):
    """Who does what this manager does, from when to when; and the form to name one."""
    manager = _manager(request, manager_id)
    return _show(request, manager, _form(request, manager))


@require_POST
def name_stand_in(request, manager_id):
    """Name who stands in; nobody else does on one of these days."""
    manager = _manager(request, manager_id)
    form = _form(request, manager, request.POST)
    form.instance.named_at = timezone.now()
    if not form.save_if_valid():
        return _show(request, manager, form, status=422)
    words = _("%(person)s stands in for %(manager)s from %(first)s to %(last)s.")
    messages.success(request, words % _facts(form.instance, manager))
    return redirect("plans:stand_ins", manager.pk)


@require_POST
def end_stand_in(request, stand_in_id):
    """Take it back before it begins; one that holds is over at once."""
    own = StandIn.objects.editable_by(request.user).select_related("manager", "person")
    stand_in = get_object_or_404(own, pk=stand_in_id)
    manager, today = stand_in.manager, _today(request)
    if stand_in.ends_on < today:
        words = _("It is over already: %(person)s stood in until %(last)s.")
    elif stand_in.starts_on > today:
        words = _("Taken back: %(person)s does not stand in.")
    else:
        words = _("From now on %(person)s does not stand in for %(manager)s.")
    stand_in.end(on=today)
    messages.success(request, words % _facts(stand_in, manager))
    return redirect("plans:stand_ins", manager.pk)


def _manager(request, manager_id) -> User:
    managers = User.objects.stand_ins_named_by(request.user)
    return get_object_or_404(managers, pk=manager_id)


def _today(request):
    """The organization's: a day of a stand-in is one of its zone."""
    return timezone.now().astimezone(request.user.organization.zone).date()


def _form(request, manager, *sent) -> StandInForm:
    who = {"manager": manager, "by": request.user}
    return StandInForm(*sent, **who, today=_today(request))


def _facts(stand_in, manager) -> dict[str, str]:
    return {
        "person": stand_in.person.name,
        "manager": manager.name,
        "first": date_format(stand_in.starts_on, "j F Y"),
        "last": date_format(stand_in.ends_on, "j F Y"),
    }


def _show(request, manager, form, **kwargs):
    today, listed = _today(request), StandInsListed()
    named = StandIn.objects.visible_to(request.user).filter(manager=manager)
    for row in named.select_related("person", "named_by").order_by("starts_on"):
        if row.ends_on < today:
            listed.past.insert(0, row)
        elif row.starts_on > today:
            listed.coming.append(row)
        else:
            listed.current.append(row)
    context = {
        "manager": manager,
        "is_own": manager.pk == request.user.pk,
        "today": today,
        "listed": listed,
        "form": form,
    }
    return render(request, "plans/team/stand_ins.html", context, **kwargs)

"""The weekly check-in: the rep writes it, the manager answers, a leader knows when."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from plans.forms.week.check_in import AnswerForm, CheckInForm
from plans.models import CheckIn
from plans.models.plan import EditConflict
from plans.models.rep_week import rep_week, with_days_away
from plans.views.week.check_in_context import (
    check_in_panel,
    check_in_shown,
    check_ins_listed,
    words_with_labels,
)
from plans.views.week.my_week import address_of, show_week, week_asked_for
from reps.models import Rep, Team
from reps.models.stand_in import in_place_of
from reps.views.list_file import download
from reps.views.whom_to_ask import whom_to_ask

SHOWN_AT_ONCE = 25


@require_POST
def record_check_in(request, rep_id):
    """Save the week in words; answer with the check-in, or with what did not save."""
    user, now = request.user, timezone.now()
    with transaction.atomic():
        # Two who save at once: the second is told what the first one wrote.
        reps = with_days_away(Rep.objects.workable_by(user).locked())
        rep = get_object_or_404(reps, pk=rep_id)
        week = week_asked_for(request.POST, rep, now)
        if week is None:
            raise Http404
        form = CheckInForm(request.POST, of_rep=rep.user_id == user.pk)
        if not form.is_valid():
            return _show(request, week, status=422, form=form)
        try:
            form.save(rep=rep, week=week.monday, by=user, at=now)
        except EditConflict as meanwhile:
            theirs = {
                "meanwhile": words_with_labels(meanwhile.now),
                "meanwhile_by": meanwhile.now.checked_in_by.name,
            }
            return _show(request, week, status=409, form=form, **theirs)
    if not request.htmx:
        return redirect(f"{address_of(week)}#check-in")
    response = _show(request, week, is_saved=True)
    return trigger_client_event(response, "check-in-recorded")


@require_POST
def answer_check_in(request, check_in_id):
    """The manager's word on somebody's week; answer with what was said so far."""
    user, now = request.user, timezone.now()
    own = CheckIn.objects.answerable_by(user)
    check_in = get_object_or_404(own.select_related("rep__team"), pk=check_in_id)
    form = AnswerForm(request.POST, auto_id=f"id_{check_in.pk}_%s")
    is_fine = form.is_valid()
    if is_fine:
        words, place = form.cleaned_data["words"], in_place_of(user, check_in.rep)
        check_in.answer(words, by=user, at=now, stood_in_for=place)
    if request.htmx:
        written = own.with_answers().get(pk=check_in.pk)
        unsaved = None if is_fine else form
        shown = check_in_shown(written, user, form=unsaved, is_saved=is_fine)
        status = 200 if is_fine else 422
        context = {"said": shown}
        return render(request, "plans/week/_check_in_said.html", context, status=status)
    reps = with_days_away(Rep.objects.workable_by(user))
    rep = get_object_or_404(reps, pk=check_in.rep_id)
    week = rep_week(rep, check_in.week, today=rep.local_date(now))
    if week is None:
        raise Http404
    if is_fine:
        return redirect(f"{address_of(week)}#check-in-said-{check_in.pk}")
    return _show(request, week, status=422, answering=form)


@require_safe
def check_ins(request):
    """Those that wait for an answer first, then the latest of everybody one runs."""
    user = request.user
    if not Team.objects.run_by(user).exists():
        raise Http404
    theirs = CheckIn.objects.known_to(user).of_reps(Rep.objects.in_teams_of(user))
    waiting = theirs.answerable_by(user).unanswered()
    others = theirs.exclude(pk__in=waiting.values("pk"))
    latest = others.order_by(
        "-week", "-checked_in_at", "rep__name", "pk"
    ).without_words()
    page = Paginator(latest, SHOWN_AT_ONCE).get_page(request.GET.get("page"))
    longest_first = waiting.order_by("week", "checked_in_at", "pk").without_words()
    waits = check_ins_listed(list(longest_first[:SHOWN_AT_ONCE]), user)
    listed = check_ins_listed(list(page), user)
    file = download(_("Check-ins"), "plans:check_in_file", selling=1)
    context = {
        "waiting": waits,
        "page": page,
        "latest": listed,
        "downloads": [file] if any(row.said for row in waits + listed) else [],
    }
    if not (context["waiting"] or context["latest"]):
        context |= _none_yet(user)
    return render(request, "plans/week/check_ins.html", context)


def _none_yet(user) -> dict:
    """Whether there is anybody to ask, and whether the reader sees when they are."""
    today = user.local_date(timezone.now())
    run, workable = Rep.objects.in_teams_of(user), Rep.objects.workable_by(user)
    return {
        "nobody_sells": not run.selling_on(today).exists(),
        "sees_when": workable.selling_on(today).exists(),
        "whom_to_ask": whom_to_ask(user),
    }


def _show(request, week, *, status=200, **shown):
    """The check-in for htmx; the week's page around it for a browser without it."""
    panel = check_in_panel(week, request.user, may_log=True, **shown)
    if request.htmx:
        context = {"panel": panel, "swapped": True}
        return render(request, "plans/week/_check_in.html", context, status=status)
    return show_week(request, week, may_log=True, check_in=panel, status=status)

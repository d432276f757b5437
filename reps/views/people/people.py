"""The people of the organization: who signs in, who sells where, who keeps what."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reps.forms.people.person import KnownPersonForm, NewPersonForm
from reps.forms.people.rep import RepForm
from reps.models import Rep, Team, User
from reps.views.list_file import download
from reps.views.people.people_list import group_people
from reps.views.send_link import send_link
from reps.views.set_up_rows import admins_organization, row_asked_for, save_or_show


@require_safe
def people(request):
    """Everybody, by team. A link opens the form of a person (`?edit`), or of a rep
    who came with an import and does not sign in (`?rep`)."""
    organization = admins_organization(request.user)
    person = row_asked_for(request, "edit", User.objects.editable_by(request.user))
    rep = row_asked_for(request, "rep", _nobodys(request))
    if person:
        form = KnownPersonForm(
            instance=person, organization=organization, **_now_by(request)
        ).focus()
    elif rep:
        form = RepForm(
            instance=rep, organization=organization, **_now_by(request)
        ).focus()
    else:
        form = NewPersonForm(organization=organization, by=request.user)
    return _show(request, form)


@require_POST
def add_person(request):
    """Add somebody; with an address, and if it is wished, mail them the link."""
    organization = admins_organization(request.user)
    form = NewPersonForm(request.POST, organization=organization, by=request.user)
    if not form.save_if_valid():
        return _show(request, form, status=422)
    saved = _("%(name)s is added.") % {"name": form.instance.name}
    if form.instance.email and form.cleaned_data["send_link"]:
        send_link(request, form.instance, saved=saved)
    else:
        messages.success(request, saved)
    return redirect("reps:people")


@require_POST
def edit_person(request, person_id):
    """Change who they are, what they keep, where they sell, whether they come in."""
    person = get_object_or_404(User.objects.editable_by(request.user), pk=person_id)
    form = KnownPersonForm(
        request.POST,
        instance=person,
        organization=admins_organization(request.user),
        **_now_by(request),
    )
    said = _("%(name)s is saved.")
    return save_or_show(request, form, said=said, page="reps:people", show=_show)


@require_POST
def edit_rep(request, rep_id):
    """Change a rep nobody signs in as; with an address, somebody can."""
    rep = get_object_or_404(Rep.objects.editable_by(request.user), pk=rep_id)
    if rep.user_id:
        words = _("%(name)s has an address by now, and is changed here.")
        messages.warning(request, words % {"name": rep.name})
        return redirect(f"{reverse('reps:people')}?edit={rep.user_id}")
    form = RepForm(
        request.POST,
        instance=rep,
        organization=admins_organization(request.user),
        **_now_by(request),
    )
    if not form.save_if_valid():
        return _show(request, form, status=form.status)
    saved = _("%(name)s is saved.") % {"name": rep.name}
    if rep.user and form.cleaned_data["send_link"] and not rep.user.last_login:
        send_link(request, rep.user, saved=saved)
    else:
        messages.success(request, saved)
    return redirect("reps:people")


@require_POST
def send_invitation(request, person_id):
    """Mail the link to set a password to somebody who has not signed in yet."""
    kept = User.objects.editable_by(request.user).select_related("organization")
    person = get_object_or_404(kept, pk=person_id)
    if User.objects.invitable_by(request.user).filter(pk=person.pk).exists():
        send_link(request, person)
    else:
        words = _(
            "No link was sent to %(name)s: it is for people with an address who may"
            " sign in, and have not done so yet."
        )
        messages.warning(request, words % {"name": person.name})
    return redirect("reps:people")


def _now_by(request) -> dict:
    return {"by": request.user, "at": timezone.now()}


def _nobodys(request):
    """Reps of this admin's organization whom nobody signs in as."""
    return Rep.objects.editable_by(request.user).filter(user=None)


def _show(request, form, **kwargs):
    groups = group_people(request.user, request.user.local_date(timezone.now()))
    context = {
        "part": "people",
        "groups": groups,
        "nobody_sells": not any(group.is_team for group in groups),
        "has_teams": Team.objects.editable_by(request.user).exists,
        "has_segments": form.organization.has_segments,
        "form": form,
        "downloads": [download(_("People"), "reps:people_file")],
    }
    return render(request, "reps/people/people.html", context, **kwargs)

"""What the pages of set-up share: whose organization it is, which row a link asks for,
and how a form that was sent is answered.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from reps.models import Organization


def admins_organization(user) -> Organization:
    """The organization this admin keeps; whoever is no admin finds nothing here."""
    return get_object_or_404(Organization.objects.editable_by(user))


def row_asked_for(request, word: str, rows):
    """The row whose form a link such as `?edit=7` opens, or None if it opens none."""
    asked = request.GET.get(word)
    if asked is None:
        return None
    if not asked.isdecimal():
        raise Http404
    return get_object_or_404(rows, pk=asked)


def save_or_show(request, form, *, said: str, page: str, show):
    """Save the form and go back to its page; or show it again with what is wrong.

    `said` stands on the page then, with the row's name for `%(name)s`. `show` is the
    view's own: it draws the page with this form on it.
    """
    if not form.save_if_valid():
        return show(request, form=form, status=form.status)
    messages.success(request, said % {"name": form.instance.name})
    return redirect(page)

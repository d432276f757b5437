"""What set-up views begin with: whose organization, and which row a link opened."""

from django.http import Http404
from django.shortcuts import get_object_or_404

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

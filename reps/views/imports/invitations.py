"""Invite those who came with a file of people: only when an admin asks for it."""

from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from reps.imports.people_kind import invitable_from
from reps.models import FileImport
from reps.views.send_link import send_links
from reps.views.set_up_rows import admins_organization

AT_ONCE = 100  # letters, for which somebody waits


@require_POST
def send_invitations(request, import_id):
    """Mail the link to set a password to the new, as many as one waits for."""
    admins_organization(request.user)
    rows = FileImport.objects.visible_to(request.user)
    file_import = get_object_or_404(rows, pk=import_id)
    today = request.user.local_date(timezone.now())
    people = invitable_from(file_import, by=request.user, today=today)
    send_links(request, people[:AT_ONCE])
    return redirect(file_import)

"""The demo's door: in as one of its people, with one click.

Its address exists only in a process that is the demo (`recovery/embedded/demo.py`).
"""

from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.http.request import split_domain_port
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from recovery.demo_quarter import ADMIN, ERIN, LEADER, THEO
from reps.models import User


@dataclass(frozen=True, slots=True)
class DemoPerson:
    key: str
    email: str
    name: str
    role: str

    @property
    def url(self) -> str:
        return reverse("demo_sign_in", args=[self.key])


PEOPLE = {
    person.key: person
    for person in (
        DemoPerson("erin", ERIN, "Erin", _("manager of the team")),
        DemoPerson("theo", THEO, "Theo", _("rep, with a recovery plan")),
        DemoPerson("lena", LEADER, "Lena", _("sales leader, over all teams")),
        DemoPerson("ada", ADMIN, "Ada", _("keeps people, quotas and e-mails")),
    )
}


def demo_people(request):
    """For the sign-in page: whom one can be. The settings list it in a demo alone."""
    return {"demo_people": PEOPLE.values() if settings.DEMO else []}


@login_not_required
@require_POST
def demo_sign_in(request, person):
    """Sign in as one of the demo's people, and go to their own first page."""
    if not (settings.DEMO and is_from_this_machine(request) and person in PEOPLE):
        raise Http404
    user = get_object_or_404(User, email=PEOPLE[person].email)
    login(request, user)
    return redirect(settings.LOGIN_REDIRECT_URL)


def is_from_this_machine(request) -> bool:
    """Sent from here, and to here by name: another site's name may lead here too."""
    host, _port = split_domain_port(request.get_host())
    sender = request.META["REMOTE_ADDR"]
    return host in ("localhost", "127.0.0.1") and ip_address(sender).is_loopback

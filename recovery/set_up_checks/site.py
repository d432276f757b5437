"""Where people find it: address, proxy, and what a stranger is shown."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from recovery.set_up_checks.finding import Finding, broken, fine, look


def address() -> Finding:
    """SITE_URL. What could not be read at all was refused at the start."""
    url = settings.SITE_URL
    host = urlsplit(url).hostname
    if host in {"localhost", "::1"} or host.startswith("127."):
        return look(
            _("%(url)s opens on this machine alone, and letters link there.")
            % {"url": url},
            _("For others, set SITE_URL to the address they will type."),
        )
    if not settings.HTTPS:
        return look(
            _("Passwords travel to %(url)s readable for whoever is on the way.")
            % {"url": url},
            _("Have a proxy with a certificate in front, and SITE_URL begin https://."),
        )
    return fine(_("Letters link to %(url)s.") % {"url": url})


def proxy() -> Finding:
    """By https people reach a proxy, which must say so, and be believed."""
    if settings.HTTPS and not settings.BEHIND_PROXY:
        return broken(
            _("SITE_URL is https and BEHIND_PROXY is 0: pages redirect to themselves."),
            _("Have the proxy set X-Forwarded-Proto, and set BEHIND_PROXY=1."),
        )
    if settings.BEHIND_PROXY and not settings.HTTPS:
        return look(
            _("BEHIND_PROXY is 1, and SITE_URL begins http://."),
            _("Set BEHIND_PROXY=0, or SITE_URL to the proxy's https address."),
        )
    if settings.BEHIND_PROXY:
        return fine(_("The proxy is believed when it says that a page came by https."))
    return fine(_("None is expected: BEHIND_PROXY is 0, and SITE_URL begins http://."))


def errors_and_names() -> Finding:
    if settings.DEBUG:
        return broken(
            _("DEBUG is 1: whoever meets an error is shown code and settings."),
            _("Set DEBUG=0, and start it anew."),
        )
    names = sorted(set(settings.ALLOWED_HOSTS))
    facts = {"names": ", ".join(names)}
    if any(name.startswith(("*", ".")) for name in names):
        return look(
            _("It answers to names nobody listed: %(names)s.") % facts,
            _("Name each in ALLOWED_HOSTS; SITE_URL's own is there by itself."),
        )
    return fine(_("Errors are shown to nobody. It answers to %(names)s.") % facts)

"""EMAIL_URL read into Django's e-mail settings, or refused in one sentence.

A password may hold any sign: what stands before the last @ is user and password. `%40`
and its kind are read as in every URL, so a plain % is written %25.
"""

from urllib.parse import unquote

from django.core.exceptions import ImproperlyConfigured

SMTP = "django.core.mail.backends.smtp.EmailBackend"
# By scheme: encrypted from the first byte, encrypted by STARTTLS, the usual port.
SCHEMES = {
    "smtp": (False, False, 25),
    "smtp+tls": (False, True, 587),
    "smtps": (True, False, 465),
    "smtp+ssl": (True, False, 465),
}
FORMS = (
    "smtps://user:password@host:465 (TLS), smtp+tls://user:password@host:587 "
    "(STARTTLS), smtp://host:25 (neither), filemail:///folder or consolemail:"
)


def mail_settings(url: str) -> dict[str, object]:
    """The EMAIL_… settings of a URL. Raises ImproperlyConfigured, saying what to do."""
    scheme, _, rest = url.strip().partition(":")
    if scheme == "consolemail":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if scheme == "filemail":
        folder = unquote(rest.removeprefix("//"))
        if not folder.startswith("/"):
            raise _refusal("the folder is not a whole path")
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": folder,
        }
    if scheme not in SCHEMES or not rest.startswith("//"):
        raise _refusal("it begins with none of the forms below")
    is_tls, is_starttls, usual_port = SCHEMES[scheme]
    who, _, server = rest.removeprefix("//").rpartition("@")
    user, _, password = who.partition(":")
    host, port = _host_and_port(server.rstrip("/"), usual_port)
    if is_starttls and port == 465:
        raise _refusal("port 465 speaks TLS from the first byte: write smtps://")
    if is_tls and port == 587:
        raise _refusal("port 587 speaks STARTTLS: write smtp+tls://")
    return {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": host,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(user),
        "EMAIL_HOST_PASSWORD": unquote(password),
        "EMAIL_USE_SSL": is_tls,
        "EMAIL_USE_TLS": is_starttls,
    }


def _host_and_port(server: str, usual_port: int) -> tuple[str, int]:
    """Of host, host:port, or [::1]:port."""
    if server.startswith("["):
        host, _, port = server.removeprefix("[").partition("]")
        port = port.removeprefix(":")
    else:
        host, _, port = server.partition(":")
    is_name = server.startswith("[") or not set(host) & set("/?# ")
    if not (host and is_name):
        raise _refusal("it names no host after the last @")
    if not port:
        return host, usual_port
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise _refusal("what stands after the host is no port")
    return host, int(port)


def _refusal(why: str) -> ImproperlyConfigured:
    """Without the URL itself: it has the password in it, and this is printed."""
    return ImproperlyConfigured(f"EMAIL_URL cannot be used: {why}. It reads {FORMS}.")

"""Try every address with every verb as every role, and tell what does not fit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from http.cookies import SimpleCookie
from inspect import getclosurevars

from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.access.matrix import DOORS, ROLES, VERBS

CLOSED = {403, 404}
OPERATORS_ONLY = "admin:"
BY_ALL = ("GET", "POST")  # HEAD is GET without the page: two people will do


@dataclass(frozen=True)
class Address:
    """A place in the URLconf by its full name, with the rows its path asks for."""

    name: str
    asks: tuple[str, ...]
    view: Callable

    def url(self, world) -> str:
        return reverse(self.name, kwargs={ask: world.rows[ask] for ask in self.asks})

    @property
    def names_a_row(self) -> bool:
        return any(ask.endswith("_id") for ask in self.asks)

    def verbs_for(self, role) -> tuple[str, ...]:
        """Those that are tried: all of them by nobody and by one who may.

        A decorator around all of a view refuses the others before anything in it knows
        of a role; without one, everybody tries everything.
        """
        door = DOORS[self.name]
        taken = getclosurevars(self.view).nonlocals.get("request_method_list", ())
        if role in door.nobody_and_one_who_may or {*taken} != {*door.verbs}:
            return VERBS
        return BY_ALL


def addresses() -> list[Address]:
    """Every address of the site but the operator's own."""
    found = _under(get_resolver(), "")
    return [a for a in found if not a.name.startswith(OPERATORS_ONLY)]


def _under(resolver, namespace) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            asks = tuple(pattern.pattern.regex.groupindex)
            yield Address(f"{namespace}{pattern.name}", asks, pattern.callback)
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _under(pattern, f"{namespace}{inner}")


def leaks(world, stranger, *, roles=ROLES, only=lambda address: True) -> Iterator[str]:
    """What opens though it should not, and what does not though it should.

    Every request is undone. `stranger` is another organization's world: its people are
    tried on this one's rows, and nothing of it may show in any answer.
    """
    client = Client(raise_request_exception=False)
    for address in addresses():
        door = DOORS[address.name]
        if door.elsewhere or not only(address):
            continue
        for role in roles:
            for verb in address.verbs_for(role):
                own = _try(client, address, verb, world, world.people[role])
                yield from _judged(address, verb, role, door, own)
                if stranger.secret in own.words:
                    yield f"{verb} {address.name}: {role} sees another's"
                if address.names_a_row and verb in door.verbs:
                    foreign = _try(client, address, verb, world, stranger.people[role])
                    if role != "anonymous" and foreign.status_code != 404:
                        code = foreign.status_code
                        yield f"{verb} {address.name}: a strange {role}: {code}"


def _judged(address, verb, role, door, response) -> list[str]:
    code = response.status_code
    said = f"{verb} {address.name}: {role}: {code}"
    if code >= 500:
        return [said]
    if door.public:
        return []
    if role == "anonymous":
        login = resolve_url(settings.LOGIN_URL)
        sent_off = code == 302 and response.url.startswith(login)
        return [] if sent_off else [said]
    if verb not in door.verbs:
        return [] if code == 405 else [said]
    if (code in CLOSED) == (role in door.to):
        return [said]
    return []


def _try(client, address, verb, world, person):
    be(person, client)
    try:
        with transaction.atomic():
            response = client.generic(verb, address.url(world))
            response.words = response.getvalue().decode(errors="replace")
            raise _UndoneError
    except _UndoneError:
        return response


def be(person, client) -> None:
    """Another one from now on; what is loaded for all stays with the client."""
    client.cookies = SimpleCookie(session_of(person))


@cache
def session_of(person):
    """Cookies of somebody signed in, made once: most of a request would be that."""
    client = Client()
    if person:
        client.force_login(person)
    return client.cookies


class _UndoneError(Exception):
    """Takes back what the request did."""

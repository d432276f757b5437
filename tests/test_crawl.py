"""A machine clicks on everything: no menu entry is dead, no form ends in a fault."""

import sys
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

from recovery import demo_quarter
from reps.models import User

OF_A_KIND = 3  # addresses with one name that are opened: rows of a list are alike
AT_MOST = 400
PEOPLE = {
    "theo": demo_quarter.THEO,
    "erin": demo_quarter.ERIN,
    "lena": demo_quarter.LEADER,
    "ada": demo_quarter.ADMIN,
}
VERBS = ("hx-post", "hx-put", "hx-patch", "hx-delete")


@dataclass
class Form:
    address: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """What can be opened from a page, and what can be sent."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.within: Form | None = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if "hx-get" in told:
            self.links.append(told["hx-get"])
        if tag == "form":
            self.within = Form(told.get("action", ""))
            if told.get("method", "get").lower() == "get":
                self.links.append(self.within.address)
            else:
                self.forms.append(self.within)
        else:
            self.forms += [Form(told[verb]) for verb in VERBS if verb in told]
            self.forms += [Form(told["formaction"])] if "formaction" in told else []
        if tag == "input" and told.get("type") == "hidden" and self.within:
            self.within.fields[told.get("name", "")] = told.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self.within = None


class Crawl:
    """Everything one person can reach from the start page, each kind some times."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.waiting, self.known = ["/"], {"/"}
        self.kinds: dict[tuple, int] = {}
        self.kinds_sent: Counter[str] = Counter()
        self.opened, self.sent = 0, 0
        self.wrong: list[str] = []

    def run(self) -> None:
        while self.waiting and self.opened < AT_MOST:
            self.open(self.waiting.pop(0))

    def open(self, address: str) -> None:
        answer = self.client.get(address, follow=True)
        self.opened += 1
        if answer.status_code >= 400:
            self.wrong.append(f"{answer.status_code} {address}")
        if "text/html" not in answer.headers.get("Content-Type", ""):
            answer.getvalue()  # all of it, which closes what it was read from
            return
        page = Page(answer.content.decode())
        self.waiting += [
            path
            for link in page.links
            if (path := self.fresh(urljoin(address, link), "GET"))
        ]
        for form in page.forms:
            if path := self.fresh(urljoin(address, form.address), "POST"):
                self.send(path, form)

    def send(self, path: str, form: Form) -> None:
        """As it stands, nothing typed; what comes of it is undone."""
        for headers in self.ways(path):
            with transaction.atomic():
                status = self.client.post(
                    path, form.fields, headers=headers
                ).status_code
                transaction.set_rollback(True)
            self.sent += 1
            if status >= 500:
                self.wrong.append(f"{status} {path}, sent with {form.fields}")

    def ways(self, path: str) -> list[dict[str, str]]:
        """The first of a kind as a page and by htmx; those like it in turns."""
        ways = [{}, {"HX-Request": "true"}]
        name = resolve(urlsplit(path).path).view_name
        before = self.kinds_sent[name]
        self.kinds_sent[name] += 1
        return [ways[before % 2]] if before else ways

    def fresh(self, address: str, verb: str) -> str | None:
        """Its path, unless it is elsewhere, known, or one too many of its kind."""
        parts = urlsplit(address)
        path = parts._replace(scheme="", netloc="", fragment="").geturl()
        if parts.scheme not in {"", "http"} or (path, verb) in self.known:
            return None
        if path.startswith("/static/"):
            return None
        try:
            name = resolve(parts.path).view_name
        except Resolver404:
            self.wrong.append(f"no such page: {path}")
            return None
        if verb == "POST" and name == "account_logout":
            return None
        self.known.add((path, verb))
        kind = (verb, name, tuple(sorted(parts.query.split("=")[::2])))
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        return path if self.kinds[kind] <= OF_A_KIND else None


@pytest.mark.django_db
def test_whatever_is_linked_answers():
    """All of them in one demo: to make it takes long."""
    demo_quarter.fill(at=timezone.now())
    for person, email in PEOPLE.items():
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(email=email))

        crawl = Crawl(client)
        crawl.run()

        sys.stdout.write(f"{person}: {crawl.opened} pages, {crawl.sent} forms sent\n")
        assert crawl.wrong == [], person
        assert crawl.opened >= 30
        assert not crawl.waiting

"""A page as its reader has it: signed in, and without the marks."""

import re


def page_for(client, user, url: str) -> str:
    """What this user gets at an address, on one line."""
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == 200
    return one_line(response.text)


def one_line(html: str) -> str:
    """One space for many, and none at either end of an element, or of its tag.

    So it reads alike whichever way its template is broken into lines.
    """
    html = re.sub(r" (/?>)", r"\1", " ".join(html.split()))
    return re.sub(r"(<[^/][^>]*>) | (?=</)", r"\1", html)


def words(html: str) -> str:
    """What stands on the page for the eye: no marks, and no chart's own title."""
    return one_line(re.sub(r"<(title|desc).*?</\1>|<[^>]+>", " ", html))

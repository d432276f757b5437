"""A page as its reader has it: signed in, and without the marks."""

import re


def page_for(client, user, url: str) -> str:
    """What this user gets at an address, on one line."""
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == 200
    return one_line(response.text)


def one_line(text: str) -> str:
    """One space between its words, wherever the lines of the template break."""
    return " ".join(text.split())


def words(html: str) -> str:
    """What stands on the page for the eye: no marks, and no chart's own title."""
    return one_line(re.sub(r"<(title|desc).*?</\1>|<[^>]+>", " ", html))

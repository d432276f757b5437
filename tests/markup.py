"""HTML as it counts, whichever way its template is broken into lines."""

import re


def one_line(html: str) -> str:
    """One space for many, and none at either end of an element, or of its tag."""
    html = re.sub(r" (/?>)", r"\1", " ".join(html.split()))
    return re.sub(r"(<[^/][^>]*>) | (?=</)", r"\1", html)

"""The floor of the nudges: ready letters over one connection, as a process of its own.

Nothing is decided, looked up or written down. The MIME is built as it is sent, by
Django as it comes, from a text and a page that are ready. Each time a line tells it to
it sends all of them, and answers with a line.
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.core.mail import (  # noqa: E402 - Django has to be set up first
    EmailMultiAlternatives,
    get_connection,
)


def main(path: str) -> None:
    letters = json.loads(Path(path).read_text())
    server = get_connection()
    server.open()
    for _told in sys.stdin:
        for letter in letters:
            page = letter["page"]
            message = EmailMultiAlternatives(**letter["facts"], connection=server)
            message.attach_alternative(page, "text/html")
            message.send()
        sys.stdout.write("sent\n")
        sys.stdout.flush()
    server.close()


if __name__ == "__main__":
    main(sys.argv[1])

"""Whatever goes wrong in a browser while a test runs, and what the test wants to."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

# A page that is left takes its requests along; nobody waits for those any more.
LEFT_BEHIND = "net::ERR_ABORTED"
LOGGED = {"error", "warning"}
ICON = (
    "/favicon.svg"  # the browser fetches it when it likes: the line may be cut by then
)


@dataclass
class Trouble:
    """Lines of what went wrong; `causes` is how a test says which of them it means."""

    lines: list[str] = field(default_factory=list)
    caused: list[str] = field(default_factory=list)

    def causes(self, *patterns: str):
        """Forgive lines in which one of these is found, and want a line of each."""
        self.caused.extend(patterns)

    def watch(self, context, home: str):
        """Write down what goes wrong on any page of this browser from now on."""

        def note(page, words):
            self.lines.append(f"{page.url if page else home}: {words}")

        def logged(message):
            # A breach of the Content-Security-Policy is logged too, and so is every
            # answer of 400 and above.
            url = message.location["url"]
            if message.type in LOGGED and not url.endswith(ICON):
                note(message.page, f"{message.text} {url}")

        def asked(request):
            if urlsplit(request.url).netloc not in {"", urlsplit(home).netloc}:
                self.lines.append(f"asked {request.url}")

        def failed(request):
            if request.failure != LEFT_BEHIND and not request.url.endswith(ICON):
                self.lines.append(f"{request.failure} {request.method} {request.url}")

        context.on("console", logged)
        context.on("request", asked)
        context.on("requestfailed", failed)
        context.on("weberror", lambda raised: note(raised.page, raised.error))

    def uncalled_for(self) -> list[str]:
        """What went wrong and was not meant to, and what was meant to and did not."""
        unmeant = [
            line
            for line in self.lines
            if not any(re.search(pattern, line) for pattern in self.caused)
        ]
        missed = [
            f"did not come: {pattern}"
            for pattern in self.caused
            if not any(re.search(pattern, line) for line in self.lines)
        ]
        return unmeant + missed

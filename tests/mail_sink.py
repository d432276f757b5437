"""A real SMTP server of the tests' own, which takes letters and keeps them."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from tests.recovery.server_process import free_port


class Sink:
    """Takes every letter, and remembers over how many connections they came."""

    def __init__(self) -> None:
        self.letters = []
        self.sessions = []
        self.port = free_port()

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope)
        self.sessions.append(session)
        return "250 taken"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def sent_to(self) -> list[str]:
        return sorted(envelope.rcpt_tos[0] for envelope in self.letters)

    @property
    def connections(self) -> int:
        return len({id(session) for session in self.sessions})


@contextmanager
def mail_sink(**facts) -> Iterator[Sink]:
    """A sink while it runs. `facts` are aiosmtpd's: its certificate, who comes in."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, **facts)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()

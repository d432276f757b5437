"""The mail server of the harness: it takes letters and writes down which.

It takes a moment until a letter is in the journal, and another until the worker hears
yes: who is killed in the first must not have called the letter sent, and who is killed
in the second cannot know that it arrived, and is why duplicates are not forbidden.

What an address begins with says how it is treated: `refused` never gets a letter,
`hanging` never gets an answer, and one of more than `HUGE` bytes is not taken.
"""

import asyncio
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.controller import Controller

from tests.faults.ledger import Arrival

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
HUGE = 1_000_000  # bytes; smtplib says how large a letter is before it sends it
TAKES = 0.01  # seconds until it has a letter, and as long again until it says so
LATELY = 20  # letters
HANGS_FOR = 60  # seconds; no worker waits that long


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter in the sink, when it came and from which process."""

    arrival: Arrival
    at: float
    sender: str


class Sink:
    """Runs in a thread of its own, between `with` and its end."""

    def __init__(self, journal: Path, port: int) -> None:
        self.journal = journal
        self.taken: list[Taken] = []
        self.controller = Controller(
            self, hostname="127.0.0.1", port=port, data_size_limit=HUGE
        )

    def __enter__(self) -> "Sink":
        self.file = os.open(self.journal, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        self.controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.controller.stop(no_assert=True)
        os.close(self.file)

    def empty(self) -> None:
        """Begin anew, for the next fault."""
        os.truncate(self.journal, 0)
        self.taken = []

    def seconds_a_letter(self) -> float:
        """From one letter of a sender to its next, lately."""
        lately = self.taken[-LATELY:]
        senders = len({taken.sender for taken in lately})
        return (lately[-1].at - lately[0].at) * senders / len(lately)

    def arrivals(self) -> list[Arrival]:
        """What the journal says."""
        lines = self.journal.read_text().splitlines()
        return [Arrival(*line.split(" ", 1)) for line in lines]

    # --- What aiosmtpd calls, all in its one thread ---------------------------------

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 There is nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if any(address.startswith("hanging") for address in envelope.rcpt_tos):
            await asyncio.sleep(HANGS_FOR)
            return "451 4.3.0 Too busy"
        await asyncio.sleep(TAKES)
        found = MESSAGE_ID.search(envelope.content.partition(b"\r\n\r\n")[0])
        message_id = found[1].decode() if found else "none"
        for address in envelope.rcpt_tos:
            os.write(self.file, f"{message_id} {address}\n".encode())
            arrival = Arrival(message_id, address)
            self.taken.append(Taken(arrival, time.monotonic(), session.host_name))
        await asyncio.sleep(TAKES)
        return "250 OK"

"""A mail server that takes every letter at once, as a process of its own.

It keeps none, and says how many there were to whoever asks: VRFY, SMTP's own question.
"""

import asyncio
import sys

from aiosmtpd.smtp import SMTP


class Counter:
    """What aiosmtpd calls for each letter."""

    def __init__(self) -> None:
        self.letters = 0

    async def handle_DATA(self, server, session, envelope):
        self.letters += 1
        return "250 taken"

    async def handle_VRFY(self, server, session, envelope, address):
        return f"252 {self.letters}"


async def serve(port: int) -> None:
    counter = Counter()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(counter), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))

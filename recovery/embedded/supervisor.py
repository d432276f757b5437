"""The process that runs PostgreSQL for as long as anybody holds a seat with it.

Started by `postgres.py` as a program of its own; it imports the standard library only.
A seat is a socket connection. The kernel closes it when its process ends, by SIGKILL
too, so counting seats needs no cleaning up: when the last is given up, PostgreSQL is
shut down and the supervisor ends. Nobody's crash leaves a server behind, and nobody who
leaves takes the server from the others.

A server that dies is started again, so that connections come back; one that keeps
dying is given up.
"""

import contextlib
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
import traceback

READY = b"ready"
DEATHS_TOLERATED = 5  # within a minute
SECONDS_TO_SHUT_DOWN = 30


class Supervisor:
    def __init__(self, order: dict) -> None:
        self.order = order
        self.listener = socket.socket(fileno=order["listener"])
        self.starter = socket.socket(fileno=order["starter"])
        self.seats = {self.starter}
        self.leaving: list[socket.socket] = []
        self.ready = False  # the starter says so, once it has made roles and database
        self.told_to_stop = False
        self.deaths: list[float] = []

        self.wakened, waker = socket.socketpair()
        self.wakened.setblocking(False)
        waker.setblocking(False)
        self.waker = waker
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, self.stop_soon)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

        self.selector = selectors.DefaultSelector()
        for source in (self.listener, self.starter, self.wakened):
            self.selector.register(source, selectors.EVENT_READ)
        self.server = self.started_server()

    def stop_soon(self, *_: object) -> None:
        self.told_to_stop = True

    def started_server(self) -> subprocess.Popen:
        # As another user, the server must not inherit a working folder it cannot read.
        return subprocess.Popen(
            self.order["command"],
            cwd="/",
            user=self.order["user"],
            group=self.order["group"],
            extra_groups=None if self.order["user"] is None else [],
            stdin=subprocess.DEVNULL,
            # Signals a terminal sends to a group are not for PostgreSQL.
            start_new_session=True,
            restore_signals=True,
        )

    def run(self) -> None:
        try:
            while self.seats and not self.told_to_stop and self.server_lives():
                self.attend_all(self.selector.select())
                # Who leaves waits for the end, unless others stay or have come. One
                # who looked in and has gone by now is no other.
                while self.leaving and (more := self.selector.select(0)):
                    self.attend_all(more)
                while self.seats and self.leaving:
                    self.leaving.pop().close()
        finally:
            self.close()

    def attend_all(self, ready: list) -> None:
        for key, _ in ready:
            self.attend(key.fileobj)

    def attend(self, source: socket.socket) -> None:
        if source is self.wakened:
            self.wakened.recv(4096)
        elif source is self.listener:
            seat, _ = self.listener.accept()
            self.seats.add(seat)
            self.selector.register(seat, selectors.EVENT_READ)
            if self.ready:
                self.greet(seat)
        elif not self.received(source):
            self.selector.unregister(source)
            self.seats.remove(source)
            self.leaving.append(source)
        elif source is self.starter and not self.ready:
            self.ready = True
            for seat in self.seats - {self.starter}:
                self.greet(seat)

    def greet(self, seat: socket.socket) -> None:
        with contextlib.suppress(OSError):  # gone already: `attend` will hear of it
            seat.sendall(READY)

    def received(self, seat: socket.socket) -> bytes:
        try:
            return seat.recv(64)
        except OSError:
            return b""

    def server_lives(self) -> bool:
        """Whether PostgreSQL runs; one that died is first brought back."""
        while (code := self.server.poll()) is not None:
            now = time.monotonic()
            self.deaths = [died for died in self.deaths if died > now - 60] + [now]
            # Code 0: somebody told it to end.
            if code == 0 or len(self.deaths) > DEATHS_TOLERATED:
                return False
            # What is left of a killed server needs a moment to notice and end.
            time.sleep(0.1 * len(self.deaths))
            self.server = self.started_server()
        return True

    def close(self) -> None:
        # Newcomers find nobody at home, and wait for the lock.
        self.listener.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.order["address"])
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)  # "fast": no waiting for clients
            try:
                self.server.wait(SECONDS_TO_SHUT_DOWN)
            except subprocess.TimeoutExpired:
                self.server.send_signal(signal.SIGQUIT)
                self.server.wait()
        # The lock first, so that whoever hears us end can take it at once. The seats
        # close with the process.
        os.close(self.order["lock"])


if __name__ == "__main__":
    # Its parent goes on at once, and has no child to wait for later.
    if os.fork():
        os._exit(0)
    os.chdir("/")
    try:
        Supervisor(json.loads(sys.argv[1])).run()
    except Exception:
        traceback.print_exc()
    # At once: who hears its seat close may count on there being no process left.
    os._exit(0)

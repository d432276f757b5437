"""A server that a test stops in the middle, and starts again where it was."""

import socket
from contextlib import suppress

from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler
from pytest_django.live_server_helper import LiveServer


class ServerThatStops(LiveServer):
    """As `live_server`; once stopped it refuses every connection, also those kept."""

    def __init__(self):
        super().__init__("localhost", start=False)
        self.start()

    def start(self):
        before = self.thread
        self.thread = _Thread(before.host, before.static_handler, {}, before.port)
        self.thread.daemon = True
        super().start()

    def stop(self):
        super().stop()
        for connection in self.thread.httpd.connections:
            with suppress(OSError):  # closed long ago
                connection.shutdown(socket.SHUT_RDWR)


class _Server(ThreadedWSGIServer):
    """Knows the connections that a browser keeps for its next request."""

    def __init__(self, *args, **facts):
        super().__init__(*args, **facts)
        self.connections = []

    def process_request(self, request, client_address):
        self.connections.append(request)
        super().process_request(request, client_address)


class _Thread(LiveServerThread):
    def _create_server(self, connections_override=None):
        # The same port at once, though its last connections are hardly closed.
        return _Server(
            (self.host, self.port), QuietWSGIRequestHandler, allow_reuse_address=True
        )

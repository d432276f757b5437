"""Django's door to the embedded PostgreSQL: the first connection starts the server.

So every command works without a server of one's own, and shares it with the web
process if that runs.
"""

import atexit
from pathlib import Path

from django.db.backends.postgresql import base

from recovery.embedded.postgres import Address, Postgres

_ours: dict[Path, Postgres] = {}


def running_server(folder: Path, *, durable: bool) -> Address:
    """Join or start this folder's server, until the process ends."""
    if folder not in _ours:
        _ours[folder] = Postgres(folder, durable=durable)
        atexit.register(_ours[folder].stop)
    return _ours[folder].start()


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL, found in `FOLDER` instead of at a host and port."""

    def get_connection_params(self):
        facts = self.settings_dict
        durable = facts.get("DURABLE", True)
        address = running_server(Path(facts["FOLDER"]), durable=durable)
        facts["HOST"], facts["PORT"] = str(address.socket_folder), str(address.port)
        return super().get_connection_params()

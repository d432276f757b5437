"""An office that is backed up and restored, by the commands somebody gives there."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import psycopg

from recovery.embedded.postgres import Postgres
from tests.recovery.server_process import ROOT, environment, free_port, told

TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""

# Prints what each command ended with: its exit code, and what it said on stderr.
EACH = """
import json
from io import StringIO
from django.core.management import call_command
ended = []
for command in {}:
    code, stdout, stderr = 0, StringIO(), StringIO()
    try:
        call_command(*command, stdout=stdout, stderr=stderr, no_color=True)
    except SystemExit as end:
        code = end.code
    ended.append((code, stderr.getvalue()))
print(json.dumps(ended))
"""


class Office:
    """A data folder, and the commands somebody gives there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = environment(folder, free_port())

    def told(self, *command, **changes):
        return told(*map(str, command), env=self.environment | changes)

    def starts(self, *command) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def does(self, *command, **changes) -> str:
        """What it said, having done it."""
        ended = self.told(*command, **changes)
        assert ended.returncode == 0, ended
        return ended.stdout

    def refuses(self, *command, **changes) -> str:
        """The one sentence it refused with."""
        ended = self.told(*command, **changes)
        assert ended.returncode == 1, ended
        assert ended.stderr.count("\n") <= 1, ended.stderr
        return ended.stderr.strip()

    def refuses_each(self, commands: list[tuple]) -> list[str]:
        """What it said to each, given one after another in a process of its own."""
        given = json.dumps([[str(word) for word in command] for command in commands])
        said = json.loads(self.does("shell", "--no-imports", "-c", EACH.format(given)))
        for code, stderr in said:
            assert code == 1, said
            assert stderr.count("\n") <= 1, stderr
        return [stderr.strip() for _, stderr in said]

    def database(self) -> Postgres:
        return Postgres(self.folder / "postgres")

    def contents(self) -> dict[str, str]:
        with self.database() as address:
            return contents(address)


def contents(address, schema="public") -> dict[str, str]:
    """Each table's rows as one digest, reckoned otherwise than by the code we test."""
    with psycopg.connect(address.url("postgres")) as connection:
        connection.execute(f"SET search_path = {schema}")
        tables = TABLES.replace("'public'", f"'{schema}'")
        return {
            table: hashlib.md5(
                "\n".join(
                    sorted(
                        str(row) for row in connection.execute(f"SELECT * FROM {table}")
                    )
                ).encode()
            ).hexdigest()
            for (table,) in connection.execute(tables).fetchall()
        }

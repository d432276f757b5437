"""`make bench`: the budgets of the hot paths, and what they cost today.

Whatever can be is measured against a floor of the same minute, so that a busy machine
slows both. The run fails on a wrong answer, on a query too many and on growth with
size; past its budget a row says OVER. `make bench ARGS="--only nudges"` runs a part.
"""

import argparse
import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="second-wind-bench-"))
# Registered first, so called last: the database in it ends before.
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "recovery.settings",
    "DATA_DIR": str(FOLDER),
    "DATABASE_URL": "",
    "REDIS_URL": "",
    "EMAIL_URL": "",
    "SITE_URL": "http://127.0.0.1",
    "DEBUG": "0",
    "LOG_LEVEL": "WARNING",
}

import django  # noqa: E402 - the settings must be in place first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.crm_file import add_import  # noqa: E402
from benchmarks.deciding import add_deciding  # noqa: E402
from benchmarks.file_import import add_file_import  # noqa: E402
from benchmarks.memory import add_memory  # noqa: E402
from benchmarks.migrating import add_migrating  # noqa: E402
from benchmarks.outbox import add_outbox  # noqa: E402
from benchmarks.pages import add_pages  # noqa: E402
from benchmarks.table import HEAD, Table  # noqa: E402

PARTS = {
    "pages": lambda table, now: add_pages(table, now),
    "import": lambda table, now: add_import(table, FOLDER),
    "files": lambda table, now: add_file_import(table),
    "nudges": lambda table, now: add_outbox(table, FOLDER, now),
    "memory": lambda table, now: add_memory(table, FOLDER),
    "migrating": lambda table, now: add_migrating(table, FOLDER),
    "deciding": lambda table, now: add_deciding(table, now),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--only", choices=PARTS)
    only = parser.parse_args().only
    call_command("migrate", database="owner", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    table = Table()
    table.say(HEAD)
    for name in [only] if only else PARTS:
        PARTS[name](table, timezone.now())
    table.say_what_is_wrong()
    return 1 if table.wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""The first start of an office on its own data: what it asks, and who answers."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.recovery.server_process import PATIENCE, ROOT, Server, heard, refusal

PASSWORD = "correct horse battery"
ANSWERS = [
    "--organization=Harbor Point",
    "--name=Ada Brandt",
    "--email=Ada@harbor.example",
]


def found(folder: Path) -> None:
    """`office`, refused twice for want of good answers, then founded on a terminal.

    Beside it, in `refused` and `asked`, is what was said.
    """
    server = Server(folder / "office", "serve")
    weak = server.environment | {"ADMIN_PASSWORD": "12345"}
    refused = {
        "no answers": refusal("serve", env=server.environment),
        "12345": refusal("serve", *ANSWERS, env=weak),
    }
    (folder / "refused").write_text(json.dumps(refused))
    (folder / "asked").write_text(founded_on_a_terminal(server))


def founded_on_a_terminal(server):
    """Everything it asked and said, to somebody who has to answer twice at times."""
    terminal, its_end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-u", "manage.py", "serve"],
        cwd=ROOT,
        env=server.environment,
        stdin=its_end,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    said = ""
    for question, answer in [
        ("Its name: ", "Harbor Point"),
        ("Your name: ", "Ada Brandt"),
        ("Your e-mail: ", "ada"),
        ("Your e-mail: ", "Ada@harbor.example"),
        ("A password: ", "12345"),
        ("A password: ", PASSWORD),
        ("Once more: ", PASSWORD),
    ]:
        said += heard(process, question)
        os.write(terminal, f"{answer}\n".encode())
    said += heard(process, "stops it.")
    process.terminate()
    process.communicate(timeout=PATIENCE)
    for end in (terminal, its_end):
        os.close(end)
    return said

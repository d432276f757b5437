"""When a process is the demo, into which anybody may come without a password.

`manage.py demo` writes a new pass into the demo's own folder, for its user's eyes
alone, and starts itself again with that pass in its environment. Only such a process is
the demo: a variable that was copied elsewhere does not fit the file there, and a folder
that was copied has nobody to show its pass. Besides, its database must be the one it
made itself, in a folder called `demo`, and only this machine may reach it.

No Django here: the settings ask first.
"""

import os
from hmac import compare_digest
from pathlib import Path
from secrets import token_urlsafe

FOLDER = "demo"
VARIABLE = "SECOND_WIND_DEMO_PASS"
THIS_MACHINE = "127.0.0.1"


def is_demo(folder: Path, *, embedded_database: bool, bind_address: str) -> bool:
    """Whether all of it holds for this process, whose data folder that is."""
    shown = os.environ.get(VARIABLE, "")
    kept = pass_file(folder)
    return (
        folder.name == FOLDER
        and embedded_database
        and bind_address == THIS_MACHINE
        and bool(shown)
        and kept.is_file()
        and compare_digest(kept.read_bytes(), shown.encode())
    )


def environment_of_demo(folder: Path, port: int) -> dict[str, str]:
    """This process's environment, made the demo's. Makes folder and pass.

    Whatever this machine may be set up to use, the demo uses nothing but its folder.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    new_pass = token_urlsafe(32)
    draft = folder / f"pass.{os.getpid()}"
    draft.touch(mode=0o600)
    draft.write_text(new_pass)
    draft.replace(pass_file(folder))
    return os.environ | {
        VARIABLE: new_pass,
        "DATA_DIR": str(folder),
        "BIND_ADDRESS": THIS_MACHINE,
        "SITE_URL": f"http://{THIS_MACHINE}:{port}",
        "PORT": str(port),
        "ALLOWED_HOSTS": f"localhost,{THIS_MACHINE}",
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "EMAIL_URL": "",
        "SECRET_KEY": "",
        "BEHIND_PROXY": "0",
        "DEBUG": "0",
    }


def pass_file(folder: Path) -> Path:
    return folder / "pass"

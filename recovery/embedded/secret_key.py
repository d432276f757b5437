"""The embedded mode's own secret key: made once, kept in the data folder.

A server with a `DATABASE_URL` gets its key from the environment instead.
"""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_urlsafe
from tempfile import mkstemp


def kept_secret_key(folder: Path) -> str:
    """The key of this data folder, made if need be.

    It is the first thing that any command keeps there. Where nothing can be kept, the
    process ends with a sentence.
    """
    try:
        return made_once(folder)
    except OSError as error:
        raise SystemExit(
            f"Second Wind keeps its data in {folder}, and cannot ({error.strerror}): "
            "mend that, or set DATA_DIR to another folder."
        ) from error


def secret_key_file(folder: Path) -> Path:
    return folder / "secret_key"


def made_once(folder: Path) -> str:
    """Two first starts at once end with one key."""
    path = secret_key_file(folder)
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, draft = mkstemp(dir=folder)  # readable by its owner alone
        with os.fdopen(descriptor, "w") as file:
            file.write(token_urlsafe(48))
        with suppress(FileExistsError):  # the other was first: its key is the key
            os.link(draft, path)
        os.unlink(draft)
    return path.read_text()

"""Writes every file of the corpus into a folder, under its name."""

import sys
from pathlib import Path

from tests.reps.imports.corpus import FILES

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for file in FILES:
    (folder / file.name).write_bytes(file.content())
print(f"{len(FILES)} files")  # noqa: T201

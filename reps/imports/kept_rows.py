"""Rows that took long to read, kept on disk to be read again."""

import pickle
import tempfile
import weakref
from collections.abc import Iterable, Iterator

from reps.domain.files.grid import Row
from reps.domain.files.unreadable import Unreadable, Why

PIECE_OF_ROWS = 500
PIECE_OF_LETTERS = 1_000_000
MOST_KEPT = 1024 * 1024 * 1024  # bytes; a text that is in many cells is kept as often


class KeptRows:
    """Rows in a file without a name, which ends with this object."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as this
        weakref.finalize(self, self.file.close)
        self.places: list[int] = []
        piece: list[Row] = []
        letters = 0
        for row in rows:
            piece.append(row)
            letters += sum(len(cell) for cell in row.cells if isinstance(cell, str))
            if len(piece) >= PIECE_OF_ROWS or letters >= PIECE_OF_LETTERS:
                self._keep(piece)
                piece, letters = [], 0
        self._keep(piece)

    def __iter__(self) -> Iterator[Row]:
        for place in self.places:
            self.file.seek(place)
            yield from pickle.load(self.file)

    def _keep(self, piece: list[Row]) -> None:
        place = self.file.tell()
        if place > MOST_KEPT:
            raise Unreadable(Why.UNPACKS_TOO_LARGE)
        self.places.append(place)
        pickle.dump(piece, self.file, pickle.HIGHEST_PROTOCOL)

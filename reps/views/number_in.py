"""A number that an address or a form has."""

import re

NUMBER = re.compile(r"\d{1,18}", re.ASCII)


def number_in(query, word: str) -> int | None:
    """The one under this word; None for anything else."""
    written = query.get(word, "")
    return int(written) if NUMBER.fullmatch(written) else None

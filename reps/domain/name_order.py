"""The order of people's names: Ängel before Zane, whatever the database's collation."""

import unicodedata


def name_order(name: str) -> tuple[str, str]:
    """The key to sort by: accents and case apart first, then as it is written."""
    letters = unicodedata.normalize("NFKD", name)
    plain = "".join(mark for mark in letters if not unicodedata.combining(mark))
    return plain.casefold(), name

"""What a header says of its amounts: those of "Amount (k€)" are thousands of euros.

Nothing is reckoned by it: who reads such a column as it stands would be a thousandfold
off, or in another currency, and has to be told.
"""

import re
from collections.abc import Iterator

from reps.domain.files.currencies import CODES, code_of, codes_of
from reps.domain.files.numbers import SHORT_FOR_MANY
from reps.domain.typed_figures import plain

SPELLED_OUT = "thousands miles milhares milliers millionen millones milhões"
BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
BEHIND_IN = re.compile(r"\s(?:in|en|em)\s+(\S+(?:\s\S+)?)$", re.IGNORECASE)
LAST = re.compile(r"\S\s+(\S+)$")
WIDE = str.maketrans("\uff08\uff09\uff3b\uff3d", "()[]")
FOR_MANY = sorted([*SHORT_FOR_MANY.split(), *SPELLED_OUT.split()], key=len)
MANY = rf"(?:{'|'.join(reversed(FOR_MANY))}|'?000s?)\.?"
OF_MANY = re.compile(rf"{MANY}\s*(?P<behind>\D*)|(?P<before>\D*?)\s*{MANY}")
WORDS = {"all", "top"}  # which are codes of currencies, too


def unit_in(header: str, home: str) -> str | None:
    """Such as "k€" and "EUR", as it is written; None where it is the home currency's.

    In brackets, behind an "in" or at the end, where a word alone has to be plainer.
    """
    for text, is_apart in _candidates(header):
        spelled = plain(text)
        if spelled in WORDS:
            continue
        if codes := codes_of(spelled):
            is_plain = is_apart or text in CODES.split() or not text.isalpha()
            if is_plain and code_of(codes, home) != home:
                return text
        elif found := OF_MANY.fullmatch(spelled):
            mark = found["behind"] or found["before"] or ""
            if codes_of(mark) if mark else is_apart:
                return text
    return None


def without_unit(header: str) -> str:
    """The name before it: "Umsatz" of "Umsatz in T€"."""
    unit = unit_in(header, home="")
    if not unit:
        return header
    behind = rf"(\s(in|en|em))?\s+{re.escape(unit)}$"
    return re.sub(behind, "", header, flags=re.IGNORECASE)


def _candidates(header: str) -> Iterator[tuple[str, bool]]:
    """Each text that may be the unit, and whether it stands apart from the name."""
    header = header.translate(WIDE)
    yield from ((found[1].strip(), True) for found in BRACKETED.finditer(header))
    bare = BRACKETED.sub(" ", header).strip()
    if found := BEHIND_IN.search(bare):
        yield found[1], True
    if found := LAST.search(bare):
        yield found[1], False

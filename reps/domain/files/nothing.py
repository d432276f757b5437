"""What people and spreadsheets write where there is no amount or no day.

Among amounts and days alone: Null and Na are names that people have.
"""

import re

from reps.domain.files.currencies import codes_of
from reps.domain.typed_figures import plain

LONGEST = 20  # letters
FIGURE = re.compile("[0-9]")
SIGNS = str.maketrans("", "", " ./()[]")
DASHES = str.maketrans("\N{HYPHEN}\N{EN DASH}\N{EM DASH}", "---")
# Without signs; in English, German, Spanish and Portuguese, and Japanese.
WORDS = (
    "? na none null nil blank empty novalue tbd tba ka keineangabe nv nd sd"
    " nodisponible nãodisponível なし 未定"
)
NOTHING = frozenset(WORDS.split())


def says_nothing(text: str) -> bool:
    """Such as "-", "n/a", "(blank)", and "$-", which is a spreadsheet's nought.

    An error such as "#N/A" says that something is wrong.
    """
    if len(text) > LONGEST or FIGURE.search(text):
        return False
    spelled = plain(text).translate(DASHES)
    if "-" in spelled:
        beside = spelled.replace("-", "").strip()
        return not beside or codes_of(beside) is not None
    return spelled.translate(SIGNS) in NOTHING

"""Words of a file in one spelling: case, accents, spaces and signs aside."""

import re
import unicodedata

# Accents and what else hangs on a Latin letter; a kana's voice mark makes it another.
ACCENTS = re.compile(r"[\u0300-\u036f]")
# Letters that Unicode does not take apart, as most keyboards have to write them.
STROKES = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)
WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Its words and numbers as they come, in small letters without accents."""
    folded = unicodedata.normalize("NFKD", text).casefold().translate(STROKES)
    # Again: small letters may come apart that capitals, or a sign, held together.
    letters = ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
    return WORD.findall(unicodedata.normalize("NFC", letters))


def plain(text: str) -> str:
    """What all spellings of a header or a word share: its letters and figures."""
    return "".join(words(text))


def one_spelling(name: str) -> str:
    """What all spellings of a name share that the database holds to be one name.

    Case and spaces aside, as in `reps.models.one_spelling`.
    """
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()

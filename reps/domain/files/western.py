"""Windows-1252 and Mac Roman told apart by how the words of a text would read.

A byte above ASCII is one letter in either. Written by the one and read as the other,
`René` is `RenŽ` or `RenÈ`: a capital, a quote or a sign inside a word. Where a word
reads well both ways and differs, as `Macy’s` and `Macyís` do, it decides nothing.
"""

import re
from dataclasses import dataclass

CP_1252 = "cp1252"
MAC_ROMAN = "mac_roman"

HIGH = re.compile(rb"[\x80-\xff][0-9A-Za-z'\x80-\xff]{0,40}")
OF_A_WORD = bytes([*b"'", *b"0123456789", *range(0x80, 0x100)]) + (
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
REACH = 40  # bytes of a word before its first that is not ASCII
MOST_WORDS = 2_000  # different ones
MOST_LOOKS = 200_000
MANY_TIMES = 10  # as many words speak for one encoding as for the other
ODD_ARE_TOO_MANY = 4  # one word in so many that reads well in neither

GOOD, POSSIBLE, ODD = 2, 1, 0
LETTERS = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŒœŠšŽžŸ"
)
RARE = frozenset("ŸÿßÐÞ")  # as capitals, inside a word, or at all
WORDS_OF_ONE_LETTER = frozenset("àáâãèéêíìóòôúùåäöøæÀÁÂÈÉÊÍÌÓÒÔÚÅÄÖØÆ")
OPENING, CLOSING = frozenset("“\u2018"), frozenset("”’")
POINTED = frozenset("«»\u2039\u203a„\u201a")
DASHES, CURRENCIES = frozenset("–—"), frozenset("€£¥")
AFTER_A_WORD = frozenset("®™©ºª°")
AFTER_A_FIGURE = frozenset("ºª°²³¹½¼¾‰")
ALONE = frozenset("•·§¶±×÷©®™°¿¡…¼½¾µ")
SPACE = "\xa0"


@dataclass(frozen=True, slots=True)
class Reading:
    """An encoding the text may be in, and, where there is a choice, a word of it."""

    encoding: str
    example: str = ""


class Words:
    """The different words of a text that are not all ASCII, as bytes."""

    def __init__(self) -> None:
        self.words: dict[bytes, None] = {}  # in the order they came
        self.tail = b""  # the word at a piece's end, which the next may go on
        self.looks = 0

    def add(self, piece: bytes, *, final: bool = False) -> None:
        piece = self.tail + piece
        if piece.isascii():
            self.tail = _last_word(piece)
            return
        self.tail = b"" if final else _last_word(piece)
        piece = piece.removesuffix(self.tail)
        for found in HIGH.finditer(piece):
            if self.looks >= MOST_LOOKS or len(self.words) >= MOST_WORDS:
                return
            self.looks += 1
            before = piece[max(0, found.start() - REACH) : found.start()]
            self.words[_last_word(before) + found.group()] = None

    def readings(self, *, of_an_old_mac: bool) -> tuple[Reading, ...]:
        """The likelier encoding first; one if the words speak for it; none if for none.

        `of_an_old_mac`: the lines end as nothing but such a Mac ends them.
        """
        looks = [_BothWays(word) for word in self.words]
        differ = [look for look in looks if look.windows != look.mac]
        windows = [look for look in differ if look.windows_fit > look.mac_fit]
        mac = [look for look in differ if look.mac_fit > look.windows_fit]
        even = [look for look in differ if look.windows_fit == look.mac_fit]
        if len(windows) > MANY_TIMES * len(mac) or not differ:
            answer = [(CP_1252, [look.windows_fit for look in looks])]
        elif len(mac) > MANY_TIMES * len(windows) or (of_an_old_mac and not windows):
            answer = [(MAC_ROMAN, [look.mac_fit for look in looks])]
        else:
            answer = [
                (CP_1252, [look.windows_fit for look in looks]),
                (MAC_ROMAN, [look.mac_fit for look in looks]),
            ]
        example = next(iter([*even, *windows, *mac]), None)
        said = {CP_1252: "", MAC_ROMAN: ""}
        if example and len(answer) > 1:
            said = {CP_1252: example.windows, MAC_ROMAN: example.mac}
        return tuple(
            Reading(encoding, said[encoding])
            for encoding, fits in answer
            if fits.count(ODD) * ODD_ARE_TOO_MANY <= len(fits)
        )


class _BothWays:
    """A word as either would have it; "" where there is no such letter."""

    def __init__(self, word: bytes) -> None:
        self.windows, self.mac = _decoded(word, CP_1252), _decoded(word, MAC_ROMAN)
        self.windows_fit, self.mac_fit = fit(self.windows), fit(self.mac)


def _decoded(word: bytes, encoding: str) -> str:
    try:
        return word.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _last_word(piece: bytes) -> bytes:
    end = piece[-REACH:]
    return end[len(end.rstrip(OF_A_WORD)) :]


def fit(word: str) -> int:
    """How well a word reads: as its oddest letter does."""
    fits = [
        _letter_fit(word, at) if sign in LETTERS else _sign_fit(word, at)
        for at, sign in enumerate(word)
        if not sign.isascii()
    ]
    return min(fits, default=ODD)


def _letter_fit(word: str, at: int) -> int:
    """Capitals begin a word, or are all of it; three accents never stand together."""
    letter, before, after = word[at], word[at - 1 : at], word[at + 1 : at + 2]
    if before.isdigit() or after.isdigit():
        return ODD
    if not before.isalpha() and not after.isalpha():
        return POSSIBLE if letter in WORDS_OF_ONE_LETTER else ODD
    if _accents_around(word, at) > 2:
        return ODD
    others = [sign for sign in word[:at] + word[at + 1 :] if sign.isalpha()]
    if letter.isupper():
        if before.isalpha() and not all(sign.isupper() for sign in others):
            return ODD
    elif len(others) > 1 and all(sign.isupper() for sign in others):
        return POSSIBLE if letter == "ß" else ODD
    if letter in "õÕ" and before and after not in ("e", "E"):
        return POSSIBLE  # Portuguese says ões; of others only Estonian has the letter
    if letter in RARE or (letter.islower() and after.isupper()):
        return POSSIBLE
    return GOOD


def _accents_around(word: str, at: int) -> int:
    """How many letters that are not ASCII stand together here."""
    begin = end = at
    while begin and word[begin - 1] in LETTERS:
        begin -= 1
    while end < len(word) and word[end] in LETTERS:
        end += 1
    return end - begin


def _sign_fit(word: str, at: int) -> int:
    sign, before, after = word[at], word[at - 1 : at], word[at + 1 : at + 2]
    inside = before.isalpha() and after.isalpha()
    if sign == SPACE:
        return GOOD
    if sign in CURRENCIES:
        beside = before.isalpha() or after.isalpha()
        return GOOD if not beside else POSSIBLE if len(word) == 2 else ODD
    if sign == "’" and inside:
        return GOOD
    if sign in DASHES:
        if not before.isalpha() and not after.isalpha():
            return GOOD
        return POSSIBLE if not inside or after.isupper() else ODD
    if inside:
        return ODD
    if sign in OPENING:
        return GOOD if not before else ODD
    if sign in CLOSING:
        return GOOD if not after else ODD
    if sign in AFTER_A_FIGURE and before.isdigit():
        return GOOD
    if sign in AFTER_A_WORD and before.isalpha():
        return GOOD
    if sign in ALONE or sign in POINTED or sign in AFTER_A_FIGURE:
        return POSSIBLE
    return ODD

"""One spelling for all the ways a header or a name is written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.files.spelling import plain, words


@pytest.mark.parametrize(
    "spelling",
    ["Close Date", "CLOSE_DATE", "closeDate", " close-date ", "Close\u3000\uff24ate"],
)
def test_case_spaces_and_signs_are_put_aside(spelling):
    assert plain(spelling) == "closedate"


@pytest.mark.parametrize(
    ("accented", "bare"),
    [
        ("Étape", "etape"),
        ("Negócio - Título", "negociotitulo"),
        ("Größe", "grosse"),
        ("Søren Łukasz", "sorenlukasz"),
        ("İstanbul", "istanbul"),
    ],
)
def test_accents_are_put_aside(accented, bare):
    assert plain(accented) == bare


def test_a_voice_mark_makes_another_letter():
    assert plain("バ") != plain("ハ")
    assert plain("ﾌｪｰｽﾞ") == plain("フェーズ")


def test_words_keep_their_order():
    assert words("Lindqvist, Théo") == ["lindqvist", "theo"]


@given(st.text("aeßÉI\u0131İǰØŁÆ-_ ﾊﾞバハ①ﬁ½\u0301\u0345\u3099", max_size=12))
def test_saying_it_again_changes_nothing(text):
    assert plain(plain(text)) == plain(text)
    assert plain(unicodedata.normalize("NFD", text)) == plain(text)

"""What says that there is nothing, and what only looks like it."""

import pytest

from reps.domain.files.nothing import says_nothing


@pytest.mark.parametrize(
    "text",
    [
        *("-", "--", "–", "—", "－"),  # noqa: RUF001 (as they are typed)
        *("$-", " $ -   ", "- €", "-   USD", "R$ -", "¥-"),
        *("n/a", "N/A", "n.a.", "NA", "None", "NULL", "(blank)", "(No value)", "tbd"),
        *("k. A.", "keine Angabe", "N/D", "no disponible", "なし", "?"),
    ],
)
def test_it_says_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        *("0", "-5", "$-5", "5-", "a-b", "Anna", "Na Young", "nine", "#N/A", "#REF!"),
        *("", " ", "soon", "?!", "(450)", "-" * 21),
    ],
)
def test_it_says_something(text):
    assert not says_nothing(text)

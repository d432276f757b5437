"""Small files as people bring them, and what must come out of each, written by hand.

`python -m tests.reps.imports.corpus FOLDER` writes them all, to be tried in a browser.
"""

from tests.reps.imports.corpus import (
    dates,
    figures,
    languages,
    systems,
)

FILES = [
    *systems.FILES,
    *languages.FILES,
    *figures.FILES,
    *dates.FILES,
]

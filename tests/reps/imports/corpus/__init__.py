"""Small files as people bring them, and what must come out of each, written by hand.

`python -m tests.reps.imports.corpus FOLDER` writes them all, to be tried in a browser.
"""

from tests.reps.imports.corpus import (
    dates,
    figures,
    languages,
    no_tables,
    rows,
    systems,
    texts,
    values,
)

FILES = [
    *systems.FILES,
    *languages.FILES,
    *texts.FILES,
    *rows.FILES,
    *figures.FILES,
    *dates.FILES,
    *values.FILES,
    *no_tables.FILES,
]

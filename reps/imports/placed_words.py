"""What an import left as it was, in words."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reps.domain.crm_export import DealRow
from reps.domain.files.fields import Fact
from reps.domain.ours_and_theirs import STANDS
from reps.domain.transitions import Outcome
from reps.figure_style import exact_money
from reps.imports.file_words import FACTS
from reps.imports.placed import Kept, Placed, Stands


def placed_words(placed: Placed, currency: str) -> Iterable[str]:
    """A line for each thing that was kept or left, and why."""
    for kept in placed.kept:
        yield kept_words(kept, currency)
    for row, quarter in placed.left:
        yield _(
            "%(row)s counts in %(quarter)s, which is closed, and was left out: bring it"
            " in with --reason."
        ) % {"row": row_words(row), "quarter": quarter}


def row_words(row: DealRow) -> str:
    """Such as: Row 17 (Bluefin Boats)."""
    account = row.account or _("account not given")
    return _("Row %(row)d (%(account)s)") % {"row": row.row, "account": account}


def kept_words(kept: Kept, currency: str) -> str:
    """What stays, beside what the file says."""
    said = _("%(row)s, %(fact)s: %(ours)s here, which stays; %(theirs)s in the file.")
    if not kept.may_take:
        said = _(
            "%(row)s, %(fact)s: %(ours)s here, which stays since it was cancelled;"
            " %(theirs)s in the file."
        )
    return said % {
        "row": row_words(kept.row),
        "fact": fact_words(kept),
        "ours": value_words(kept.ours, currency),
        "theirs": value_words(kept.theirs, currency),
    }


def fact_words(kept: Kept) -> str:
    return _("the stage") if kept.field == STANDS else str(FACTS[Fact(kept.field)])


def value_words(value, currency: str) -> str:
    """Ours or theirs."""
    if value in (None, ""):
        return _("nothing")
    if isinstance(value, Stands):
        words = {Outcome.WON: _("Won"), Outcome.LOST: _("Lost")}
        return words.get(value.outcome, value.stage)
    if isinstance(value, Decimal):
        return exact_money(value, currency)
    if isinstance(value, date):
        return date_format(value, "j M Y")
    return str(value)

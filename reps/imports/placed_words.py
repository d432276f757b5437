"""What an import of deals left as it was, in words: for a page, and for a terminal."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reps.domain.crm_export import DealRow
from reps.domain.files.deal_rows import LeftOut
from reps.domain.files.fields import Fact
from reps.domain.files.verdicts import FIRST_ROWS
from reps.domain.ours_and_theirs import STANDS
from reps.domain.transitions import Outcome
from reps.figure_style import exact_money
from reps.forms.imports.fact_words import FACTS
from reps.imports.file_kind import NAMED, BroughtIn, Kept, Twin
from reps.imports.file_words import rows_named
from reps.imports.owners import word_of
from reps.imports.placed import KeptFact, Placed, Stands
from reps.models import Deal, Quarter


def tell_placed(came: BroughtIn, placed: Placed, currency: str):
    """What came of the rows, in its lists. Of several twins the likeliest is asked."""
    came.added, came.changed, came.same = placed.added, placed.changed, placed.same
    for row in placed.outside:
        came.leave_out(row.row, _about(row), _("it is not of your teams"))
    for row, quarter in placed.left:
        words = _("it counts in %(quarter)s, which is closed") % {"quarter": quarter}
        came.leave_out(row.row, _about(row), words)
    for one in placed.kept:
        came.keep_ours(
            Kept(
                key=one.key,
                row=one.row.row,
                about=_about(one.row),
                fact=_fact(one.field),
                ours=_value(one.ours, currency),
                theirs=_value(one.theirs, currency),
                may_take=one.may_take,
            )
        )
    asked: dict[str, tuple[DealRow, Deal]] = {}
    for row, deal in placed.twins:
        asked.setdefault(row.number, (row, deal))
    for row, deal in list(asked.values())[:NAMED]:
        theirs, ours = _worth(row, currency), _worth(deal, currency)
        came.twins.append(Twin(row.number, row.row, theirs, ours, deal.pk))
    came.absent_count = placed.absent_count
    came.absent = [_standing(deal, currency) for deal in placed.absent]


def deal_lines(
    deals: Sequence[DealRow], source: str, columns: Collection[Fact]
) -> Iterable[str]:
    """What a file's deals are, and by what each is known again in the next file."""
    outcomes = Counter(deal.outcome for deal in deals)
    yield _("In the file: %(won)s won, %(lost)s lost, %(open)s open.") % {
        "won": f"{outcomes[Outcome.WON]:,}",
        "lost": f"{outcomes[Outcome.LOST]:,}",
        "open": f"{outcomes[Outcome.OPEN]:,}",
    }
    if estimated := sum(deal.amount_is_estimate for deal in deals):
        words = ngettext(
            "%(count)s has no amount: it is estimated, at the product’s price or else"
            " your average won deal.",
            "%(count)s have no amount: they are estimated, at the product’s price or"
            " else your average won deal.",
            estimated,
        )
        yield words % {"count": f"{estimated:,}"}
    if Fact.KEY in columns:
        yield _(
            "In the next file a deal is known again by its number in: %(source)s."
        ) % {"source": source}
    else:
        yield _(
            "Its rows have no number: in the next file a deal is known again by its"
            " account, its title and the day it was opened."
        )


def tell_left_out(came: BroughtIn, rows: Iterable[LeftOut]):
    """The rows of whoever an answer leaves out."""
    for row in rows:
        words = _("you leave %(owner)s out") % {"owner": word_of(row.owner)}
        came.leave_out(row.row, row.account or _("account not given"), words)


def placed_lines(placed: Placed, currency: str) -> Iterable[str]:
    """A line for each thing that was kept or left, and what to do about it."""
    kept = [one for one in placed.kept if not one.is_taken]
    yield from _first(kept, lambda one: _kept_line(one, currency))
    if kept:
        yield _("To have the file’s, say “take_all” in --map, or “take” with numbers.")
    yield from _first(placed.left, lambda pair: _left_line(*pair))
    yield from _first(placed.twins, lambda pair: _twin_line(*pair, currency))
    if placed.absent_count:
        words = ngettext(
            "%(count)s deal is here and not in the file, and is as it was:",
            "%(count)s deals are here and not in the file, and are as they were:",
            placed.absent_count,
        )
        yield words % {"count": f"{placed.absent_count:,}"}
        yield from (f"  {_standing(deal, currency)}" for deal in placed.absent)


def left_out_lines(rows: Iterable[LeftOut]) -> Iterable[str]:
    """The rows of whoever an answer leaves out, by whose they are."""
    by_owner = defaultdict(list)
    for row in rows:
        by_owner[word_of(row.owner)].append(row.row)
    for owner, lines in by_owner.items():
        named = rows_named(lines[:FIRST_ROWS], len(lines))
        yield _("Left out, as %(owner)s is: %(rows)s.") % {
            "owner": owner,
            "rows": named,
        }


def _first(several: Sequence, line: Callable[..., str]) -> Iterable[str]:
    yield from map(line, several[:NAMED])
    if len(several) > NAMED:
        yield _("And %(more)s more.") % {"more": f"{len(several) - NAMED:,}"}


def _kept_line(kept: KeptFact, currency: str) -> str:
    words = _(
        "Row %(row)d, %(about)s, %(fact)s: %(ours)s here, and it stays; %(theirs)s in"
        " the file."
    )
    if not kept.may_take:
        words = _(
            "Row %(row)d, %(about)s, %(fact)s: %(ours)s here, and it stays, since it"
            " was cancelled; %(theirs)s in the file."
        )
    return words % {
        "row": kept.row.row,
        "about": _about(kept.row),
        "fact": _fact(kept.field),
        "ours": _value(kept.ours, currency),
        "theirs": _value(kept.theirs, currency),
    }


def _left_line(row: DealRow, quarter: Quarter) -> str:
    words = _(
        "Row %(row)d, %(about)s, counts in %(quarter)s, which is closed, and was left"
        " out: bring it in with --reason."
    )
    return words % {"row": row.row, "about": _about(row), "quarter": quarter}


def _twin_line(row: DealRow, deal: Deal, currency: str) -> str:
    words = _(
        "Row %(row)d, %(theirs)s, looks like %(ours)s, which was typed here, and was"
        " left out. Say in “same_as” whether “%(number)s” is %(id)d, the same one, or"
        " 0, another."
    )
    return words % {
        "row": row.row,
        "theirs": _worth(row, currency),
        "ours": _worth(deal, currency),
        "number": row.number,
        "id": deal.pk,
    }


def _about(row: DealRow) -> str:
    return row.account or _("account not given")


def _worth(one: DealRow | Deal, currency: str) -> str:
    """Such as: Quill & Co, $20,000."""
    account = one.account or _("account not given")
    return f"{account}, {exact_money(one.amount, currency)}"


def _standing(deal: Deal, currency: str) -> str:
    """Such as: Quill & Co, $20,000, Engaging, Theo Lindqvist."""
    stands = Stands(deal.stage.name, Outcome(deal.outcome))
    return ", ".join(
        [_worth(deal, currency), _value(stands, currency), deal.owner.name]
    )


def _fact(name: str) -> str:
    return _("the stage") if name == STANDS else str(FACTS[Fact(name)])


def _value(value, currency: str) -> str:
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

"""`manage.py import_deals`: a CRM's export into an organization, all or nothing.

One file of any shape, or the four of the export that tells teams and prices, too.
"""

import argparse
import json
from collections import Counter
from contextlib import ExitStack
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from reps.domain.csv_table import YEARS, Text
from reps.domain.files.questions import Unsure
from reps.domain.files.unreadable import Unreadable
from reps.domain.transitions import Outcome
from reps.imports.answers import Answers, answers_from
from reps.imports.deal_file import BadRows, import_deal_file
from reps.imports.deals import Export, import_deals
from reps.imports.file_words import FACTS, bad_row, question, why_unreadable
from reps.imports.placed_words import deal_lines, left_out_lines, placed_lines
from reps.imports.refusal import Refused

PIECE = 256 * 1024  # bytes
ONLY_FOUR = ("shift_to", "quotas", "quota_growth")


def day(text: str) -> date:
    """A date of an argument, no further off than those a file may have."""
    found = date.fromisoformat(text)
    if found.year not in YEARS:
        raise ValueError(text)
    return found


def growth(text: str) -> Decimal:
    """Such as 1.1: a tenth more than was booked."""
    try:
        factor = Decimal(text)
    except InvalidOperation:
        factor = Decimal(0)
    if not (factor.is_finite() and 0 < factor <= 100):
        raise argparse.ArgumentTypeError(_("not a factor such as 1.1"))
    return factor


class Command(BaseCommand):
    requires_migrations_checks = True
    help = _(
        "Import deals from a CSV file or workbook of any CRM. The file and"
        " --organization are enough where every guess is sure, and --map answers what"
        " is not. Or import people, deals and outcomes from an export in four files."
    )

    def add_arguments(self, parser):
        parser.add_argument("pipeline", type=Path, help=_("one deal a line"))
        parser.add_argument(
            "--map",
            type=Path,
            dest="answers",
            help=_("what its columns and words mean, and what counts, as JSON"),
        )
        parser.add_argument("--teams", type=Path, help=_("who sells for which manager"))
        parser.add_argument("--products", type=Path, help=_("the list prices"))
        parser.add_argument("--accounts", type=Path, help=_("how accounts are spelled"))
        parser.add_argument(
            "--organization", required=True, help=_("made if there is none so named")
        )
        parser.add_argument(
            "--shift-to",
            type=day,
            metavar="YYYY-MM-DD",
            help=_("move every date by whole weeks, the newest into this day's week"),
        )
        parser.add_argument(
            "--reason",
            default="",
            help=_("why deals of a closed quarter are brought in or changed"),
        )
        quotas = parser.add_mutually_exclusive_group()
        quotas.add_argument(
            "--quotas", type=Path, help=_("columns rep, quarter_starts_on, quota")
        )
        quotas.add_argument(
            "--quota-growth",
            type=growth,
            help=_("this times what was booked in the quarter before"),
        )

    def handle(self, *, pipeline, answers, reason, **options):
        names = ("teams", "products", "accounts")
        given = [name for name in names if options[name]]
        reason = reason.strip()
        if not given:
            self.one_file(pipeline, answers, reason, **options)
        elif len(given) < len(names):
            raise CommandError(
                _("An export in four files takes --teams, --products and --accounts.")
            )
        else:
            self.four_files(pipeline, answers, reason, **options)

    def one_file(self, path, answers, reason, *, organization, **options):
        """Any shape: what was guessed is said, and what is not sure is asked."""
        if refused := [name for name in ONLY_FOUR if options[name]]:
            words = _("--%(option)s goes with an export in four files.")
            option = refused[0].replace("_", "-")
            raise CommandError(words % {"option": option})
        try:
            summary = import_deal_file(
                lambda: _pieces(path),
                organization=organization,
                at=timezone.now(),
                answers=_answers(answers),
                reason=reason,
                progress=_progress,
            )
        except OSError as error:
            raise _unopened(error) from error
        except Unreadable as error:
            words = {"file": path.name, "why": why_unreadable(error)}
            raise CommandError(_("%(file)s: %(why)s") % words) from error
        except Unsure as unsure:
            for asked in unsure.questions:
                self.stderr.write(question(asked))
            count = len(unsure.questions)
            raise CommandError(
                ngettext(
                    "Nothing was imported: %(count)s question. Answer it in a file of"
                    " JSON, under the word behind it, and give that as --map.",
                    "Nothing was imported: %(count)s questions. Answer them in a file"
                    " of JSON, under the words behind them, and give that as --map.",
                    count,
                )
                % {"count": f"{count:,}"}
            ) from None
        except BadRows as bad:
            for complaint in bad.complaints:
                self.stderr.write(bad_row(complaint, bad.header))
            raise _to_put_right(len(bad.complaints)) from None
        for line in _file_summary_lines(summary):
            self.stdout.write(line)
        for line in _placed_warnings(summary):
            self.stderr.write(self.style.WARNING(line))

    def four_files(
        self,
        pipeline,
        answers,
        reason,
        *,
        organization,
        shift_to,
        quota_growth,
        **options,
    ):
        """Its columns are known: of the answers only what counts is asked for."""
        names = ("teams", "products", "accounts", "quotas")
        paths = {"pipeline": pipeline}
        paths |= {name: options[name] for name in names if options[name]}
        try:
            with ExitStack() as opened:
                summary = import_deals(
                    Export(**{n: _text(path, opened) for n, path in paths.items()}),
                    organization=organization,
                    at=timezone.now(),
                    shift_to=shift_to,
                    quota_growth=quota_growth,
                    choices=_answers(answers).choices,
                    reason=reason,
                    progress=_progress,
                )
        except OSError as error:
            raise _unopened(error) from error
        except Refused as refused:
            for line in refused.lines:
                self.stderr.write(line)
            raise _to_put_right(len(refused.lines)) from None
        for line in _summary_lines(summary):
            self.stdout.write(line)
        for line in _warnings(summary):
            self.stderr.write(self.style.WARNING(line))


def _unopened(error: OSError) -> CommandError:
    words = _("Cannot read %(file)s: %(why)s.")
    return CommandError(words % {"file": error.filename, "why": error.strerror})


def _to_put_right(count: int) -> CommandError:
    words = ngettext(
        "Nothing was imported: %(count)s thing to put right first.",
        "Nothing was imported: %(count)s things to put right first.",
        count,
    )
    return CommandError(words % {"count": f"{count:,}"})


def _pieces(path: Path):
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _answers(path: Path | None) -> Answers:
    """What a person wrote down of a file; nothing without one."""
    if path is None:
        return Answers()
    try:
        return answers_from(json.loads(path.read_text()))
    except (ValueError, TypeError) as error:
        words = _("%(file)s cannot be understood: %(why)s.")
        raise CommandError(words % {"file": path.name, "why": error}) from error


def _text(path: Path, opened: ExitStack) -> Text:
    file = path.open(encoding="utf-8-sig", newline="")
    return Text(path.name, opened.enter_context(file))


def _progress(rows):
    """A bar on a terminal, and nothing in a log."""
    return tqdm(rows, unit=_(" deals"), disable=None, leave=False)


def _summary_lines(summary):
    deals, placed = summary.deals, summary.placed
    outcomes = Counter(deal.outcome for deal in deals)
    yield _(
        "Deals: %(added)s added, %(changed)s changed, %(same)s as they were."
    ) % _counts(added=placed.added, changed=placed.changed, same=summary.as_they_were)
    yield _("In the file: %(won)s won, %(lost)s lost, %(open)s open.") % _counts(
        won=outcomes[Outcome.WON],
        lost=outcomes[Outcome.LOST],
        open=outcomes[Outcome.OPEN],
    )
    yield _(
        "At list price, as an estimate: %(estimated)s. Account not given: %(nameless)s."
        " No engage date: %(undated)s."
    ) % _counts(
        estimated=sum(deal.amount_is_estimate for deal in deals),
        nameless=sum(not deal.account for deal in deals),
        undated=sum(deal.opened_on is None for deal in deals),
    )
    yield _("People: %(reps)s reps and %(teams)s teams added.") % _counts(
        reps=summary.reps_added, teams=summary.teams_added
    )
    if summary.quotas:
        yield _(
            "Quotas: %(added)s added, %(changed)s changed, %(left)s as they were."
        ) % _counts(
            added=summary.quotas.added,
            changed=summary.quotas.changed,
            left=summary.quotas.left,
        )


def _file_summary_lines(summary):
    """What was guessed, and what came of it."""
    look, placed = summary.look, summary.placed
    columns = sorted(look.columns.items(), key=lambda pair: pair[1])
    if len(look.table.sheets) > 1:
        yield _("Of its sheets “%(sheet)s” was read (“sheet”): %(sheets)s.") % {
            "sheet": look.table.sheet,
            "sheets": ", ".join(look.table.sheets),
        }
    yield _("Read as: %(columns)s.") % {
        "columns": ", ".join(
            f"{look.shape.header[place]} = {FACTS[fact]}" for fact, place in columns
        )
    }
    for foot in look.feet:
        yield _("Row %(row)d is no deal: %(text)s") % {
            "row": foot.number,
            "text": foot.text,
        }
    yield _(
        "Deals: %(added)s added, %(changed)s changed, %(same)s as they were."
    ) % _counts(added=placed.added, changed=placed.changed, same=summary.as_they_were)
    yield from deal_lines(summary.deals, summary.source, look.columns)
    yield from left_out_lines(summary.left_out)
    if summary.reps_added:
        yield _("New here, and without a login: %(names)s.") % {
            "names": ", ".join(summary.reps_added)
        }


def _warnings(summary):
    yield from _placed_warnings(summary)
    yield from _other_warnings(summary)


def _placed_warnings(summary):
    return placed_lines(summary.placed, summary.organization.currency)


def _other_warnings(summary):
    if summary.accounts_not_listed:
        yield _("Accounts that the accounts' file does not have: %(names)s.") % {
            "names": ", ".join(summary.accounts_not_listed)
        }
    if summary.days_between_quarters:
        yield _(
            "Dates in no quarter, since the organization's own leave them out:"
            " %(days)s. What closed then is in nobody's attainment."
        ) % {"days": ", ".join(map(str, summary.days_between_quarters))}
    for name, quarter in summary.quotas.closed if summary.quotas else ():
        yield _(
            "%(name)s's quota of %(quarter)s, which is closed, stays as it is: change"
            " it with --reason."
        ) % {"name": name, "quarter": quarter}
    for earlier, quarter in summary.quotas.partial if summary.quotas else ():
        yield _(
            "The quotas of %(quarter)s grew from %(earlier)s, of which only a part is"
            " known: please look at them."
        ) % {"quarter": quarter, "earlier": earlier}


def _counts(**numbers):
    return {name: f"{number:,}" for name, number in numbers.items()}

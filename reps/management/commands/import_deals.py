"""`manage.py import_deals`: a CRM's export into an organization, all or nothing."""

import argparse
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
from reps.domain.transitions import Outcome
from reps.imports.deals import Export, import_deals
from reps.imports.refusal import Refused


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
    help = _("Import people, deals and outcomes from a CRM's CSV export.")

    def add_arguments(self, parser):
        parser.add_argument("pipeline", type=Path, help=_("one deal a line"))
        parser.add_argument(
            "--teams", type=Path, required=True, help=_("who sells for which manager")
        )
        parser.add_argument(
            "--products", type=Path, required=True, help=_("the list prices")
        )
        parser.add_argument(
            "--accounts", type=Path, required=True, help=_("how accounts are spelled")
        )
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

    def handle(self, *, organization, shift_to, quota_growth, reason, **options):
        names = ("pipeline", "teams", "products", "accounts", "quotas")
        paths = {name: options[name] for name in names if options[name]}
        try:
            with ExitStack() as opened:
                summary = import_deals(
                    Export(**{n: _text(path, opened) for n, path in paths.items()}),
                    organization=organization,
                    at=timezone.now(),
                    shift_to=shift_to,
                    quota_growth=quota_growth,
                    reason=reason.strip(),
                    progress=_progress,
                )
        except OSError as error:
            raise CommandError(
                _("Cannot read %(file)s: %(why)s.")
                % {"file": error.filename, "why": error.strerror}
            ) from error
        except Refused as refused:
            for line in refused.lines:
                self.stderr.write(line)
            count = len(refused.lines)
            raise CommandError(
                ngettext(
                    "Nothing was imported: %(count)s thing to put right first.",
                    "Nothing was imported: %(count)s things to put right first.",
                    count,
                )
                % {"count": f"{count:,}"}
            ) from None
        for line in _summary_lines(summary):
            self.stdout.write(line)
        for line in _warnings(summary):
            self.stderr.write(self.style.WARNING(line))


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


def _warnings(summary):
    for deal, row in summary.placed.kept:
        yield _(
            "%(number)s (%(deal)s) was moved by hand and stays: here %(here)s, in the"
            " file %(there)s."
        ) % {
            "number": row.number,
            "deal": deal,
            "here": _whereabouts(deal.outcome, deal.stage.name),
            "there": _whereabouts(row.outcome, row.stage),
        }
    for row, quarter in summary.placed.left:
        yield _(
            "%(number)s (%(account)s) counts in %(quarter)s, which is closed, and was"
            " left out: bring it in with --reason."
        ) % {
            "number": row.number,
            "account": row.account or _("account not given"),
            "quarter": quarter,
        }
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


def _whereabouts(outcome, stage):
    words = {Outcome.WON: _("Won"), Outcome.LOST: _("Lost")}
    return words.get(outcome, stage)


def _counts(**numbers):
    return {name: f"{number:,}" for name, number in numbers.items()}

"""`manage.py attainment`: quota and booked of every rep and quarter, as CSV."""

import csv

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reps.models import Organization
from reps.models.attainment import attainment_of
from reps.models.closed_attainment import as_closed_by_rep

COLUMNS = ("rep", "quarter_starts_on", "quota", "booked", "attainment")
AS_CLOSED = ("quota_as_closed", "booked_as_closed")
LIVE = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


class Command(BaseCommand):
    requires_migrations_checks = True
    help = _("Print quota, booked and attainment of every rep and quarter.")

    def add_arguments(self, parser):
        parser.add_argument("--organization", required=True)
        parser.add_argument("--format", choices=["csv"], default="csv")
        parser.add_argument(
            "--as-closed",
            action="store_true",
            help=_("and, in two columns more, what each quarter was closed with"),
        )

    def handle(self, *, organization, as_closed, **options):
        tenant = Organization.objects.named(organization).first()
        if tenant is None:
            raise CommandError(
                _("There is no organization “%(name)s”.") % {"name": organization}
            )
        sheet = csv.writer(self.stdout, lineterminator="\n")
        closed = as_closed_by_rep(tenant) if as_closed else {}
        sheet.writerow(COLUMNS + (AS_CLOSED if as_closed else ()))
        for row in attainment_of(tenant):
            cells = [
                _text(row.rep.name),
                row.quarter.starts_on,
                _money(row.quota),
                _money(row.booked),
                "" if row.ratio is None else f"{row.ratio:.4f}",
            ]
            if as_closed:
                was = closed.get((row.rep.pk, row.quarter.pk))
                cells += [_money(was and was.owed), _money(was and was.booked)]
            sheet.writerow(cells)


def _text(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{name}" if name.startswith(LIVE) else name


def _money(amount) -> str:
    """Whole amounts without decimals, as people write them; else to the cent."""
    if amount is None:
        return ""
    return f"{amount:.0f}" if amount == int(amount) else f"{amount:.2f}"

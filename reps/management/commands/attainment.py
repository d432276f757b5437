"""`manage.py attainment`: quota and booked of every rep and quarter, as CSV."""

import csv

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reps.models import Organization
from reps.models.attainment import attainment_of

COLUMNS = ("rep", "quarter_starts_on", "quota", "booked", "attainment")
LIVE = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


class Command(BaseCommand):
    requires_migrations_checks = True
    help = _("Print quota, booked and attainment of every rep and quarter.")

    def add_arguments(self, parser):
        parser.add_argument("--organization", required=True)
        parser.add_argument("--format", choices=["csv"], default="csv")

    def handle(self, *, organization, **options):
        tenant = Organization.objects.named(organization).first()
        if tenant is None:
            raise CommandError(
                _("There is no organization “%(name)s”.") % {"name": organization}
            )
        sheet = csv.writer(self.stdout, lineterminator="\n")
        sheet.writerow(COLUMNS)
        for row in attainment_of(tenant):
            sheet.writerow(
                (
                    _text(row.rep.name),
                    row.quarter.starts_on,
                    _money(row.quota),
                    _money(row.booked),
                    "" if row.ratio is None else f"{row.ratio:.4f}",
                )
            )


def _text(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{name}" if name.startswith(LIVE) else name


def _money(amount) -> str:
    """Whole amounts without decimals, as people write them; else to the cent."""
    if amount is None:
        return ""
    return f"{amount:.0f}" if amount == int(amount) else f"{amount:.2f}"

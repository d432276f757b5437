"""What was known about a deal, from its first day on: a row for every change.

The database writes them (the migration `deal_facts`), whoever changes a deal and by
whatever way; the app's role can only read. On a closed deal no fact changes without a
reason. Where a lead came from, and what a file says of a loss, are not among them:
files alone say so, nobody changes it here, and no figure rests on it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reps.models.file_import import FileImport, rows_of_an_import
from reps.models.organization import Organization
from reps.models.rep import Rep
from reps.models.same_organization import SameOrganization
from reps.models.user import User

# An import writes these by the thousand. SameOrganization holds each parent already,
# and nobody looks for a row but by its deal, in `of`.
PARENT = {
    "on_delete": models.PROTECT,
    "db_constraint": False,
    "db_index": False,
    "related_name": "+",
}


class DealFactsQuerySet(models.QuerySet):
    def of(self, deal):
        """A deal's rows, the first one first."""
        rows = self.filter(organization=deal.organization_id, deal=deal)
        return rows.order_by("number")

    def said_by_people(self, deals, *, typed=()) -> dict[int, set[str]]:
        """By deal the facts that a person was the last to say, or to change.

        Those of `typed`, ids of deals made here, a person has said from the first row
        on. What they left empty nobody did, and an estimate is nobody's word, nor is
        what an import wrote. One that was taken back took nobody's word away.
        """
        said = {deal.pk: set() for deal in deals}
        organizations = {deal.organization_id for deal in deals}
        rows = self.filter(organization__in=organizations, deal__in=said)
        before = None
        for row in rows.order_by("deal", "number"):
            is_first = before is None or before.deal_id != row.deal_id
            if is_first:
                until = {}  # by import what people had said before it
            if row.file_import_id:
                until.setdefault(row.file_import_id, set(said[row.deal_id]))
            if row.file_import_id and row.changed_by_id:  # somebody took it back
                said[row.deal_id], before = until[row.file_import_id], row
                continue
            by_person = row.changed_by_id or (is_first and row.deal_id in typed)
            for name, columns in FACTS.items():
                now = [getattr(row, column) for column in columns]
                if is_first:
                    changed = now[0] not in {"", None}
                else:
                    changed = now != [getattr(before, column) for column in columns]
                if changed and by_person and now[1:] != [True]:
                    said[row.deal_id].add(name)
                elif changed:
                    said[row.deal_id].discard(name)
            before = row
        return said


# By the name of a fact its columns: an amount is one with whether it is an estimate.
FACTS = {
    name: (name,)
    for name in (
        *("owner_id", "account", "product"),
        *("opened_on", "expected_close_on", "closed_on"),
    )
} | {"amount": ("amount", "amount_is_estimate")}


class DealFacts(models.Model):
    """A deal's facts as they became. What changed is found by the row before."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("Opened")
        FOUND = "found", _("As found")  # when this ledger began
        CHANGED = "changed", _("Changed")

    organization = models.ForeignKey(Organization, **PARENT)
    deal = models.ForeignKey("reps.Deal", **PARENT)
    number = models.PositiveIntegerField(help_text=_("1 is the first."))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    owner = models.ForeignKey(Rep, **PARENT)
    account = models.CharField(_("account"), max_length=120, blank=True)
    product = models.CharField(_("product"), max_length=120, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=15, decimal_places=2)
    amount_is_estimate = models.BooleanField(_("estimated"))
    opened_on = models.DateField(_("opened on"), null=True)
    expected_close_on = models.DateField(_("expected close"), null=True)
    closed_on = models.DateField(_("closed on"), null=True)
    changed_by = models.ForeignKey(User, null=True, **PARENT)
    stood_in_for = models.ForeignKey(User, null=True, **PARENT)
    file_import = models.ForeignKey(FileImport, null=True, **PARENT)
    why = models.TextField(_("why"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = DealFactsQuerySet.as_manager()

    class Meta:
        verbose_name = _("facts of a deal")
        verbose_name_plural = _("facts of deals")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "deal", "number"],
                name="dealfacts_one_after_the_other",
            ),
            models.CheckConstraint(
                condition=Q(number=1, kind__in=["opened", "found"])
                | Q(number__gt=1, kind="changed"),
                name="dealfacts_begin_once",
            ),
            SameOrganization("deal", name="dealfacts_same_organization_deal"),
            SameOrganization("owner", name="dealfacts_same_organization_owner"),
            SameOrganization("changed_by", name="dealfacts_same_organization_by"),
            SameOrganization("stood_in_for", name="dealfacts_same_organization_for"),
            SameOrganization("file_import", name="dealfacts_same_organization_import"),
        ]
        indexes = [rows_of_an_import("dealfacts")]

    def __str__(self):
        return f"{self.deal_id}.{self.number}: {self.kind}"

"""Imports of files that are in, with what they brought."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import factory

from reps.domain.crm_export import DealRow
from reps.domain.transitions import Outcome
from reps.imports.place_deals import place_deals
from reps.models import FileImport
from tests.factories.reps import NOON, OfOrganization, UserFactory

A_DEAL = DealRow(
    number="A1",
    seller="Ines",
    account="Bluefin Boats",
    product="Rain Gauge",
    stage="Stage 1",
    outcome=Outcome.OPEN,
    amount=Decimal(480),
    amount_is_estimate=False,
    opened_on=date(2026, 10, 6),
    closed_on=None,
)


class FileImportFactory(OfOrganization):
    """One that is in, since noon, unless told otherwise."""

    class Meta:
        model = FileImport

    by = factory.SubFactory(
        UserFactory, organization=factory.SelfAttribute("..organization"), is_admin=True
    )
    kind = FileImport.Kind.DEALS
    file_name = factory.Sequence("deals-{}.csv".format)
    size = 1_000
    sha256 = "0" * 64
    uploaded_at = NOON
    state = FileImport.State.BROUGHT_IN
    brought_in_at = NOON


def bring_deals(owner, *rows: dict, at=NOON, **facts) -> FileImport:
    """A file of deals of this rep, brought in: a dict of what is different for each."""
    brought = FileImportFactory(
        organization=owner.organization, brought_in_at=at, **facts
    )
    place_deals(
        owner.organization,
        [replace(A_DEAL, **row) for row in rows],
        owners={A_DEAL.seller: owner.pk},
        at=at,
        file_import=brought.pk,
    )
    return brought

"""Rows of a file of deals as they have been read, and their way onto the board."""

from datetime import date
from decimal import Decimal

from django.db import connection

from reps.domain.crm_export import DealRow
from reps.domain.ours_and_theirs import Choices
from reps.domain.transitions import Outcome
from reps.imports.place_deals import place_deals
from tests.factories.reps import NOON


def row(number="A1", **facts) -> DealRow:
    """An open deal of Theo's in Prospecting, worth 20,000."""
    usual = {
        "seller": "Theo",
        "account": "Quill & Co",
        "product": "Pilot",
        "stage": "Prospecting",
        "outcome": Outcome.OPEN,
        "amount": Decimal(20_000),
        "amount_is_estimate": False,
        "opened_on": date(2026, 10, 5),
        "closed_on": None,
    }
    return DealRow(number=number, **usual | facts)


def won(number="A1", **facts) -> DealRow:
    closed = {"outcome": Outcome.WON, "closed_on": date(2026, 11, 2)}
    return row(number, **closed | facts)


def place(
    organization,
    *rows,
    at=NOON,
    source="HubSpot",
    teams=None,
    besides=(),
    reason="",
    **choices,
):
    """Each seller is the rep of that name. What is checked at commit is checked."""
    owners = {rep.name: rep.pk for rep in organization.reps.all()}
    placed = place_deals(
        organization,
        rows,
        owners=owners,
        at=at,
        source=source,
        choices=Choices(**choices),
        teams=teams,
        besides=besides,
        reason=reason,
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return placed

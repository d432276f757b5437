"""Deals from a CRM's export: people, teams, stages, deals, outcomes, quotas.

All or nothing, in one transaction. A second run of the same files changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from reps.domain import crm_export
from reps.domain.crm_export import DealRow, Seller
from reps.domain.csv_table import Complaint, Text, Wrong
from reps.domain.ours_and_theirs import UNDECIDED, Choices
from reps.domain.quarter import Span
from reps.domain.quota_source import QuotaRow, read_quotas
from reps.imports.organization import add_calendar_quarters, organization_for_import
from reps.imports.people import import_people, reps_by_name
from reps.imports.place_deals import place_deals
from reps.imports.placed import Placed
from reps.imports.quotas import (
    QuotasSet,
    grow_quotas,
    import_quotas,
    starts_no_quarter,
)
from reps.imports.refusal import Refused
from reps.models import Organization


@dataclass(frozen=True, slots=True)
class Export:
    """The files of one export, opened as UTF-8 text."""

    pipeline: Text
    teams: Text
    products: Text
    accounts: Text
    quotas: Text | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What the files say."""

    sellers: Mapping[str, Seller]
    accounts: Mapping[str, str]
    deals: Sequence[DealRow]
    quotas: Sequence[QuotaRow]

    @property
    def deal_days(self) -> set[date]:
        return {day for deal in self.deals for day in deal.days}

    @property
    def days(self) -> set[date]:
        return self.deal_days | {quota.quarter_starts_on for quota in self.quotas}


@dataclass(frozen=True, slots=True)
class Summary:
    """What an import found, and what it did with it."""

    organization: Organization
    deals: Sequence[DealRow]
    placed: Placed
    reps_added: int
    teams_added: int
    quotas: QuotasSet | None
    accounts_not_listed: Sequence[str]
    days_between_quarters: Sequence[date]

    @property
    def as_they_were(self) -> int:
        return self.placed.same


@transaction.atomic
def import_deals(
    export: Export,
    *,
    organization: str,
    at: datetime,
    shift_to: date | None = None,
    quota_growth: Decimal | None = None,
    choices: Choices = UNDECIDED,
    reason: str = "",
    progress: Callable[[Sequence[DealRow]], Iterable[DealRow]] = iter,
) -> Summary:
    """Bring an export into the organization of this name, made if there is none.

    Raises `Refused` with every bad line, and then nothing is saved. `shift_to` moves
    the deals' dates, not the quotas', which speak of real quarters. `progress` wraps
    the rows as they are written. Rows of a closed quarter come in with a `reason` only.
    """
    tenant = organization_for_import(organization)
    complaints: list[Complaint] = []
    contents = _read(export, tenant, shift_to, complaints)
    today = at.astimezone(tenant.zone).date()
    quarters = add_calendar_quarters(tenant, {today, *contents.days})
    if export.quotas:
        complaints += starts_no_quarter(export.quotas.name, contents.quotas, quarters)
    if complaints:
        raise Refused(complaints)

    people = import_people(tenant, contents.sellers)
    owners = {who.name: people.reps[key].pk for key, who in contents.sellers.items()}
    placed = place_deals(
        tenant,
        progress(contents.deals),
        owners=owners,
        at=at,
        choices=choices,
        reason=reason,
    )
    quotas = None
    if export.quotas:
        quotas = import_quotas(
            tenant, contents.quotas, people.reps, at=at, reason=reason
        )
    elif quota_growth is not None:
        quotas = grow_quotas(tenant, quota_growth, at=at, reason=reason)
    return Summary(
        organization=tenant,
        deals=contents.deals,
        placed=placed,
        reps_added=people.reps_added,
        teams_added=people.teams_added,
        quotas=quotas,
        accounts_not_listed=crm_export.accounts_not_listed(
            contents.deals, contents.accounts
        ),
        days_between_quarters=_between(contents.deal_days, quarters),
    )


def _read(
    export: Export,
    organization: Organization,
    shift_to: date | None,
    complaints: list[Complaint],
) -> Contents:
    """All files, read to their ends, so that every complaint is heard at once."""
    sellers = crm_export.read_sellers(export.teams, complaints)
    prices = crm_export.read_prices(export.products, complaints)
    accounts = crm_export.read_accounts(export.accounts, complaints)
    deals = crm_export.read_deals(
        export.pipeline,
        complaints,
        sellers=sellers,
        prices=prices,
        accounts=accounts,
        stages=[stage.name for stage in organization.stages.in_order()],
    )
    if shift_to:
        deals = crm_export.moved_in_time(deals, shift_to)
    reps, shared_names = reps_by_name(organization)
    complaints += [
        Complaint(export.teams.name, 0, Wrong.SAME_NAME, sellers[name].name)
        for name in sellers.keys() & shared_names
    ]
    quotas = []
    if export.quotas:
        people = sellers.keys() | reps.keys()
        quotas = read_quotas(export.quotas, complaints, reps=people)
    return Contents(sellers, accounts, deals, quotas)


def _between(days: Iterable[date], quarters: Sequence[Span]) -> list[date]:
    """The days no quarter holds, where the organization's own leave a gap."""
    return sorted(day for day in days if not any(day in span for span in quarters))

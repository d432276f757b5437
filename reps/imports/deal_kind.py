"""Deals, as a page brings them in: step by step, and looked at before it happens."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from reps.domain.crm_export import DealRow
from reps.domain.files.deal_rows import read_deals
from reps.domain.files.questions import REP, Asks
from reps.imports.answers import Answers
from reps.imports.deal_file import (
    SPREADSHEET,
    deal_matching,
    stage_choices,
    stage_matches,
    standings_of,
)
from reps.imports.file_kind import SHOWN, BroughtIn, Progress, Scope, ShownRow, Verdict
from reps.imports.look_at_file import FileLook
from reps.imports.organization import add_calendar_quarters
from reps.imports.owners import (
    add_reps,
    owner_choices,
    owner_matches,
    reps_of,
    sellers_of,
)
from reps.imports.place_deals import place_deals
from reps.models import Deal, Organization
from reps.templatetags.sales_format import money

SEEN = (
    "owner_id",
    "account",
    "product",
    "amount",
    "stage_id",
    "outcome",
    "opened_on",
    "expected_close_on",
    "closed_on",
)


class DealKind:
    def matches(self, look: FileLook, answers: Answers, scope: Scope):
        stages = list(scope.organization.stages.in_order())
        owners = owner_matches(look, answers, reps_of(scope.organization))
        return [
            *stage_matches(look, answers, stages),
            *(match for _owner, match in owners),
        ]

    def choices(self, asks: Asks, scope: Scope) -> Sequence[tuple[str, str]]:
        if asks == Asks.STAGE:
            return stage_choices(list(scope.organization.stages.in_order()))
        return owner_choices(scope)

    def bring_in(
        self,
        look: FileLook,
        answers: Answers,
        scope: Scope,
        progress: Progress[DealRow],
    ) -> BroughtIn:
        tenant, came = scope.organization, BroughtIn()
        reps = reps_of(tenant)
        stages = list(tenant.stages.in_order())
        sellers = sellers_of(owner_matches(look, answers, reps), [], reps)
        matching = deal_matching(
            look,
            answers,
            tenant,
            sellers,
            standings_of(stage_matches(look, answers, stages), stages),
            scope.today,
        )
        rows = look.rows(came.complaints)
        deals = list(read_deals(rows, matching, came.complaints))
        days = {day for deal in deals for day in deal.days}
        add_calendar_quarters(tenant, {scope.today} | days)
        added = add_reps(tenant, sellers.newcomers.values())
        owners = {f"{REP}{rep.pk}": rep.pk for rep in reps}
        owners |= {rep.name: rep.pk for rep in added}
        source = look.system.value if look.system else SPREADSHEET
        first = deals[:SHOWN]
        before = _standing_now(tenant, source, first)
        placed = place_deals(
            tenant,
            progress(deals),
            owners=owners,
            at=scope.at,
            source=source,
            choices=answers.choices,
            reason=scope.reason,
            file_import=scope.file_import,
        )
        came.added, came.changed, came.same = placed.added, placed.changed, placed.same
        came.made["rep"] = [rep.pk for rep in added]
        after = _standing_now(tenant, source, first)
        came.columns = _columns()
        came.shown = list(_shown(first, before, after, tenant))
        return came


def _standing_now(tenant, source: str, rows: Iterable[DealRow]) -> dict[str, Deal]:
    known = Deal.objects.filter(
        organization=tenant, source=source, source_key__in=[row.number for row in rows]
    )
    return {deal.source_key: deal for deal in known.select_related("owner", "stage")}


def _columns() -> list[str]:
    return [
        _("Account"),
        _("Product"),
        _("Owner"),
        _("Amount"),
        _("Stage"),
        _("Opened"),
        _("Closed or expected"),
    ]


def _shown(
    rows: Sequence[DealRow],
    before: Mapping[str, Deal],
    after: Mapping[str, Deal],
    tenant: Organization,
) -> Iterable[ShownRow]:
    for row in rows:
        deal, was = after.get(row.number), before.get(row.number)
        if deal is None:
            continue
        if was is None:
            verdict = Verdict.NEW
        else:
            is_same = all(getattr(was, name) == getattr(deal, name) for name in SEEN)
            verdict = Verdict.SAME if is_same else Verdict.CHANGED
        yield ShownRow(row.row, verdict, _cells(deal, tenant))


def _cells(deal: Deal, tenant) -> list[str]:
    amount = money(deal.amount, tenant.currency)
    is_open = deal.outcome == Deal.Outcome.OPEN
    return [
        deal.account,
        deal.product,
        deal.owner.name,
        _("%(amount)s, estimated") % {"amount": amount}
        if deal.amount_is_estimate
        else amount,
        deal.stage.name if is_open else deal.get_outcome_display(),
        str(deal.opened_on or ""),
        str(deal.closed_on or deal.expected_close_on or ""),
    ]

"""Deals, as a page brings them in: step by step, and looked at before it happens."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from reps.domain.crm_export import DealRow
from reps.domain.files.deal_rows import Aside, read_deals
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
from reps.imports.file_words import day_words, now_and_before
from reps.imports.known_deals import deals_by_number
from reps.imports.look_at_file import FileLook
from reps.imports.organization import add_calendar_quarters
from reps.imports.owners import (
    add_reps,
    owner_choices,
    owner_matches_for,
    reps_of,
    sellers_of,
)
from reps.imports.place_deals import place_deals
from reps.imports.placed_words import deal_lines, tell_left_out, tell_placed
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
    "lead_source",
    "lost_reason",
)


class DealKind:
    def matches(self, look: FileLook, answers: Answers, scope: Scope):
        stages = list(scope.organization.stages.in_order())
        owners = owner_matches_for(look, answers, scope, reps_of(scope.organization))
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
        sellers = sellers_of(owner_matches_for(look, answers, scope, reps), [], reps)
        matching = deal_matching(
            look,
            answers,
            tenant,
            sellers,
            standings_of(stage_matches(look, answers, stages), stages),
            scope.today,
        )
        rows, aside = look.rows(came.complaints), Aside()
        deals = list(read_deals(rows, matching, came.complaints, aside))
        days = {day for deal in deals for day in deal.days}
        add_calendar_quarters(tenant, {scope.today} | days)
        added = add_reps(tenant, sellers.newcomers)
        owners = {f"{REP}{rep.pk}": rep.pk for rep in reps}
        owners |= {word: rep.pk for word, rep in added.items()}
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
            teams=scope.teams,
            besides=aside.numbers,
            reason=scope.reason,
            file_import=scope.file_import,
        )
        tell_left_out(came, aside.left_out)
        tell_placed(came, placed, tenant.currency)
        came.said.extend(deal_lines(deals, source, look.columns))
        came.made["rep"] = [rep.pk for rep in added.values()]
        after = _standing_now(tenant, source, first)
        came.columns = _columns()
        adopted = {number for number, deal in answers.same_as.items() if deal}
        came.shown = list(_shown(first, before, after, tenant, adopted))
        return came


def _standing_now(tenant, source: str, rows: Iterable[DealRow]) -> dict[str, Deal]:
    deals = deals_by_number(tenant, source, rows)
    prefetch_related_objects(list(deals.values()), "owner", "stage")
    return deals


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
    adopted: Collection[str],
) -> Iterable[ShownRow]:
    for row in rows:
        deal, was = after.get(row.number), before.get(row.number)
        if deal is None:
            continue
        if was is None:
            is_new = row.number not in adopted
            verdict = Verdict.NEW if is_new else Verdict.CHANGED
        else:
            is_same = all(getattr(was, name) == getattr(deal, name) for name in SEEN)
            verdict = Verdict.SAME if is_same else Verdict.CHANGED
        cells = _cells(deal, tenant)
        if was is not None:
            cells = list(map(now_and_before, cells, _cells(was, tenant)))
        yield ShownRow(row.row, verdict, cells)


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
        day_words(deal.opened_on),
        day_words(deal.closed_on or deal.expected_close_on),
    ]

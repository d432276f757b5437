"""Deals from one file of any shape, whole or not at all.

Whatever is not sure is a question, and then nothing is brought in.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Avg
from django.utils.translation import gettext as _

from reps.domain.crm_export import DealRow
from reps.domain.csv_table import key
from reps.domain.files.deal_rows import (
    DAYS,
    LABELLED,
    Aside,
    DealMatching,
    LeftOut,
    read_deals,
)
from reps.domain.files.fields import Fact, Kind
from reps.domain.files.grid import Complaint
from reps.domain.files.outcomes import outcome_of
from reps.domain.files.questions import REP, Asked, Asks, Unsure, WordMatch
from reps.domain.files.systems import System
from reps.domain.files.values import OurStage, Standing, match_stages
from reps.domain.transitions import Outcome
from reps.imports.answers import Answers
from reps.imports.column_questions import column_questions, order_of, signs_of
from reps.imports.look_at_file import FileLook, Opened, look_at_file, words_in
from reps.imports.organization import add_calendar_quarters, organization_for_import
from reps.imports.owners import Sellers, add_reps, owner_matches, sellers_of
from reps.imports.place_deals import place_deals
from reps.imports.placed import Placed
from reps.models import Deal, Organization, Product, Stage

SPREADSHEET = "Spreadsheet"  # the source of what no system known here has written
CENT = Decimal("0.01")


class BadRows(Exception):
    """Nothing was imported; these rows are to be put right first."""

    def __init__(self, look: FileLook, complaints: Sequence[Complaint]):
        super().__init__(len(complaints))
        self.header = look.shape.header
        self.complaints = complaints


@dataclass(frozen=True, slots=True)
class FileSummary:
    """What came of it. `look` is what was guessed on the way."""

    organization: Organization
    look: FileLook
    source: str
    deals: Sequence[DealRow]
    placed: Placed
    reps_added: Sequence[str]
    left_out: Sequence[LeftOut]

    @property
    def as_they_were(self) -> int:
        return self.placed.same


@transaction.atomic
def import_deal_file(
    opened: Opened,
    *,
    organization: str,
    at: datetime,
    answers: Answers,
    prices: Mapping[str, Decimal] | None = None,
    reason: str = "",
    progress: Callable[[Sequence[DealRow]], Iterable[DealRow]] = iter,
) -> FileSummary:
    """Bring a file's deals into the organization of this name, made if there is none.

    Owners nobody knows become reps without a login. `prices` are those of the products,
    by their names, for deals without an amount. Raises `Unreadable`, `Unsure` with
    every question, or `BadRows` with every bad row; then nothing is saved.
    """
    tenant = organization_for_import(organization)
    today = at.astimezone(tenant.zone).date()
    look = look_at_file(opened, answers, kinds=[Kind.DEALS], today=today)
    reps = list(tenant.reps.select_related("user"))
    asked = column_questions(look, answers, tenant.currency)
    stages = list(tenant.stages.in_order())
    labels = stage_matches(look, answers, stages)
    asked += _stages_asked(labels, stages)
    teams = set(tenant.teams.values_list("pk", flat=True))
    sellers = sellers_of(owner_matches(look, answers, reps, teams), asked, reps)
    if asked:
        raise Unsure(asked)

    standings = standings_of(labels, stages)
    matching = deal_matching(look, answers, tenant, sellers, standings, today, prices)
    complaints: list[Complaint] = []
    aside = Aside()
    deals = list(read_deals(look.rows(complaints), matching, complaints, aside))
    if complaints:
        raise BadRows(look, sorted(complaints, key=lambda one: one.row))

    add_calendar_quarters(tenant, {today, *(day for d in deals for day in d.days)})
    added = add_reps(tenant, sellers.newcomers)
    owners = {f"{REP}{rep.pk}": rep.pk for rep in reps}
    owners |= {word: rep.pk for word, rep in added.items()}
    source = look.system.value if look.system else SPREADSHEET
    placed = place_deals(
        tenant,
        progress(deals),
        owners=owners,
        at=at,
        source=source,
        choices=answers.choices,
        besides=aside.numbers,
        reason=reason,
    )
    names = [rep.name for rep in added.values()]
    return FileSummary(tenant, look, source, deals, placed, names, aside.left_out)


def deal_matching(
    look: FileLook,
    answers: Answers,
    tenant: Organization,
    sellers: Sellers,
    standings: Mapping[str, Standing],
    today: date,
    prices: Mapping[str, Decimal] | None = None,
) -> DealMatching:
    """All that is settled of the file, for its rows to be read by.

    `prices` of products, by their names, go before those of the price list.
    """
    columns = look.columns
    return DealMatching(
        columns=columns,
        signs={
            fact: signs_of(look, answers, place)
            for fact, place in columns.items()
            if fact == Fact.AMOUNT
        },
        orders={
            fact: order_of(look, answers, place)
            for fact, place in columns.items()
            if fact in DAYS
        },
        sellers=sellers.keys,
        standings=standings,
        stages={stage.pk: stage.name for stage in tenant.stages.in_order()},
        estimate=_average_win(tenant),
        today=today,
        prices=dict(Product.objects.prices(tenant))
        | {key(name): price for name, price in (prices or {}).items()},
    )


def stage_matches(
    look: FileLook, answers: Answers, stages: Sequence[Stage]
) -> list[WordMatch]:
    """What each label of their stages means here.

    So does a status that says neither won nor lost nor open. Where there are too many,
    that is asked with the columns.
    """
    labels: Counter[str] = Counter()
    for fact in LABELLED:
        words = (fact in look.columns and words_in(look, fact)) or {}
        is_stage = fact == Fact.STAGE
        labels.update({w: n for w, n in words.items() if is_stage or not outcome_of(w)})
    names = {stage.pk: stage.name for stage in stages}
    ours = [OurStage(one.pk, one.name, one.weight) for one in stages]
    known = {key(name): name for name in names.values()}
    known |= {one.value: one.value for one in Outcome}
    found = []
    for match in match_stages(labels, ours):
        fits = tuple(
            names[one.stage] if one.stage else one.outcome.value for one in match.ours
        )
        is_settled = match.is_settled
        if look.system is System.SECOND_WIND and match.theirs in names.values():
            fits, is_settled = (match.theirs,), True  # though it be called Won
        said = known.get(key(answers.stages.get(match.theirs, "")))
        found.append(
            WordMatch(Asks.STAGE, match.theirs, match.rows, fits, is_settled, said)
        )
    return found


def standings_of(
    matches: Iterable[WordMatch], stages: Sequence[Stage]
) -> dict[str, Standing]:
    """What the labels mean that somebody, or a sure guess, has told."""
    standing = {one.value: Standing(outcome=one) for one in Outcome}
    standing |= {stage.name: Standing(stage=stage.pk) for stage in stages}
    return {one.theirs: standing[one.answer] for one in matches if one.answer}


def stage_choices(stages: Sequence[Stage]) -> list[tuple[str, str]]:
    """Ours in the order of the board, then what became of a deal."""
    words = {
        Outcome.OPEN: _("Open, and no more is said"),
        Outcome.WON: _("Won"),
        Outcome.LOST: _("Lost"),
    }
    names = [(stage.name, stage.name) for stage in stages]
    return names + [(outcome.value, words[outcome]) for outcome in words]


def _stages_asked(matches: Sequence[WordMatch], stages) -> Iterable[Asked]:
    fits = tuple(answer for answer, _words in stage_choices(stages))
    for match in matches:
        if not match.answer:
            yield Asked(match.asks, match.theirs, fits, match.rows)


def _average_win(tenant: Organization) -> Decimal:
    """What a deal without an amount is worth until somebody says."""
    won = Deal.objects.filter(organization=tenant, outcome=Outcome.WON)
    average = won.aggregate(average=Avg("amount"))["average"]
    return (average or tenant.starting_average_deal).quantize(CENT)

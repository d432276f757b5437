"""Deals from one file of any shape, whole or not at all.

Whatever is not sure is a question, and then nothing is brought in.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.db import transaction
from django.db.models import Avg
from django.utils.translation import gettext

from reps.domain.crm_export import DealRow
from reps.domain.csv_table import key
from reps.domain.files.currencies import code_of, codes_of
from reps.domain.files.days import Order
from reps.domain.files.deal_rows import DAYS, DealMatching, read_deals
from reps.domain.files.fields import Fact, Kind, at_odds, missing
from reps.domain.files.grid import Complaint
from reps.domain.files.numbers import NOTATIONS, Signs
from reps.domain.files.values import (
    OurStage,
    Owner,
    Person,
    Standing,
    match_owners,
    match_stages,
)
from reps.domain.files.verdicts import Question, Settled
from reps.domain.transitions import Outcome
from reps.domain.typed_figures import plain
from reps.imports.look_at_file import Answers, FileLook, Opened, look_at_file, words_in
from reps.imports.organization import add_calendar_quarters, organization_for_import
from reps.imports.place_deals import Placed, place_deals
from reps.models import Deal, Organization, Rep, Segment, Team

SPREADSHEET = "Spreadsheet"  # the source of what no system known here has written
CENT = Decimal("0.01")


class Asks(StrEnum):
    """What only a person can say."""

    ENCODING = "encoding"
    DELIMITER = "delimiter"
    MISSING = "missing"
    AT_ODDS = "at_odds"
    NUMBERS = "numbers"
    DAYS = "days"
    CURRENCIES = "currencies"
    TOO_MANY_STAGES = "too_many_stages"
    STAGE = "stage"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about a file: what it is about, and the answers that fit."""

    asks: Asks
    about: str = ""
    fits: tuple[str, ...] = ()
    rows: int = 0


class Unsure(Exception):
    """Nothing was imported; a person has to say what is meant first."""

    def __init__(self, questions: Sequence[Asked]):
        super().__init__(len(questions))
        self.questions = questions


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
    left_out: int  # rows of whoever was left out

    @property
    def as_they_were(self) -> int:
        placed = self.placed
        return len(self.deals) - placed.added - placed.changed - len(placed.left)


@transaction.atomic
def import_deal_file(
    opened: Opened,
    *,
    organization: str,
    at: datetime,
    answers: Answers,
    reason: str = "",
    progress: Callable[[Sequence[DealRow]], Iterable[DealRow]] = iter,
) -> FileSummary:
    """Bring a file's deals into the organization of this name, made if there is none.

    Owners nobody knows become reps without a login. Raises `Unreadable`, `Unsure` with
    every question, or `BadRows` with every bad row; then nothing is saved.
    """
    tenant = organization_for_import(organization)
    today = at.astimezone(tenant.zone).date()
    look = look_at_file(opened, answers, today=today)
    reps = list(tenant.reps.select_related("user"))
    asked: list[Asked] = [
        *_of_the_table(look),
        *_of_columns(look, answers),
        *_of_currencies(look, tenant.currency),
    ]
    standings = _standings(look, answers, tenant, asked)
    sellers, newcomers = _sellers(look, answers, reps, asked)
    if asked:
        raise Unsure(asked)

    matching = DealMatching(
        columns=look.columns,
        signs=_signs(look, answers),
        orders=_orders(look, answers),
        sellers=sellers,
        standings=standings,
        stages={stage.pk: stage.name for stage in tenant.stages.in_order()},
        estimate=_average_win(tenant),
        today=today,
    )
    complaints: list[Complaint] = []
    deals = list(read_deals(look.rows(complaints), matching, complaints))
    if complaints:
        raise BadRows(look, sorted(complaints, key=lambda one: one.row))

    add_calendar_quarters(tenant, {today, *(day for d in deals for day in d.days)})
    owners = {_known(rep.pk): rep.pk for rep in reps}
    owners |= {rep.name: rep.pk for rep in _add_reps(tenant, newcomers)}
    source = look.system.value if look.system else SPREADSHEET
    placed = place_deals(
        tenant, progress(deals), owners=owners, at=at, source=source, reason=reason
    )
    left_out = sum(look.owners[owner] for owner in sellers if not sellers[owner])
    return FileSummary(tenant, look, source, deals, placed, newcomers, left_out)


def _of_the_table(look: FileLook) -> Iterable[Asked]:
    """What is not sure of the file as a whole, and what it cannot do without."""
    if len(look.readings) > 1:
        fits = tuple(f"{one.encoding}: {one.example}" for one in look.readings)
        yield Asked(Asks.ENCODING, fits=fits)
    if len(look.shapes) > 1:
        yield Asked(Asks.DELIMITER, fits=tuple(one.delimiter for one in look.shapes))
    for group in missing(Kind.DEALS, look.columns):
        yield Asked(Asks.MISSING, fits=tuple(group))
    for pair in at_odds(Kind.DEALS, look.columns):
        headers = tuple(look.header(fact) for fact in pair)
        yield Asked(Asks.AT_ODDS, fits=headers)


def _of_columns(look: FileLook, answers: Answers) -> Iterable[Asked]:
    """Amounts and days that can be read in two ways."""
    for fact in (Fact.AMOUNT, *DAYS):
        if fact not in look.columns:
            continue
        column, header = look.looks[look.columns[fact]], look.header(fact)
        is_amount = fact == Fact.AMOUNT
        said = answers.numbers if is_amount else answers.days
        found = column.notation() if is_amount else column.order()
        if isinstance(found, Question) and header not in said:
            asks = Asks.NUMBERS if is_amount else Asks.DAYS
            fits = tuple(f"{one.example} = {one.meaning}" for one in found.options)
            yield Asked(asks, header, fits)


def _of_currencies(look: FileLook, home: str) -> Iterable[Asked]:
    """Amounts in another currency than the organization's: nothing is converted.

    It stands beside each amount, or in a column of its own.
    """
    for fact in (Fact.AMOUNT, Fact.CURRENCY):
        if fact not in look.columns:
            continue
        column = look.looks[look.columns[fact]]
        found = set(column.currencies(home))
        if fact == Fact.CURRENCY:
            words = words_in(look, fact) or {}
            found = {code_of(codes_of(plain(word)) or (word,), home) for word in words}
        if found - {home}:
            yield Asked(Asks.CURRENCIES, look.header(fact), tuple(sorted(found)))


def _signs(look: FileLook, answers: Answers) -> dict[Fact, Signs]:
    if Fact.AMOUNT not in look.columns:
        return {}
    said = answers.numbers.get(look.header(Fact.AMOUNT))
    for family in NOTATIONS.families:
        if family.way.decimal == said:
            return {Fact.AMOUNT: family.way}
    found = look.looks[look.columns[Fact.AMOUNT]].notation()
    return {Fact.AMOUNT: found.way} if isinstance(found, Settled) else {}


def _orders(look: FileLook, answers: Answers) -> dict[Fact, Order]:
    orders = {}
    for fact in (fact for fact in DAYS if fact in look.columns):
        found = look.looks[look.columns[fact]].order()
        if said := answers.days.get(look.header(fact)):
            orders[fact] = Order(said)
        elif isinstance(found, Settled):
            orders[fact] = found.way
    return orders


def _standings(look, answers: Answers, tenant, asked) -> dict[str, Standing]:
    """What each label of their stages means here; what nobody can tell is asked."""
    if Fact.STAGE not in look.columns:
        return {}
    labels = words_in(look, Fact.STAGE)
    if labels is None:
        asked.append(Asked(Asks.TOO_MANY_STAGES, look.header(Fact.STAGE)))
        return {}
    stages = list(tenant.stages.in_order())
    ours = [OurStage(one.pk, one.name, one.weight) for one in stages]
    by_key = {key(one.name): Standing(stage=one.pk) for one in stages}
    by_key |= {one.value: Standing(outcome=one) for one in Outcome}
    fits = tuple([stage.name for stage in stages] + [one.value for one in Outcome])
    standings = {}
    for match in match_stages(labels, ours):
        said = by_key.get(key(answers.stages.get(match.theirs, "")))
        if said:
            standings[match.theirs] = said
        elif match.is_settled:
            standings[match.theirs] = match.ours[0]
        else:
            asked.append(Asked(Asks.STAGE, match.theirs, fits, match.rows))
    return standings


def _sellers(
    look: FileLook, answers: Answers, reps: Sequence[Rep], asked: list[Asked]
) -> tuple[dict[Owner, str], list[str]]:
    """Under which key each owner is known here, and the names of those who are new.

    A rep's key is their number, since two may have one name; a newcomer's is the name.
    """
    people = [Person(rep.pk, rep.name, _address(rep)) for rep in reps]
    words = defaultdict(list)
    for person in people:
        for word in {key(person.name), key(person.email)} - {""}:
            words[word].append(person.id)
    told = {one.id: f"{one.name} ({one.email})".replace(" ()", "") for one in people}
    sellers, newcomers = {}, {}
    for match in match_owners(look.owners, people):
        owner, theirs = match.theirs, match.theirs.name or match.theirs.email
        said = answers.owners.get(theirs)
        ours = match.ours if said is None else tuple(words[key(said)])
        if said == "":
            sellers[owner] = ""
        elif len(ours) == 1 and (said or match.is_settled):
            sellers[owner] = _known(ours[0])
        elif theirs and not ours:
            name = said or theirs
            sellers[owner] = newcomers.setdefault(key(name), name)
        elif theirs:  # a row of nobody's is a bad row, and no question
            fits = tuple(told[one] for one in ours)
            asked.append(Asked(Asks.OWNER, theirs, fits, match.rows))
    return sellers, list(newcomers.values())


def _address(rep: Rep) -> str:
    return (rep.user and rep.user.email) or ""


def _known(rep: int) -> str:
    return f"\N{NUMERO SIGN} {rep}"  # nobody is called so


def _add_reps(tenant: Organization, names: Sequence[str]) -> list[Rep]:
    """In the only team there is, or in one of their own until somebody says which."""
    if not names:
        return []
    teams = list(tenant.teams.all()[:2])
    if len(teams) == 1:
        team = teams[0]
    else:
        name = gettext("New from a file")
        team, _made = Team.objects.get_or_create(organization=tenant, name=name)
    segment = Segment.objects.default_of(tenant)
    return Rep.objects.bulk_create(
        Rep(organization=tenant, name=name, team=team, segment=segment)
        for name in names
    )


def _average_win(tenant: Organization) -> Decimal:
    """What a deal without an amount is worth until somebody says."""
    won = Deal.objects.filter(organization=tenant, outcome=Outcome.WON)
    average = won.aggregate(average=Avg("amount"))["average"]
    return (average or tenant.starting_average_deal).quantize(CENT)

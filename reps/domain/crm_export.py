"""A CRM's export, read and checked: people, list prices, accounts, deals.

Files in, facts and complaints out: nothing is looked up and nothing is kept. Names are
taken as the teams', products' and accounts' files spell them, whatever case and spaces
the pipeline has ("GTXPro" is "GTX Pro").

Won and lost are outcomes, not stages: such a deal stands in the last stage.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from reps.domain.csv_table import Complaint, Line, Text, Wrong, key, read_table
from reps.domain.transitions import Outcome
from reps.domain.work_week import monday_on_or_before

NAME = 100  # letters of a name; a team's is its manager's and a word more
LABEL = 120
NUMBER = 64
CLOSED = {"won": Outcome.WON, "lost": Outcome.LOST}


@dataclass(frozen=True, slots=True)
class Seller:
    """Who sells, for which manager, from which office ("" when not given)."""

    name: str
    manager: str
    office: str


@dataclass(frozen=True, slots=True)
class DealRow:
    """One deal as the export tells it.

    Without a value an open or lost deal is worth its list price, which is an estimate.
    Dates that are not given are None; an open deal has no `closed_on`. `empty` are the
    facts whose cells are: of what is neither there nor given, there is no column.
    """

    number: str
    seller: str
    account: str
    product: str
    stage: str
    outcome: Outcome
    amount: Decimal
    amount_is_estimate: bool
    opened_on: date | None
    closed_on: date | None
    expected_close_on: date | None = None
    in_stage_since: date | None = None  # of an open deal: when it came where it stands
    lead_source: str = ""
    lost_reason: str = ""
    cancelled: tuple[tuple[date, Decimal], ...] = ()  # of a win, in order of the days
    amount_is_average: bool = False  # of an estimate: it takes no other one's place
    account_is_title: bool = False  # for there was no account to be read
    empty: frozenset[str] = frozenset()
    row: int = 0  # in its file, from 1

    @property
    def days(self) -> tuple[date, ...]:
        """Those on which something about it counts."""
        own = (day for day in (self.opened_on, self.closed_on) if day)
        return (*own, *(day for day, _amount in self.cancelled))


def read_sellers(text: Text, complaints: list[Complaint]) -> dict[str, Seller]:
    """By the key of the name. Nobody can work for two managers."""
    sellers: dict[str, Seller] = {}
    for line in read_table(
        text, ("sales_agent", "manager", "regional_office"), complaints
    ):
        seller = Seller(
            name=line.text("sales_agent", longest=NAME),
            manager=line.text("manager", longest=NAME),
            office=line.text("regional_office", longest=NAME, may_be_empty=True),
        )
        known = sellers.setdefault(key(seller.name), seller)
        if (key(known.manager), key(known.office)) != (
            key(seller.manager),
            key(seller.office),
        ):
            line.complain(Wrong.TWO_MANAGERS, seller.name, known.manager)
    return sellers


def read_prices(
    text: Text, complaints: list[Complaint]
) -> dict[str, tuple[str, Decimal]]:
    """(name, list price) by the key of the product's name."""
    prices: dict[str, tuple[str, Decimal]] = {}
    for line in read_table(text, ("product", "sales_price"), complaints):
        name = line.text("product", longest=LABEL)
        if not line["sales_price"]:
            line.complain(Wrong.EMPTY, "sales_price")
        price = line.amount("sales_price")
        if price is None:
            continue
        known = prices.setdefault(key(name), (name, price))
        if known[1] != price:
            line.complain(Wrong.TWO_PRICES, name, known[1])
    return prices


def read_accounts(text: Text, complaints: list[Complaint]) -> dict[str, str]:
    """The accounts' own names by their keys."""
    accounts: dict[str, str] = {}
    for line in read_table(text, ("account",), complaints):
        name = line.text("account", longest=LABEL)
        accounts.setdefault(key(name), name)
    return accounts


def read_deals(
    text: Text,
    complaints: list[Complaint],
    *,
    sellers: Mapping[str, Seller],
    prices: Mapping[str, tuple[str, Decimal]],
    accounts: Mapping[str, str],
    stages: Sequence[str],
) -> list[DealRow]:
    """The deals, of which only the whole is worth having: ask `complaints` first.

    `stages` are the names of the organization's stages in the order of its board.
    """
    columns = (
        "opportunity_id",
        "sales_agent",
        "product",
        "account",
        "deal_stage",
        "engage_date",
        "close_date",
        "close_value",
    )
    board = {key(stage): stage for stage in stages}
    known_stages = ", ".join([*stages, "Won", "Lost"])
    first_lines: dict[str, int] = {}
    deals = []
    for line in read_table(text, columns, complaints):
        number = line.text("opportunity_id", longest=NUMBER)
        first = first_lines.setdefault(number, line.number)
        if number and first != line.number:
            line.complain(Wrong.TWICE, number, first)

        seller = sellers.get(key(line["sales_agent"]))
        if seller is None:
            line.complain(Wrong.UNKNOWN_AGENT, line["sales_agent"])

        outcome = CLOSED.get(key(line["deal_stage"]), Outcome.OPEN)
        stage: str | None = stages[-1]
        if outcome == Outcome.OPEN:
            stage = board.get(key(line["deal_stage"]))
        if stage is None:
            line.complain(Wrong.UNKNOWN_STAGE, line["deal_stage"], known_stages)

        product = line.text("product", longest=LABEL, may_be_empty=True)
        account = line.text("account", longest=LABEL, may_be_empty=True)
        product, list_price = prices.get(key(product), (product, None))
        opened_on, closed_on = _dates(line, outcome)
        amount, is_estimate = _amount(line, outcome, product, list_price)
        if seller is None or stage is None or amount is None:
            continue
        deals.append(
            DealRow(
                number=number,
                seller=seller.name,
                account=accounts.get(key(account), account),
                product=product,
                stage=stage,
                outcome=outcome,
                amount=amount,
                amount_is_estimate=is_estimate,
                opened_on=opened_on,
                closed_on=closed_on,
                row=line.number,
            )
        )
    return deals


def _dates(line: Line, outcome: Outcome) -> tuple[date | None, date | None]:
    opened_on, closed_on = line.day("engage_date"), line.day("close_date")
    if outcome == Outcome.OPEN:
        return opened_on, None  # what stands there is a hope, not a close
    if not line["close_date"]:
        line.complain(Wrong.CLOSED_WITHOUT_DATE, line["deal_stage"])
    if opened_on and closed_on and closed_on < opened_on:
        line.complain(Wrong.CLOSED_BEFORE_OPENED, closed_on, opened_on)
    return opened_on, closed_on


def _amount(
    line: Line, outcome: Outcome, product: str, list_price: Decimal | None
) -> tuple[Decimal | None, bool]:
    """The amount, and whether it is an estimate.

    An export writes 0 on the deals it lost, which is not what they were worth.
    """
    given = line.amount("close_value")
    if line["close_value"] and given is None:
        return None, False
    if outcome == Outcome.WON:
        if given is None:
            line.complain(Wrong.WON_WITHOUT_VALUE)
        return given, False
    if given:
        return given, False
    if list_price is None:
        line.complain(Wrong.NO_LIST_PRICE, product)
    return list_price, True


def accounts_not_listed(
    deals: Iterable[DealRow], accounts: Mapping[str, str]
) -> list[str]:
    """Accounts that the pipeline names and the accounts' file does not have."""
    named = {deal.account for deal in deals if deal.account}
    return sorted(name for name in named if key(name) not in accounts)


def moved_in_time(deals: Collection[DealRow], to: date) -> list[DealRow]:
    """All dates moved by the same whole weeks, the newest into the week of `to`.

    Weekdays stay weekdays, and every span of days stays as long as it was.
    """
    newest = max((day for deal in deals for day in deal.days), default=to)
    weeks = monday_on_or_before(to) - monday_on_or_before(newest)
    return [_moved_by(deal, weeks) for deal in deals]


def _moved_by(deal: DealRow, shift: timedelta) -> DealRow:
    return replace(
        deal,
        opened_on=deal.opened_on and deal.opened_on + shift,
        closed_on=deal.closed_on and deal.closed_on + shift,
    )

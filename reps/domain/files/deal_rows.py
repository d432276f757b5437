"""Deals out of a file's rows, once it is settled what its columns and words mean."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from reps.domain.crm_export import DealRow
from reps.domain.csv_table import key
from reps.domain.files.cancelled import Cancelled, cancelled_in
from reps.domain.files.cell import Cell, as_text
from reps.domain.files.days import NotADay, Order, read_day
from reps.domain.files.deal_matching import Aside, DealMatching, LeftOut, owner_of
from reps.domain.files.fields import Fact, Kind, field_of
from reps.domain.files.grid import Complaint, Row
from reps.domain.files.nothing import says_nothing
from reps.domain.files.numbers import NotANumber, Signs, read_amount
from reps.domain.files.outcomes import flag_of, outcome_of, outcomes_said
from reps.domain.files.values import Owner, Standing
from reps.domain.transitions import Outcome

ZERO = Decimal(0)
CENT = Decimal("0.01")
MOST = Decimal(10) ** 12
CUT_SHORT = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+[0-9]{2}")  # 4.15087E+18
A_ZONE = timedelta(days=1)  # whoever sells may be that far ahead of the organization
DAYS = (
    Fact.OPENED_ON,
    Fact.IN_STAGE_SINCE,
    Fact.CLOSE_ON,
    Fact.EXPECTED_CLOSE_ON,
    Fact.CLOSED_ON,
    Fact.WON_ON,
    Fact.LOST_ON,
)
OR_A_DASH = {Fact.AMOUNT, *DAYS}  # or another word for nothing
LABELLED = (Fact.STAGE, Fact.OUTCOME)  # in words, each of a stage or an outcome
# Of a closed deal the first of these that is there is its last day.
LAST_DAYS = {
    Outcome.WON: (Fact.WON_ON, Fact.CLOSED_ON, Fact.CLOSE_ON),
    Outcome.LOST: (Fact.LOST_ON, Fact.CLOSED_ON, Fact.CLOSE_ON),
}
EXPECTED = (Fact.EXPECTED_CLOSE_ON, Fact.CLOSE_ON)
EXPECTED_ONCE = (Fact.EXPECTED_CLOSE_ON,)  # of a closed deal

# By the names of a deal's facts: empty where all of these are, if any is there.
MAY_BE_EMPTY = {
    "account": (Fact.ACCOUNT,),
    "product": (Fact.PRODUCT,),
    "amount": (Fact.AMOUNT,),
    "opened_on": (Fact.OPENED_ON,),
    "expected_close_on": EXPECTED,
    "lead_source": (Fact.LEAD_SOURCE,),
    "lost_reason": (Fact.LOST_REASON,),
}


class NoDeal(StrEnum):
    """What a row lacks, or says twice, to be a deal."""

    EMPTY = "empty"  # `value`: what is
    TOO_LONG = "too_long"
    OUTCOME_UNCLEAR = "outcome_unclear"
    CLOSED_WITHOUT_DAY = "closed_without_day"
    CLOSED_BEFORE_OPENED = "closed_before_opened"
    STILL_TO_COME = "still_to_come"  # the day on which it was closed
    WON_WITHOUT_AMOUNT = "won_without_amount"
    LESS_THAN_ZERO = "less_than_zero"
    TOO_LARGE = "too_large"
    NUMBER_CUT_SHORT = "number_cut_short"  # by a spreadsheet, which counts with it
    TWICE = "twice"  # `value`: the row it is in already
    NOT_YES_OR_NO = "deal_not_yes_or_no"
    CANCELLED_UNCLEAR = "cancelled_unclear"
    CANCELLED_TOO_MUCH = "cancelled_too_much"  # or of what was not won
    CANCELLED_ANOTHER_DAY = "cancelled_another_day"  # than from the win to today


def read_deals(
    rows: Iterable[Row],
    matching: DealMatching,
    complaints: list[Complaint],
    aside: Aside | None = None,
) -> Iterator[DealRow]:
    """The deals; what is wrong with a row is noted, and the next is read.

    Those that become none are put `aside`. Without a number of its own a deal is known
    again by its account, title and opening day, and its place among those that share
    them: neither owner nor amount, which change.
    """
    reader = _Reader(matching, complaints, aside or Aside())
    for row in rows:
        deal = reader.deal(row)
        if deal:
            yield deal


class _Reader:
    def __init__(
        self, matching: DealMatching, complaints: list[Complaint], aside: Aside
    ) -> None:
        self.matching = matching
        self.complaints = complaints
        self.aside = aside
        self.first_rows: dict[str, int] = {}
        self.alike: Counter[tuple[str, ...]] = Counter()
        self.last_stage = list(matching.stages.values())[-1]
        columns = matching.columns
        self.may_be_empty = {
            name: there
            for name, facts in MAY_BE_EMPTY.items()
            if (there := [fact for fact in facts if fact in columns])
        }

    def deal(self, row: Row) -> DealRow | None:
        """None where the row is none, or is left out."""
        before = len(self.complaints)
        owner = owner_of(row, self.matching.columns)
        seller = self.matching.sellers.get(owner)
        if seller == "":
            self._leave_out(row, owner)
            return None
        if seller is None:
            self._complain(row, Fact.OWNER, NoDeal.EMPTY, Fact.OWNER)
        stage, outcome = self._standing(row)
        days = {fact: self._day(row, fact) for fact in DAYS}
        amount = self._amount(row, outcome)
        is_estimate = self._is_estimate(row)
        title, account = self._text(row, Fact.TITLE), self._text(row, Fact.ACCOUNT)
        product = self._text(row, Fact.PRODUCT) or (title if account else "")
        lead_source = self._text(row, Fact.LEAD_SOURCE)
        lost_reason = self._text(row, Fact.LOST_REASON)
        price = self.matching.prices.get(key(product))
        closed_on = self._closed_on(row, outcome, days)
        won = amount or ZERO if outcome == Outcome.WON else ZERO
        cancelled = self._cancelled(row, won, closed_on)
        number = self._number(row, account, title, days[Fact.OPENED_ON])
        self._check_number(row, number)
        if seller is None or len(self.complaints) > before:
            self.aside.numbers.add(number)
            return None
        return DealRow(
            number=number,
            seller=seller,
            account=account or title,
            product=product,
            stage=stage,
            outcome=outcome,
            amount=_first_known(amount, price, self.matching.estimate),
            amount_is_estimate=is_estimate or amount is None,
            amount_is_average=amount is None and price is None,
            opened_on=days[Fact.OPENED_ON],
            closed_on=closed_on,
            expected_close_on=_first(days, EXPECTED_ONCE if closed_on else EXPECTED),
            in_stage_since=None if closed_on else self._since(days),
            lead_source=lead_source,
            lost_reason=lost_reason,
            cancelled=cancelled,
            account_is_title=not account,
            empty=self._empty(row, outcome),
            row=row.number,
        )

    def _since(self, days: Mapping[Fact, date | None]) -> date | None:
        """When an open deal came where it stands, where that can be."""
        since, opened_on = days[Fact.IN_STAGE_SINCE], days[Fact.OPENED_ON]
        if since is None or since > self.matching.today:
            return None
        return None if opened_on and since < opened_on else since

    def _leave_out(self, row: Row, owner: Owner) -> None:
        """Noted, and whatever is wrong with it is nobody's trouble."""
        before = len(self.complaints)
        title, account = self._text(row, Fact.TITLE), self._text(row, Fact.ACCOUNT)
        number = self._number(row, account, title, self._day(row, Fact.OPENED_ON))
        del self.complaints[before:]
        self.aside.left_out.append(LeftOut(row.number, account or title, owner))
        self.aside.numbers.add(number)

    def _standing(self, row: Row) -> tuple[str, Outcome]:
        texts = {
            fact: as_text(self._cell(row, fact))
            for fact in (Fact.OUTCOME, Fact.IS_WON, Fact.IS_LOST, Fact.IS_CLOSED)
        }
        said = set(outcomes_said(texts))
        labels = [as_text(self._cell(row, Fact.STAGE))]
        if not outcome_of(texts[Fact.OUTCOME]):
            labels.append(texts[Fact.OUTCOME])
        found = [self.matching.standings.get(label, Standing()) for label in labels]
        said |= {standing.outcome for standing in found if standing.outcome}
        outcome = said.pop() if len(said) == 1 else Outcome.OPEN
        if said:
            self._complain(row, Fact.OUTCOME, NoDeal.OUTCOME_UNCLEAR)
        stage = self.last_stage if outcome != Outcome.OPEN else ""
        stages = [standing.stage for standing in found if standing.stage is not None]
        if stages:
            stage = self.matching.stages[stages[0]]
        # Open, and no more is said: it stands where every deal begins.
        return stage or next(iter(self.matching.stages.values())), outcome

    def _closed_on(
        self, row: Row, outcome: Outcome, days: Mapping[Fact, date | None]
    ) -> date | None:
        if outcome == Outcome.OPEN:
            return None
        facts = [one for one in LAST_DAYS[outcome] if one in self.matching.columns]
        said = [fact for fact in facts if self._says(row, fact)]
        fact = next(iter([*said, *facts]), Fact.CLOSE_ON)
        closed_on, opened_on = _first(days, facts), days[Fact.OPENED_ON]
        if not said:
            self._complain(row, fact, NoDeal.CLOSED_WITHOUT_DAY)
        elif closed_on and opened_on and closed_on < opened_on:
            value = f"{closed_on}, {opened_on}"
            self._complain(row, fact, NoDeal.CLOSED_BEFORE_OPENED, value)
        elif closed_on and closed_on > self.matching.today + A_ZONE:
            self._complain(row, fact, NoDeal.STILL_TO_COME, str(closed_on))
        return closed_on

    def _number(
        self, row: Row, account: str, title: str, opened_on: date | None
    ) -> str:
        number = self._text(row, Fact.KEY)
        if not number:
            alike = (account, title, str(opened_on or ""))
            self.alike[alike] += 1
            told = "\x1f".join([*alike, str(self.alike[alike])])
            number = hashlib.sha256(told.encode()).hexdigest()[:40]
        return number

    def _check_number(self, row: Row, number: str) -> None:
        first = self.first_rows.setdefault(number, row.number)
        if CUT_SHORT.fullmatch(number):
            self._complain(row, Fact.KEY, NoDeal.NUMBER_CUT_SHORT, number)
        elif first != row.number:
            self._complain(row, Fact.KEY, NoDeal.TWICE, str(first))

    def _amount(self, row: Row, outcome: Outcome) -> Decimal | None:
        cell = self._cell(row, Fact.AMOUNT)
        if not self._says(row, Fact.AMOUNT):
            if outcome == Outcome.WON:
                self._complain(row, Fact.AMOUNT, NoDeal.WON_WITHOUT_AMOUNT)
            return None
        try:
            amount = read_amount(cell, self.matching.signs.get(Fact.AMOUNT, PLAIN))
        except NotANumber as error:
            self._complain(row, Fact.AMOUNT, error.why, error.value)
            return None
        says_which = Fact.IS_ESTIMATE in self.matching.columns
        if not amount and outcome != Outcome.WON and not says_which:
            return None  # what an export writes of a deal it lost, and not its worth
        if amount < 0:
            self._complain(row, Fact.AMOUNT, NoDeal.LESS_THAN_ZERO, str(amount))
        if amount > MOST:
            self._complain(row, Fact.AMOUNT, NoDeal.TOO_LARGE, str(amount))
        return amount.quantize(CENT, ROUND_HALF_UP)

    def _is_estimate(self, row: Row) -> bool:
        """Whether the amount that is given is one; what is not given always is."""
        text = self._text(row, Fact.IS_ESTIMATE)
        flag = flag_of(text) if text else False
        if flag is None:
            self._complain(row, Fact.IS_ESTIMATE, NoDeal.NOT_YES_OR_NO, text)
        return bool(flag)

    def _cancelled(self, row: Row, won: Decimal, won_on: date | None) -> Cancelled:
        """What was called off of so much."""
        text = self._text(row, Fact.CANCELLED_ON)
        cancelled = cancelled_in(text)
        if cancelled is None:
            self._complain(row, Fact.CANCELLED_ON, NoDeal.CANCELLED_UNCLEAR, text)
            return ()
        if cancelled and sum(amount for _day, amount in cancelled) > won:
            self._complain(row, Fact.CANCELLED_ON, NoDeal.CANCELLED_TOO_MUCH)
        for day, _amount in cancelled:
            if day > self.matching.today + A_ZONE or (won_on and day < won_on):
                why = NoDeal.CANCELLED_ANOTHER_DAY
                self._complain(row, Fact.CANCELLED_ON, why, str(day))
        return cancelled

    def _day(self, row: Row, fact: Fact) -> date | None:
        cell = self._cell(row, fact)
        if not self._says(row, fact):
            return None
        order = self.matching.orders.get(fact, Order.YEAR_FIRST)
        try:
            return read_day(cell, order, today=self.matching.today, bare=True)
        except NotADay as error:
            self._complain(row, fact, error.why, error.value)
            return None

    def _empty(self, row: Row, outcome: Outcome) -> frozenset[str]:
        """What could be said of the deal in a column that is there, and is not."""
        return frozenset(
            name
            for name, facts in self.may_be_empty.items()
            if not any(self._says(row, fact) for fact in facts)
            and (name != "expected_close_on" or outcome == Outcome.OPEN)
        )

    def _text(self, row: Row, fact: Fact) -> str:
        text = as_text(self._cell(row, fact))
        field = field_of(Kind.DEALS, fact)
        if field and field.longest and len(text) > field.longest:
            self._complain(row, fact, NoDeal.TOO_LONG, str(len(text)))
        return text

    def _cell(self, row: Row, fact: Fact) -> Cell:
        place = self.matching.columns.get(fact)
        return "" if place is None else row.cells[place]

    def _says(self, row: Row, fact: Fact) -> bool:
        """Whether anything is there; among amounts and days a dash is nothing."""
        cell = self._cell(row, fact)
        if fact not in OR_A_DASH or not isinstance(cell, str):
            return cell != ""
        return cell != "" and not says_nothing(cell)

    def _complain(self, row: Row, fact: Fact, why: StrEnum, value: str = "") -> None:
        column = self.matching.columns.get(fact, -1) + 1
        self.complaints.append(Complaint(row.number, column, why, value))


PLAIN = Signs(".", ",")


def _first_known(*amounts: Decimal | None) -> Decimal:
    return next(amount for amount in amounts if amount is not None)


def _first(days: Mapping[Fact, date | None], facts: Iterable[Fact]) -> date | None:
    return next((day for fact in facts if (day := days[fact])), None)

"""What was owed against what the mail server has: nothing but arithmetic."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """A nudge when all is over."""

    address: str
    state: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A letter that the mail server took, whether or not the worker heard so."""

    message_id: str
    address: str


@dataclass(frozen=True, slots=True)
class Balance:
    """How many of each. Only skipped and dead ones may go without a letter."""

    owed: int = 0
    sent: int = 0
    skipped: int = 0
    dead: int = 0
    lost: int = 0  # not sent in the end, or said to be and never arrived
    duplicated: int = 0  # letters beyond a person's first
    renamed: int = 0  # of those, letters under another Message-ID
    unasked: int = 0  # letters to nobody owed, or whose nudge says it was skipped
    doubled: int = 0  # rows beyond a person's first: the harness owes everybody one

    @classmethod
    def of(cls, rows: Iterable[Row], arrivals: Iterable[Arrival]) -> "Balance":
        names: dict[str, list[str]] = defaultdict(list)
        for arrival in arrivals:
            names[arrival.address].append(arrival.message_id)
        rows = list(rows)
        states = {row.address: row.state for row in rows}
        count = Counter(states.values())
        settled = count["sent"] + count["skipped"] + count["dead"]
        never_arrived = sum(
            state == "sent" and address not in names
            for address, state in states.items()
        )
        return cls(
            owed=len(states),
            sent=count["sent"],
            skipped=count["skipped"],
            dead=count["dead"],
            lost=len(states) - settled + never_arrived,
            duplicated=sum(len(ids) - 1 for ids in names.values()),
            renamed=sum(len(set(ids)) - 1 for ids in names.values()),
            unasked=sum(
                len(ids)
                for address, ids in names.items()
                if states.get(address, "skipped") == "skipped"
            ),
            doubled=len(rows) - len(states),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: what it came to, and how much of that we do not put up with.

    `in_flight` is how many letters were between the mail server's yes and the row's
    `sent` when a process was killed, at most: each may go out once more.
    """

    fault: str
    balance: Balance
    in_flight: int = 0
    seconds: float = 0
    note: str = ""
    complaints: list[str] = field(default_factory=list)
    must_duplicate: bool = False  # the negative control

    def wrong(self) -> list[str]:
        """Everything that breaks a promise, in words; empty when all is well."""
        balance, wrong = self.balance, list(self.complaints)
        if balance.lost:
            wrong.append(f"{balance.lost} lost")
        if self.must_duplicate:
            if not balance.duplicated:
                wrong.append("no duplicate without the claim: this would see none")
        elif balance.duplicated > self.in_flight:
            wrong.append(
                f"{balance.duplicated} duplicated, {self.in_flight} were in flight"
            )
        if balance.renamed:
            wrong.append(f"{balance.renamed} under another Message-ID")
        if balance.unasked:
            wrong.append(f"{balance.unasked} that nobody asked for")
        if balance.doubled:
            wrong.append(f"{balance.doubled} rows too many")
        return [f"{self.fault}: {what}" for what in wrong]

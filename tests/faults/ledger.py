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
    """What became of whoever was owed one: sent, skipped, dead, or else lost.

    Who that is the harness knows by itself. To ask the rows that are left would be to
    miss every one that is not.
    """

    owed: int = 0
    sent: int = 0  # the row says so, and the letter arrived
    skipped: int = 0
    dead: int = 0
    lost: int = 0  # whatever else became of them
    gone: int = 0  # of those lost, who has no row any more, or never had
    duplicated: int = 0  # letters beyond a person's first
    renamed: int = 0  # of those, letters under another Message-ID
    unasked: int = 0  # letters to nobody owed, or whose nudge says it was skipped
    doubled: int = 0  # rows beyond the one of each person owed

    @classmethod
    def of(
        cls, owed: Iterable[str], rows: Iterable[Row], arrivals: Iterable[Arrival]
    ) -> "Balance":
        """`owed` are the addresses the harness itself put in."""
        names: dict[str, list[str]] = defaultdict(list)
        for arrival in arrivals:
            names[arrival.address].append(arrival.message_id)
        owed, rows = set(owed), list(rows)
        states = {row.address: row.state for row in rows if row.address in owed}
        count = Counter(
            state
            for address, state in states.items()
            if state != "sent" or address in names
        )
        settled = count["sent"] + count["skipped"] + count["dead"]
        return cls(
            owed=len(owed),
            sent=count["sent"],
            skipped=count["skipped"],
            dead=count["dead"],
            lost=len(owed) - settled,
            gone=len(owed) - len(states),
            duplicated=sum(len(ids) - 1 for ids in names.values()),
            renamed=sum(len(set(ids)) - 1 for ids in names.values()),
            unasked=sum(
                len(ids)
                for address, ids in names.items()
                if address not in owed or states.get(address) == "skipped"
            ),
            doubled=len(rows) - len(states),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: what it came to, and how much of that we do not put up with.

    `in_flight` is how many letters were between the mail server's yes and the row's
    `sent` when a process was killed, at most: each may go out once more. `skips` and
    `gives_up` are how many the fault is to leave without a letter, neither more nor
    fewer.
    """

    fault: str
    balance: Balance
    in_flight: int = 0
    skips: int = 0
    gives_up: int = 0
    seconds: float = 0
    note: str = ""
    complaints: list[str] = field(default_factory=list)
    must_show: tuple[str, ...] = ()  # of a negative control: what it is there to show

    def wrong(self) -> list[str]:
        """Everything that breaks a promise, in words; empty when all is well."""
        balance, wrong = self.balance, list(self.complaints)
        if balance.lost:
            gone = f", {balance.gone} of them without a row" if balance.gone else ""
            wrong.append(f"{balance.lost} lost{gone}")
        without_letter = {
            "skipped": (balance.skipped, self.skips),
            "given up": (balance.dead, self.gives_up),
        }
        wrong += [
            f"{number} {what}, not {wanted}"
            for what, (number, wanted) in without_letter.items()
            if number != wanted
        ]
        too_many = {
            "duplicated": f"duplicated, {self.in_flight} were in flight",
            "renamed": "under another Message-ID",
            "unasked": "that nobody asked for",
            "doubled": "rows too many",
        }
        for what, words in too_many.items():
            number = getattr(balance, what)
            if what in self.must_show:
                if not number:
                    wrong.append(f"none {what}: then the others would see none either")
            elif number > (self.in_flight if what == "duplicated" else 0):
                wrong.append(f"{number} {words}")
        return [f"{self.fault}: {what}" for what in wrong]

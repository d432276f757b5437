"""What a run prints, a line for each row of the budget, and what it fails for."""

import sys
from dataclasses import dataclass, field

HEAD = f"{'path':<42}{'cost':>8}{'must':>8}{'aim':>7}"


@dataclass
class Table:
    """Each row is said as soon as it is known; what is wrong is kept to the end."""

    wrong: list[str] = field(default_factory=list)

    def add(self, name, cost, must, aim, *, unit, rest="", at_least=False, digits=1):
        """One row: OVER past its budget, or under one that is a lower limit."""
        missed = cost < must if at_least else cost > must
        figures = f"{cost:>6.{digits}f} {unit}{must:>6} {unit}{aim:>5} {unit}"
        over = "  OVER" if missed else ""
        self.say(f"{name:<42}{figures}  {rest}".rstrip() + over)

    def say(self, words: str = "") -> None:
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()

    def say_what_is_wrong(self) -> None:
        for line in self.wrong:
            self.say(f"WRONG: {line}")

"""What the team board goes by: one person's figures, and those of some together."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reps.domain.pacing import (
    BoardRow,
    UsualWeek,
    attention_order,
    coverage,
)
from reps.models import Team
from reps.models.team_credit import TeamCredit
from reps.models.track_record import TrackRecord

ZERO = Decimal(0)


@dataclass(slots=True)
class PersonFigures:
    """What the board goes by: one rep's quarter, week and pipeline."""

    record: TrackRecord
    expected: Decimal  # booked by now, at an even pace
    coverage_needed: Decimal
    done: int  # of the leading activity, this week
    usual: UsualWeek | None
    target: int | None  # what the signed plan asks of this week
    due: Decimal  # of the target, or of a usual week without one, by today
    away_until: date | None

    @property
    def waits(self) -> bool:
        """For the reader's own answer to a check-in."""
        return self.record.rep.waiting_since is not None

    @property
    def pace(self) -> Decimal:
        return self.record.standing.booked - self.expected

    @property
    def is_behind(self) -> bool:
        return self.record.has_quota and self.pace < 0

    @property
    def is_thin(self) -> bool:
        """Less pipeline than what is left to book needs."""
        covered = self.record.coverage
        return covered is not None and covered < self.coverage_needed

    @property
    def goal(self) -> Decimal | int:
        """What the week is measured against: the target, else what is usual."""
        return self.target or (self.usual.count if self.usual else 0)

    @property
    def is_quiet(self) -> bool:
        return self.done < self.due

    @property
    def order(self):
        """Its place on the board: who waits for an answer, then `attention_order`'s."""
        activity = self.done / self.due if self.due else None
        standing, name = self.record.standing, self.record.rep.name
        row = BoardRow(standing, self.record.coverage, activity, name)
        return (not self.waits, *attention_order(row))


@dataclass(slots=True)
class PeopleTotals:
    """What some people come to: a team, or all that somebody runs.

    Quota and booked are what their teams are credited: with the parts of whoever went
    in the quarter, and without what anybody brings from elsewhere.
    """

    people: list[PersonFigures]
    credit: TeamCredit
    team: Team | None = None

    @property
    def quota(self) -> Decimal:
        return self.credit.owed

    @property
    def booked(self) -> Decimal:
        return self.credit.booked

    @property
    def expected(self) -> Decimal:
        return self.credit.expected

    @property
    def pace(self) -> Decimal:
        return self.booked - self.expected

    @property
    def share_of_expected(self) -> Decimal | None:
        """Booked ÷ expected by now: what teams are ordered by."""
        return self.booked / self.expected if self.expected else None

    @property
    def booked_share(self) -> int:
        return share(self.booked, self.quota)

    @property
    def expected_share(self) -> int:
        return share(self.expected, self.quota)

    @property
    def deals_of_pace(self) -> Decimal | None:
        """The pace in average deals; None before anything was won."""
        won = [p.record.amounts for p in self.people]
        amount, cases = sum(s.total for s in won), sum(s.cases for s in won)
        return abs(self.pace) * cases / amount if amount else None

    @property
    def done(self) -> int:
        return sum(p.done for p in self.people)

    @property
    def goal(self) -> Decimal:
        return sum((p.goal for p in self.people), ZERO)

    @property
    def has_targets(self) -> bool:
        return any(p.target for p in self.people)

    @property
    def due(self) -> Decimal:
        return sum((p.due for p in self.people), ZERO)

    @property
    def pipeline(self) -> Decimal:
        return sum((p.record.pipeline for p in self.people), ZERO)

    @property
    def coverage(self) -> Decimal | None:
        gaps = (p.record.standing.gap for p in self.people)
        return coverage(self.pipeline, sum(gaps, ZERO))

    @property
    def behind(self) -> int:
        return sum(p.is_behind for p in self.people)


def share(part, whole) -> int:
    """Whole percent for a bar, from 0 to 100; an empty bar where there is no whole."""
    return min(max(int(100 * part / whole), 0), 100) if whole else 0

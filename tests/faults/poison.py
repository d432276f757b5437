"""Letters that can never be sent, among many that can."""

from collections.abc import Sequence

from plans.models import Nudge
from tests.faults import people
from tests.faults.kills import SMALL
from tests.faults.ledger import Finding
from tests.faults.rig import Rig

POISON = ("refused", "hanging", "huge")
SLOWER_AT_MOST = 2  # times


def poison_rows(rig: Rig) -> Finding:
    """They are given up after five tries; the others take their time and not more."""
    rig.begin()
    others = max(2 * SMALL, rig.nudges // 10)
    poison = [f"{kind}@faults.example" for kind in POISON]
    with rig.crew(patience=1) as crew:
        rig.wait_for(crew.all_ready, what="both workers")
        without = seconds_for(rig, others)
        with_it = seconds_for(rig, others, poison=poison)
        rig.settle()
        # Once more, since a machine's own pace changes within such seconds.
        slower = with_it / max(without, seconds_for(rig, others))
        rig.settle()
    given_up = [row.address for row in people.rows() if row.state == Nudge.State.DEAD]
    complaints = []
    if slower > SLOWER_AT_MOST:
        complaints.append(f"the others were {slower:.1f} x slower")
    if astray := set(given_up) - set(poison):
        complaints.append(f"given up, and no poison: {min(astray)}")
    return rig.finding(
        "poison: " + ", ".join(POISON),
        note=f"the others {slower:.2f} x slower",
        gives_up=len(poison),
        complaints=complaints,
    )


def seconds_for(rig: Rig, others: int, *, poison: Sequence[str] = ()) -> float:
    """From the first letter of a batch to its last, with these in front of it."""
    before = len(rig.sink.taken)
    rig.owe(others, to=poison)
    rig.wait_for_letters(before + others)
    return rig.sink.taken[before + others - 1].at - rig.sink.taken[before].at

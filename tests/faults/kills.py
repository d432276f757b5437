"""Workers and servers killed while letters go out, and what the claim is worth."""

import time
from collections.abc import Callable

from tests.faults.ledger import Finding
from tests.faults.rig import WORKERS, Rig
from tests.faults.workers import KILLS

IN_THE_MIDDLE = (0.03, 0.95)  # of the letters: when a kill may come
RESUMED_WITHIN = 60  # seconds
REDIS_GONE_FOR = 1  # seconds
SMALL = 100  # nudges are enough for the others


def workers_killed(rig: Rig) -> Finding:
    """At any moment of a letter's: each time whoever has just sent one dies."""
    rig.begin()
    rig.owe(rig.nudges)
    first, last = (int(rig.nudges * share) for share in IN_THE_MIDDLE)
    in_flight = 0
    moments = sorted(rig.chance.sample(range(first, last), rig.kills))
    with rig.crew() as crew:
        for moment in moments:
            rig.wait_for_letters(moment)
            sender = rig.sink.taken[-1].sender
            time.sleep(rig.chance.uniform(0, rig.sink.seconds_a_letter()))
            in_flight += crew.kill_sender(sender, rig.chance.choice(KILLS))
        rig.settle()
    # The mail server may have had each that was broken off, and no row says so.
    return rig.finding(f"{rig.kills} kills of workers", in_flight=in_flight)


def redis_flushed(rig: Rig) -> Finding:
    return without_redis(rig, "Redis flushed", rig.redis.flush)


def redis_killed(rig: Rig) -> Finding:
    def kill() -> None:
        rig.redis.kill()
        time.sleep(REDIS_GONE_FOR)
        rig.redis.start()

    return without_redis(rig, "Redis killed", kill)


def without_redis(rig: Rig, fault: str, strike: Callable[[], None]) -> Finding:
    """Strike in the middle of a batch; the next is owed when nothing runs any more.

    So its letters have to come by a new hurry, through the Redis that forgot all.
    """
    rig.begin()
    each = SMALL // 2
    slowest = 0.0
    rig.owe(each)
    with rig.crew():
        for number in range(rig.times):
            rig.wait_for_letters(number * each + rig.chance.randrange(2, each))
            strike()
            struck_at = time.monotonic()
            rig.settle()
            rig.owe(each)
            last = len(rig.sink.taken)
            rig.wait_for_letters(last + 1)
            slowest = max(slowest, rig.sink.taken[last].at - struck_at)
        rig.settle()
    late = slowest > RESUMED_WITHIN
    return rig.finding(
        f"{fault}, {rig.times} x",
        note=f"resumed within {slowest:.1f} s",
        complaints=[f"resumed only after {slowest:.0f} s"] if late else [],
    )


def postgres_stopped(rig: Rig) -> Finding:
    """In the middle of letters: none is lost, and those in flight may go out again."""
    rig.begin()
    rig.owe(SMALL * rig.times)
    with rig.crew():
        for number in range(rig.times):
            rig.wait_for_letters(int(SMALL * (number + rig.chance.uniform(0.1, 0.9))))
            rig.database.stop_hard()
        rig.settle()
    return rig.finding(
        f"PostgreSQL stopped hard, {rig.times} x", in_flight=rig.times * len(WORKERS)
    )


def claim_taken_out(rig: Rig) -> Finding:
    """The negative control: without the claim there must be duplicates."""
    rig.begin()
    with rig.crew(claims="out") as crew:
        rig.wait_for(crew.all_ready, what="both workers")
        rig.owe(SMALL)
        rig.settle()
    return rig.finding("control: the claim taken out", must_show=("duplicated",))

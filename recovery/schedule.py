"""Everything that runs on a clock, in one place and under review."""

from datetime import timedelta

BEAT_SCHEDULE = {
    # Every 30 seconds: note that beat and a worker are alive. A missed run is not
    # made up for.
    "heartbeat": {
        "task": "recovery.heartbeat.beat_once",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
}

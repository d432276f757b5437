"""Everything that runs on a clock, in one place and under review."""

from datetime import timedelta

BEAT_SCHEDULE = {
    # Every five minutes: make the rows of the nudges that are due within the hour. A
    # missed run is made up for by the next, which looks back two days.
    "decide-nudges": {
        "task": "plans.tasks.decide_nudges",
        "schedule": timedelta(minutes=5),
        "options": {"expires": 300},
    },
    # Every 30 seconds: send the nudges that are due. A missed run is not made up for:
    # the next sends what is due by then, but nothing that has become too late.
    "deliver-nudges": {
        "task": "plans.tasks.deliver_nudges",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
    # Every quarter of an hour: hand over what was to go on with somebody else from
    # today. A missed run is made up for by the next.
    "carry-out-handovers": {
        "task": "plans.tasks.carry_out_handovers",
        "schedule": timedelta(minutes=15),
        "options": {"expires": 900},
    },
    # Every ten minutes: write down the quarters that closed. A missed run is made up
    # for by the next; what counts is what stood there at their midnight.
    "close-quarters": {
        "task": "reps.tasks.close_quarters",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 600},
    },
    # Every 30 seconds: go on with files that wait to be read or brought in. A message
    # hurries it; this finds what a worker left that ended. A missed run is made up for.
    "work-on-imports": {
        "task": "reps.tasks.work_on_imports",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
    # Every day: delete the files of imports after 30 days. A missed run is made up for
    # by the next.
    "delete-old-files": {
        "task": "reps.tasks.delete_old_files",
        "schedule": timedelta(days=1),
        "options": {"expires": 3600},
    },
    # Every 30 seconds: note that beat and a worker are alive. A missed run is not
    # made up for.
    "heartbeat": {
        "task": "recovery.heartbeat.beat_once",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
}

"""Migrating a full database while people write: the longest that one of them waits.

A million deals, each with its moves, in the tables as they were; then `migrate` by this
code, while eight connections of the app's role write what people write all day. What
was booked, by person and quarter, must be the same to the cent afterwards.
"""

import csv
import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from threading import Event, Thread

import psycopg

from benchmarks.server import ROOT
from benchmarks.table import Table
from recovery.embedded.address import Address
from recovery.embedded.postgres import Postgres

# What was there before deals kept their facts, quotas their revisions, and so on.
BEFORE = {"reps": "0013_look_at_deals", "plans": "0003_nudge_retry_at"}
DEALS = 1_000_000
REPS = 1_000
WRITERS = 8
LONGEST_WAIT = 1_000  # milliseconds
NAME = "A full office"

# Every other deal was won or lost, some days after it was opened in the last two years.
FILL = """
SET session_replication_role = replica; -- or each row's checks take as long as the row

INSERT INTO reps_organization (id, name, currency, time_zone, working_days,
    starting_average_deal, starting_win_rate, starting_demo_rate, starting_cycle_days,
    holiday_calendar, check_in_at, check_in_day, quiet_from, quiet_to)
VALUES (1, 'A full office', 'USD', 'UTC', '{1,2,3,4,5}', 10000, 0.3, 0.5, 45, '',
    '15:00', 5, '18:30', '08:00');
INSERT INTO reps_user (id, password, is_superuser, email, name, time_zone, is_admin,
    is_hr_partner, is_active, is_staff, organization_id, wants_nudges)
VALUES (1, '!', false, 'manager@bench.example', 'Manager', '', true, false, true, false,
    1, true);
INSERT INTO reps_team (id, name, manager_id, organization_id) VALUES (1, 'Team', 1, 1);
INSERT INTO reps_rep (id, name, joined_on, organization_id, team_id)
SELECT n, 'Person ' || n, current_date - 800, 1, 1 FROM generate_series(1, REPS) AS n;
INSERT INTO reps_stage (id, name, "order", is_opportunity, weight, usual_days,
    organization_id)
SELECT n, 'Stage ' || n, n, n > 1, 0.5, 20, 1 FROM generate_series(1, 3) AS n;
INSERT INTO reps_activitykind (id, name, "order", is_leading, is_retired,
    organization_id)
VALUES (1, 'Demo', 1, true, false, 1);
INSERT INTO reps_quarter (id, name, starts_on, ends_on, organization_id)
SELECT n, 'Quarter ' || n, day, (day + interval '3 months' - interval '1 day')::date, 1
FROM generate_series(0, 9) AS n,
LATERAL (SELECT (date_trunc('quarter', current_date)
    - interval '2 years' + n * interval '3 months')::date AS day) AS first;
INSERT INTO reps_quota (amount, starts_on, ramp, organization_id, quarter_id, rep_id)
SELECT 200000, starts_on, 1, 1, quarter.id, rep.id
FROM reps_quarter AS quarter, reps_rep AS rep;
INSERT INTO reps_deal (id, account, product, amount, amount_is_estimate, outcome,
    opened_on, closed_on, source, source_key, organization_id, owner_id, stage_id)
SELECT n, 'Account ' || n % 900, 'Product', n % 400 * 100, false, outcome, opened,
    CASE WHEN outcome <> 'open' THEN opened + n % 40 END, '', '', 1, n % REPS + 1, 3
FROM generate_series(1, DEALS) AS n,
LATERAL (SELECT current_date - 41 - n % 650 AS opened,
    CASE n % 4 WHEN 0 THEN 'won' WHEN 1 THEN 'lost' ELSE 'open' END
    AS outcome) AS facts;
INSERT INTO reps_stagemove (number, kind, outcome, moved_on, recorded_at, reason,
    deal_id, from_stage_id, moved_by_id, organization_id, to_stage_id)
SELECT move.number, move.kind, move.outcome, move.on, now(), 'for the bench', deal.id,
    nullif(move.number, 1) + 1, 1, 1, 3
FROM reps_deal AS deal, LATERAL (VALUES
    (1, 'override', 'open', deal.opened_on),
    (2, 'forward', deal.outcome, deal.closed_on)) AS move (number, kind, outcome, "on")
WHERE move.on IS NOT NULL;
SELECT setval(pg_get_serial_sequence('reps_deal', 'id'), DEALS);
"""

BOOKED = """
SELECT rep.name, quarter.starts_on::text, sum(deal.amount) FROM reps_deal AS deal
JOIN reps_rep AS rep ON rep.id = deal.owner_id
JOIN reps_quarter AS quarter
    ON deal.closed_on BETWEEN quarter.starts_on AND quarter.ends_on
WHERE deal.outcome = 'won' GROUP BY rep.name, quarter.starts_on
"""

# What people write all day, in the words of before: none of it may wait for long.
WRITES = (
    "UPDATE reps_deal SET expected_close_on = current_date + 30 WHERE id = {n} * 4 + 2",
    "UPDATE reps_user SET last_login = now() WHERE id = 1",
    "INSERT INTO reps_activityentry (week, change, key, logged_at, kind_id,"
    " logged_by_id, organization_id, rep_id) SELECT date_trunc('week', now())::date, 1,"
    " gen_random_uuid(), now(), 1, 1, 1, {n} % 1000 + 1",
    "UPDATE reps_rep SET name = name WHERE id = {n} % 1000 + 1",
)


def add_migrating(table: Table, folder: Path, deals: int = DEALS) -> None:
    """One row: the longest of all waits. Wrong is a dollar that was lost or moved."""
    environment = os.environ | {"DATA_DIR": str(folder / "migrating")}
    with Postgres(folder / "migrating" / "postgres") as address:
        for app, name in BEFORE.items():
            _manage("migrate", app, name, env=environment)
        before = _filled(address, deals)
        began = time.perf_counter()
        with _people_writing(address) as waits:
            _manage("migrate", env=environment)
        took = time.perf_counter() - began
        after = _booked_by_the_app(environment)
    lost = before.items() ^ after.items()
    if lost:
        table.wrong.append(f"migrating moved what was booked: {sorted(lost)[:4]}")
    booked = (
        f"{sum(before.values()):,.0f} booked before, {sum(after.values()):,.0f} now"
    )
    meanwhile = f"{deals:,} deals in {took:.0f} s, {len(waits):,} writes meanwhile"
    longest, name = max(waits) * 1000, "Migrating: the longest wait of a write"
    budget = {"must": LONGEST_WAIT, "aim": 200, "unit": "ms", "digits": 0}
    table.add(name, longest, **budget, rest=f"{meanwhile}; {booked}")


def _manage(*command: str, env) -> str:
    ended = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
    )
    if ended.returncode:
        sys.exit(f"{command} did not work:\n{ended.stderr}")
    return ended.stdout


def _filled(address: Address, deals: int) -> dict[tuple[str, str], Decimal]:
    """Fill the tables of before; answers with what they say was booked."""
    with psycopg.connect(address.url("postgres")) as connection:
        sizes = FILL.replace("DEALS", str(deals)).replace("REPS", str(REPS))
        for statement in sizes.split(";\n"):
            connection.execute(statement)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
        rows = connection.execute(BOOKED).fetchall()
    return {(rep, quarter): booked for rep, quarter, booked in rows if booked}


@contextmanager
def _people_writing(address: Address) -> Iterator[list[float]]:
    """Writes, one after another, on each of some connections; seconds each took."""
    waits: list[float] = []
    done = Event()

    def write(writer: int) -> None:
        url = address.url("second_wind")
        with psycopg.connect(url, autocommit=True) as connection:
            number = writer
            while not done.is_set():
                statement = WRITES[number % len(WRITES)].format(n=number)
                began = time.perf_counter()
                connection.execute(statement)
                waits.append(time.perf_counter() - began)
                number += WRITERS + 1
                time.sleep(0.02)

    writers = [Thread(target=write, args=(n,)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        yield waits
    finally:
        done.set()
        for writer in writers:
            writer.join()


def _booked_by_the_app(environment) -> dict[tuple[str, str], Decimal]:
    said = _manage("attainment", "--organization", NAME, env=environment)
    rows = csv.DictReader(io.StringIO(said))
    return {
        (row["rep"], row["quarter_starts_on"]): Decimal(row["booked"])
        for row in rows
        if Decimal(row["booked"])
    }

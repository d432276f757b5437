"""What a table holds, in a few digits: how many rows, and a sum over what is in them.

A row is taken as PostgreSQL writes it as text, under settings that do not vary, and its
SHA-256 cut to 64 bits; the sum of those does not depend on the order of the rows.
"""

from psycopg import Cursor, sql

STEADY = sql.SQL("""
SET LOCAL timezone = 'UTC';
SET LOCAL datestyle = 'ISO, YMD';
SET LOCAL intervalstyle = 'postgres';
SET LOCAL extra_float_digits = 1;
SET LOCAL bytea_output = 'hex';
""")
TABLES = sql.SQL("""
SELECT relname FROM pg_catalog.pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
""")
CHECKSUM = sql.SQL("""
SELECT count(*) || ' rows, ' || coalesce(sum(
    ('x' || left(encode(sha256(convert_to((one.*)::text, 'UTF8')), 'hex'), 16))
    ::bit(64)::bigint::numeric
), 0) FROM {} AS one
""")
CHECK = sql.SQL("""
    IF ({checksum}) <> {expected} THEN
        RAISE EXCEPTION 'table % is not as it was in the backup', {table};
    END IF;""")
CHECK_ALL = sql.SQL("""
DO $check$
BEGIN
    IF (SELECT coalesce(array_agg(relname::text), '{{}}') FROM ({tables}) AS there)
        <> {expected}::text[] THEN
        RAISE EXCEPTION 'the tables are not those of the backup';
    END IF;
{checks}
END $check$;
""")


def checksums(cursor: Cursor) -> dict[str, str]:
    """Each table's, as the transaction of this cursor sees it."""
    cursor.execute(STEADY)
    tables = [name for (name,) in cursor.execute(TABLES)]
    return {table: cursor.execute(_checksum(table)).fetchone()[0] for table in tables}


def check(expected: dict[str, str]) -> sql.Composed:
    """A statement that fails, and names the table, unless everything is as expected."""
    checks = sql.Composed(
        CHECK.format(checksum=_checksum(table), expected=found, table=table)
        for table, found in expected.items()
    )
    every = CHECK_ALL.format(tables=TABLES, expected=sorted(expected), checks=checks)
    return STEADY + every


def rows_of(checksums: dict[str, str]) -> int:
    """How many rows they are of, all in all."""
    return sum(int(found.partition(" ")[0]) for found in checksums.values())


def _checksum(table: str) -> sql.Composed:
    return CHECKSUM.format(sql.Identifier("public", table))

"""Names that differ in case or spaces alone: the later ones get a number, (2) and on."""

from django.db import migrations

SPELLING = "lower(btrim(regexp_replace(normalize({}, NFKC), '\\s+', ' ', 'g')))"

# By table: the name, how long it may be, and what it is one of a kind in.
NAMED = {
    "reps_organization": ("name", 120, []),
    "reps_team": ("name", 120, ["organization_id"]),
    "reps_stage": ("name", 60, ["organization_id"]),
    "reps_activitykind": ("name", 60, ["organization_id"]),
    "reps_quarter": ("name", 40, ["organization_id"]),
    "reps_exitcriterion": ("words", 120, ["organization_id", "stage_id"]),
}

TELL_APART = """
DO $$
DECLARE
    later record;
    number integer;
    attempt text;
BEGIN
    FOR later IN
        SELECT id, {name} AS said FROM {table} AS one WHERE EXISTS (
            SELECT FROM {table} AS other
            WHERE other.id < one.id AND {same} AND {other_spelling} = {one_spelling}
        ) ORDER BY id
    LOOP
        number := 1;
        LOOP
            number := number + 1;
            attempt := ' (' || number || ')';
            attempt := left(later.said, {longest} - length(attempt)) || attempt;
            EXIT WHEN NOT EXISTS (
                SELECT FROM {table} AS other, {table} AS one
                WHERE one.id = later.id AND {same}
                AND {other_spelling} = {attempted}
            );
        END LOOP;
        UPDATE {table} SET {name} = attempt WHERE id = later.id;
    END LOOP;
END $$
"""


def tell_apart(table: str) -> str:
    name, longest, within = NAMED[table]
    return TELL_APART.format(
        table=table,
        name=name,
        longest=longest,
        same=" AND ".join(f"other.{of} = one.{of}" for of in within) or "true",
        one_spelling=SPELLING.format(f"one.{name}"),
        other_spelling=SPELLING.format(f"other.{name}"),
        attempted=SPELLING.format("attempt"),
    )


class Migration(migrations.Migration):
    dependencies = [("reps", "0010_closed_deals_from_an_index")]

    operations = [
        migrations.RunSQL(tell_apart(table), migrations.RunSQL.noop) for table in NAMED
    ]

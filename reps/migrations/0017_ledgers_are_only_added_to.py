"""Moves and taps: the app's role has no right to change or remove them.

Triggers refuse it already, to everybody. Without the right it is not even tried.
"""

from django.db import migrations

LEDGERS = ["reps_stagemove", "reps_activityentry"]

# From whoever has it but the owner: what roles.sql gives with every table.
REVOKE = """
DO $$
DECLARE
    app regrole;
BEGIN
    FOR app IN
        SELECT DISTINCT granted.grantee
        FROM pg_class, aclexplode(relacl) AS granted
        WHERE pg_class.oid = '{table}'::regclass
        AND granted.grantee NOT IN (0, relowner)
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON {table} FROM %s', app);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("reps", "0016_money_has_a_bound")]

    operations = [
        migrations.RunSQL(REVOKE.format(table=table), migrations.RunSQL.noop)
        for table in LEDGERS
    ]

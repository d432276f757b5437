"""When backups were taken: the owner's role writes it down, every other may only read.

Whatever rights the owner's tables bring by themselves (roles.sql), and to whom.
"""

from django.db import migrations, models

ONLY_READ = """
DO $$
DECLARE
    reader regrole;
BEGIN
    FOR reader IN
        SELECT DISTINCT granted.grantee
        FROM pg_class, aclexplode(relacl) AS granted
        WHERE pg_class.oid = 'recovery_backuptaken'::regclass
        AND granted.grantee NOT IN (0, relowner)
    LOOP
        EXECUTE format(
            'REVOKE INSERT, UPDATE, DELETE ON recovery_backuptaken FROM %s', reader
        );
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="BackupTaken",
            fields=[
                ("taken_at", models.DateTimeField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.RunSQL(ONLY_READ, migrations.RunSQL.noop),
    ]

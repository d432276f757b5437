"""The first revision of each quota that was there before they were written down.

By the thousand, so that nobody waits: a quota that changes meanwhile has its row
already.
"""

from django.db import migrations

BATCH = 1_000
FOUND = """
    INSERT INTO reps_quotarevision (organization_id, quota_id, number, amount, ramp,
        starts_on, holds_from, why, recorded_at)
    SELECT quota.organization_id, quota.id, 1, amount, ramp,
        nullif(quota.starts_on, quarter.starts_on), NULL, '', now()
    FROM reps_quota AS quota JOIN reps_quarter AS quarter ON quarter.id = quarter_id
    WHERE quota.id > %s AND quota.id <= %s AND revision = 1
    ON CONFLICT DO NOTHING
"""
WHOLE = """
    UPDATE reps_quota AS quota SET starts_on = NULL FROM reps_quarter AS quarter
    WHERE quota.id > %s AND quota.id <= %s
    AND quarter.id = quarter_id AND quarter.starts_on = quota.starts_on
"""


def write_down(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT min(id) - 1, max(id) FROM reps_quota")
        done, last = cursor.fetchone()
        while last is not None and done < last:
            for statement in (FOUND, WHOLE):
                cursor.execute(statement, [done, done + BATCH])
            done += BATCH


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reps", "0021_quota_revisions")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]

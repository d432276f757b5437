"""One segment for each organization, the default, and everybody who sells in it.

By the thousand, so that nobody waits.
"""

from django.db import migrations

BATCH = 1_000
DEFAULTS = """
    INSERT INTO reps_segment (organization_id, name, is_default)
    SELECT id, 'General', true FROM reps_organization
    ON CONFLICT DO NOTHING
"""
PLACED = """
    UPDATE reps_rep AS rep SET segment_id = segment.id
    FROM reps_segment AS segment
    WHERE segment.organization_id = rep.organization_id AND segment.is_default
    AND rep.segment_id IS NULL AND rep.id > %s AND rep.id <= %s
"""


def place(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(DEFAULTS)
        cursor.execute("SELECT min(id) - 1, max(id) FROM reps_rep")
        done, last = cursor.fetchone()
        while last is not None and done < last:
            cursor.execute(PLACED, [done, done + BATCH])
            done += BATCH


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reps", "0034_rep_segment")]

    operations = [migrations.RunPython(place, migrations.RunPython.noop)]

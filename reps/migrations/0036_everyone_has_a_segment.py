"""Nobody sells without a segment. Whoever was added meanwhile is placed first."""

import django.db.models.deletion
from django.db import migrations, models

# Locked first, so that nobody waits for a row here while this waits for the table. Checked
# at once: a table with checks put off to the end cannot be altered before it.
PLACE_THE_LATEST = """
    LOCK TABLE reps_rep IN ACCESS EXCLUSIVE MODE;
    SET CONSTRAINTS ALL IMMEDIATE;
    INSERT INTO reps_segment (organization_id, name, is_default)
    SELECT id, 'General', true FROM reps_organization
    ON CONFLICT DO NOTHING;
    UPDATE reps_rep AS rep SET segment_id = segment.id
    FROM reps_segment AS segment
    WHERE segment.organization_id = rep.organization_id AND segment.is_default
    AND rep.segment_id IS NULL;
    -- Django would drop and look at the foreign key again, which locks segments, too.
    ALTER TABLE reps_rep ALTER COLUMN segment_id SET NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("reps", "0035_everyone_in_the_default_segment")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(PLACE_THE_LATEST, migrations.RunSQL.noop)
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="rep",
                    name="segment",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reps",
                        to="reps.segment",
                        verbose_name="segment",
                    ),
                ),
            ],
        ),
    ]

"""A win that was a mistake is taken back: a kind of move, in a longer column."""

from django.db import migrations, models

# A longer column is no work, but PostgreSQL looks at every row for the constraints
# about it, and nobody moves a deal meanwhile. So they are put back unlooked at: 0041
# looks, and keeps nobody waiting.
LONGER = """
DO $$
DECLARE
    rule record;
    rules jsonb := (
        SELECT jsonb_object_agg(conname, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE conrelid = 'reps_stagemove'::regclass
        AND conname IN ('stagemove_says_why', 'stagemove_was_made_by_somebody')
    );
BEGIN
    FOR rule IN SELECT * FROM jsonb_each_text(rules) LOOP
        EXECUTE format('ALTER TABLE reps_stagemove DROP CONSTRAINT %I', rule.key);
    END LOOP;
    ALTER TABLE reps_stagemove ALTER COLUMN kind TYPE varchar(10);
    FOR rule IN SELECT * FROM jsonb_each_text(rules) LOOP
        EXECUTE format(
            'ALTER TABLE reps_stagemove ADD CONSTRAINT %I %s NOT VALID', rule.key,
            rule.value
        );
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("reps", "0038_quarters_close")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(LONGER, migrations.RunSQL.noop)],
            state_operations=[
                migrations.AlterField(
                    model_name="stagemove",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("opened", "Opened"),
                            ("forward", "Forward"),
                            ("back", "Back"),
                            ("override", "Moved, and said why"),
                            ("imported", "Imported"),
                            ("taken_back", "Win taken back"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
            ],
        ),
    ]

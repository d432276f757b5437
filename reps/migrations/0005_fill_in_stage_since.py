"""Since when a deal stands in its stage, from the moves it made before it was kept."""

from django.db import migrations

# A close and a reopening stay in the stage; an import's first move says no day.
FILL = """
UPDATE reps_deal AS deal SET in_stage_since = last.moved_on
FROM (
    SELECT DISTINCT ON (deal_id) deal_id, moved_on, number, kind
    FROM reps_stagemove
    WHERE from_stage_id IS DISTINCT FROM to_stage_id
    ORDER BY deal_id, number DESC
) AS last
WHERE last.deal_id = deal.id AND NOT (last.number = 1 AND last.kind = 'imported')
"""


class Migration(migrations.Migration):
    dependencies = [("reps", "0004_deal_in_stage_since")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]

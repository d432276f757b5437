"""Losses that deals came back from before they were written down, as their moves say.

Read only, but for the new rows: nobody waits. Whose the deal is today it was then: who
had it before was not kept. And a look at the moves for the constraints about their kind.
"""

from django.db import migrations

TOLD = """
    SELECT deal.organization_id, deal.id, deal.owner_id, lost.to_stage_id, lost.moved_on,
        back.recorded_at
    FROM reps_stagemove AS lost
    JOIN reps_stagemove AS back
        ON back.deal_id = lost.deal_id AND back.number = lost.number + 1
    JOIN reps_deal AS deal ON deal.id = lost.deal_id
    WHERE lost.outcome = 'lost' AND back.outcome <> 'lost'
"""
FOUND = f"""
    INSERT INTO reps_cameback
        (organization_id, deal_id, owner_id, stage_id, lost_on, recorded_at)
    {TOLD} AND NOT EXISTS (
        SELECT FROM reps_cameback AS known
        WHERE known.owner_id = deal.owner_id AND known.deal_id = deal.id
        AND known.recorded_at = back.recorded_at
    )
"""


LOOKED_AT = [
    f"ALTER TABLE reps_stagemove VALIDATE CONSTRAINT {rule}"
    for rule in ("stagemove_says_why", "stagemove_was_made_by_somebody")
]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reps", "0040_losses_stay")]

    operations = [
        migrations.RunSQL(FOUND, migrations.RunSQL.noop),
        *(migrations.RunSQL(words, migrations.RunSQL.noop) for words in LOOKED_AT),
    ]

"""A deal's day of cancellation becomes a row of its own, for the whole of its amount."""

from django.db import migrations

FORWARD = """
INSERT INTO reps_cancellation
    (organization_id, deal_id, cancelled_on, amount, words, recorded_at)
SELECT organization_id, id, cancelled_on, amount, 'As found: nobody wrote down why.', now()
FROM reps_deal WHERE cancelled_on IS NOT NULL AND amount > 0;

SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("reps", "0018_cancellations")]

    operations = [
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        migrations.RemoveConstraint("deal", "deal_cancelled_after_it_was_won"),
        migrations.RemoveIndex("deal", "deal_cancelled"),
        migrations.RemoveField("deal", "cancelled_on"),
    ]

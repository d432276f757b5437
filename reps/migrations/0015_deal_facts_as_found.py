"""The first row of each deal that was there before its facts were written down.

Of the time before nothing is claimed. By the thousand, so that nobody waits: a deal that
changes meanwhile has its row already.
"""

from django.db import migrations

BATCH = 5_000
FOUND = """
    INSERT INTO reps_dealfacts (organization_id, deal_id, number, kind, owner_id, account,
        product, amount, amount_is_estimate, opened_on, expected_close_on, closed_on, why,
        recorded_at)
    SELECT organization_id, id, 1, 'found', owner_id, account, product, amount,
        amount_is_estimate, opened_on, expected_close_on, closed_on, '', now()
    FROM reps_deal AS deal
    WHERE id > %s AND id <= %s AND NOT EXISTS (
        SELECT FROM reps_dealfacts AS facts
        WHERE facts.organization_id = deal.organization_id AND facts.deal_id = deal.id
    )
    ON CONFLICT DO NOTHING
"""


def write_down(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT min(id) - 1, max(id) FROM reps_deal")
        done, last = cursor.fetchone()
        while last is not None and done < last:
            cursor.execute(FOUND, [done, done + BATCH])
            done += BATCH


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reps", "0014_deal_facts")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]

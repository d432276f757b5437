"""What is left to bring in is listed until the list is closed.

Organizations with deals have begun: theirs is closed, and Set-up opens it again.
"""

from django.db import migrations, models

CLOSE = """
UPDATE reps_organization SET checklist_closed_at = now()
WHERE EXISTS (
    SELECT FROM reps_deal WHERE reps_deal.organization_id = reps_organization.id
)
"""


class Migration(migrations.Migration):
    dependencies = [("reps", "0043_file_imports")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="checklist_closed_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                null=True,
                verbose_name="first checklist closed at",
            ),
        ),
        migrations.RunSQL(CLOSE, migrations.RunSQL.noop),
    ]

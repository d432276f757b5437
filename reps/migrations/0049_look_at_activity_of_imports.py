"""Activity that an import brought is found by it, and is of its organization.

Looked at without a lock that anybody waits for.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

LOOK = """
ALTER TABLE reps_activityentry VALIDATE CONSTRAINT activityentry_same_organization_import
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reps", "0048_products")]

    operations = [
        AddIndexConcurrently(
            "activityentry",
            models.Index(
                fields=["file_import"],
                condition=models.Q(file_import__isnull=False),
                name="activityentry_of_an_import",
            ),
        ),
        migrations.RunSQL(LOOK, migrations.RunSQL.noop),
    ]

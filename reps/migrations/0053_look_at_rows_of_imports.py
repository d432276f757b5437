"""What an import brought is found by it, and is of its organization.

And the losses of a deal by it: whenever one is deleted, its keys are looked for.
Looked at without a lock that anybody waits for.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

TABLES = ("stagemove", "dealfacts", "quotarevision")
LOOK = "ALTER TABLE reps_{table} VALIDATE CONSTRAINT {table}_same_organization_import"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reps", "0052_quotas_of_an_import")]

    operations = [
        *(
            AddIndexConcurrently(
                table,
                models.Index(
                    fields=["file_import"],
                    condition=models.Q(file_import__isnull=False),
                    name=f"{table}_of_an_import",
                ),
            )
            for table in TABLES
        ),
        AddIndexConcurrently(
            "cameback", models.Index(fields=["deal"], name="cameback_of_a_deal")
        ),
        *(
            migrations.RunSQL(LOOK.format(table=table), migrations.RunSQL.noop)
            for table in TABLES
        ),
    ]

"""All rows keep to their organization: seen without a lock that anybody waits for."""

from django.db import migrations

LOOK = "ALTER TABLE reps_{table} VALIDATE CONSTRAINT {table}_same_organization_for"


class Migration(migrations.Migration):
    dependencies = [("reps", "0030_criteria_for_somebody")]

    operations = [
        migrations.RunSQL(LOOK.format(table=table), migrations.RunSQL.noop)
        for table in ("stagemove", "dealfacts", "activityentry")
    ]

"""All moves keep to their organization: seen without a lock that anybody waits for."""

from django.db import migrations

LOOK = "ALTER TABLE reps_stagemove VALIDATE CONSTRAINT stagemove_same_organization_for"


class Migration(migrations.Migration):
    dependencies = [("reps", "0180_stand_ins")]

    operations = [migrations.RunSQL(LOOK, migrations.RunSQL.noop)]

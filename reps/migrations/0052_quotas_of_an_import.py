"""Which file brought a quota."""

import django.db.models.deletion
from django.db import migrations, models

from reps.models.same_organization import SameOrganization

# Looked at in a migration of its own, while people work: for new rows it holds from here.
NOT_YET_LOOKED_AT = """
ALTER TABLE reps_quotarevision ADD CONSTRAINT quotarevision_same_organization_import
FOREIGN KEY (organization_id, file_import_id)
REFERENCES reps_fileimport (organization_id, id) NOT VALID
"""
FORGET = "ALTER TABLE reps_quotarevision DROP CONSTRAINT quotarevision_same_organization_import"

# The triggers that write down a quota's revisions know nothing of imports: which one it is, is told to
# the database in the same breath as who and why.
TOLD = """
ALTER TABLE reps_quotarevision ALTER file_import_id SET DEFAULT
    nullif(current_setting('second_wind.file_import', true), '')::bigint
"""


class Migration(migrations.Migration):
    dependencies = [("reps", "0051_facts_of_an_import")]

    operations = [
        migrations.AddField(
            model_name="quotarevision",
            name="file_import",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reps.fileimport",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddConstraint(
                    model_name="quotarevision",
                    constraint=SameOrganization(
                        field="file_import",
                        name="quotarevision_same_organization_import",
                    ),
                )
            ],
            database_operations=[migrations.RunSQL(NOT_YET_LOOKED_AT, FORGET)],
        ),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
    ]

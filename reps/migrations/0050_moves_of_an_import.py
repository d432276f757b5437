"""Which file brought a move."""

import django.db.models.deletion
from django.db import migrations, models

from reps.models.same_organization import SameOrganization

# Looked at in a migration of its own, while people work: for new rows it holds from here.
NOT_YET_LOOKED_AT = """
ALTER TABLE reps_stagemove ADD CONSTRAINT stagemove_same_organization_import
FOREIGN KEY (organization_id, file_import_id)
REFERENCES reps_fileimport (organization_id, id) NOT VALID
"""
FORGET = "ALTER TABLE reps_stagemove DROP CONSTRAINT stagemove_same_organization_import"


class Migration(migrations.Migration):
    dependencies = [("reps", "0049_look_at_activity_of_imports")]

    operations = [
        migrations.AddField(
            model_name="stagemove",
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
                    model_name="stagemove",
                    constraint=SameOrganization(
                        field="file_import", name="stagemove_same_organization_import"
                    ),
                )
            ],
            database_operations=[migrations.RunSQL(NOT_YET_LOOKED_AT, FORGET)],
        ),
    ]

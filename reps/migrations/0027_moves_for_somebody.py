"""In whose place a deal was moved."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from reps.models.same_organization import SameOrganization

# Looked at in a migration of its own, while people work: for new rows it holds from here.
NOT_YET_LOOKED_AT = """
ALTER TABLE reps_stagemove ADD CONSTRAINT stagemove_same_organization_for
FOREIGN KEY (organization_id, stood_in_for_id)
REFERENCES reps_user (organization_id, id) NOT VALID
"""
FORGET = "ALTER TABLE reps_stagemove DROP CONSTRAINT stagemove_same_organization_for"


class Migration(migrations.Migration):
    dependencies = [("reps", "0026_stand_ins")]

    operations = [
        migrations.AddField(
            model_name="stagemove",
            name="stood_in_for",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddConstraint(
                    model_name="stagemove",
                    constraint=SameOrganization(
                        field="stood_in_for", name="stagemove_same_organization_for"
                    ),
                )
            ],
            database_operations=[migrations.RunSQL(NOT_YET_LOOKED_AT, FORGET)],
        ),
    ]

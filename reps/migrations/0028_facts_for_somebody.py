"""In whose place a deal was put right."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from reps.models.same_organization import SameOrganization

# Looked at in a migration of its own, while people work: for new rows it holds from here.
NOT_YET_LOOKED_AT = """
ALTER TABLE reps_dealfacts ADD CONSTRAINT dealfacts_same_organization_for
FOREIGN KEY (organization_id, stood_in_for_id)
REFERENCES reps_user (organization_id, id) NOT VALID
"""
FORGET = "ALTER TABLE reps_dealfacts DROP CONSTRAINT dealfacts_same_organization_for"

# The triggers that write down a deal's facts know nothing of stand-ins: it is told to
# the database in the same breath as who and why.
TOLD = """
ALTER TABLE reps_dealfacts ALTER stood_in_for_id SET DEFAULT
    nullif(nullif(current_setting('second_wind.stood_in_for', true), ''), '0')::bigint
"""


class Migration(migrations.Migration):
    dependencies = [("reps", "0027_moves_for_somebody")]

    operations = [
        migrations.AddField(
            model_name="dealfacts",
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
                    model_name="dealfacts",
                    constraint=SameOrganization(
                        field="stood_in_for", name="dealfacts_same_organization_for"
                    ),
                )
            ],
            database_operations=[migrations.RunSQL(NOT_YET_LOOKED_AT, FORGET)],
        ),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
    ]

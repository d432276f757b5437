"""Whom each rep sells to; empty until the next migration has filled it.

One table in one migration, so that no two are held at once.
"""

import django.db.models.deletion
from django.db import migrations, models

import reps.models.same_organization


class Migration(migrations.Migration):
    dependencies = [("reps", "0033_segments")]

    operations = [
        migrations.AddField(
            model_name="rep",
            name="segment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reps",
                to="reps.segment",
                verbose_name="segment",
            ),
        ),
        migrations.AddConstraint(
            model_name="rep",
            constraint=reps.models.same_organization.SameOrganization(
                field="segment", name="rep_same_organization_segment"
            ),
        ),
    ]

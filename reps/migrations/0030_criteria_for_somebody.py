"""In whose place a criterion was met."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from reps.models.same_organization import SameOrganization


class Migration(migrations.Migration):
    dependencies = [("reps", "0029_taps_for_somebody")]

    operations = [
        migrations.AddField(
            model_name="metcriterion",
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
        migrations.AddConstraint(
            model_name="metcriterion",
            constraint=SameOrganization(
                field="stood_in_for", name="metcriterion_same_organization_for"
            ),
        ),
    ]

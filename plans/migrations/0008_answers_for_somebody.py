"""In whose place somebody answered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reps.models.same_organization


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0007_handovers"),
        ("reps", "0031_look_at_stand_ins"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="answer",
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
            model_name="answer",
            constraint=reps.models.same_organization.SameOrganization(
                field="stood_in_for", name="answer_same_organization_for"
            ),
        ),
    ]

"""In whose place somebody signed; and nobody signs both sides."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reps.models.same_organization


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0008_answers_for_somebody"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="signature",
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
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("organization", "proposal", "signer"),
                name="signature_nobody_signs_both_sides",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stood_in_for__isnull", True), ("side", "manager"), _connector="OR"
                ),
                name="signature_stands_in_for_a_manager",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=reps.models.same_organization.SameOrganization(
                field="stood_in_for", name="signature_same_organization_for"
            ),
        ),
    ]

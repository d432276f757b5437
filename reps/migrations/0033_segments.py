"""The segments of each organization, none as yet."""

import django.db.models.deletion
from django.db import migrations, models

import reps.models.one_spelling


class Migration(migrations.Migration):
    dependencies = [("reps", "0032_organization_settings")]

    operations = [
        migrations.CreateModel(
            name="Segment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Such as Enterprise, or Small business.",
                        max_length=60,
                        verbose_name="name",
                    ),
                ),
                (
                    "is_default",
                    models.BooleanField(
                        default=False, verbose_name="of whoever is added"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="segments",
                        to="reps.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "segment",
                "verbose_name_plural": "segments",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="segment_in_organization"
                    ),
                    models.UniqueConstraint(
                        models.F("organization"),
                        reps.models.one_spelling.OneSpelling("name"),
                        name="segment_one_of_each_name",
                        violation_error_message="There is a segment of this name already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("organization",),
                        name="segment_one_is_the_default",
                    ),
                ],
            },
        ),
    ]

"""How long a check-in waits, when a quarter closes, whether there are several segments."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reps", "0031_look_at_stand_ins")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="answer_within_days",
            field=models.PositiveSmallIntegerField(
                default=2,
                help_text="After that whoever runs the team above sees that it waits.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(10),
                ],
                verbose_name="working days a check-in may wait",
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="days_to_put_right",
            field=models.PositiveSmallIntegerField(
                default=10,
                help_text="Until then its deals and quotas are put right as ever. After it a manager or an admin does, says why, and the page shows both.",
                validators=[django.core.validators.MaxValueValidator(90)],
                verbose_name="a quarter closes so many days after its end",
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="has_segments",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="has several segments"
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer_within_days__gte", 1), ("answer_within_days__lte", 10)
                ),
                name="organization_answers_within_1_to_10_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(("days_to_put_right__lte", 90)),
                name="organization_closes_a_quarter_in_90_days",
            ),
        ),
    ]

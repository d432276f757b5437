"""Whether an organization has several segments: it has none yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reps", "0023_fiscal_year_and_currency")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="has_segments",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="has several segments"
            ),
        ),
    ]

"""Whether an organization has several segments: it has none yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reps", "0027_look_at_stand_ins")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="has_segments",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="has several segments"
            ),
        ),
    ]

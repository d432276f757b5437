"""Since when a quarter is here.

One that is here already is as good as made now: it closes no earlier than the days
from today.
"""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reps", "0036_everyone_has_a_segment")]

    operations = [
        migrations.AddField(
            model_name="quarter",
            name="made_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                editable=False,
                help_text="Of those from before it was kept: when that began.",
                verbose_name="made at",
            ),
        ),
    ]

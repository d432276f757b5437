"""Where a file's deal came from, and why it was lost, as the file says."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reps", "0044_checklist_closed_at")]

    operations = [
        migrations.AddField(
            model_name="deal",
            name="lead_source",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=120,
                verbose_name="lead source",
            ),
        ),
        migrations.AddField(
            model_name="deal",
            name="lost_reason",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="As a file says; whoever loses it here says so with the move.",
                verbose_name="reason it was lost",
            ),
        ),
    ]

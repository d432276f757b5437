from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reps", "0056_take_back_cancellations")]

    operations = [
        migrations.AddField(
            model_name="deal",
            name="next_step",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=120,
                verbose_name="next step",
            ),
        ),
        migrations.AddField(
            model_name="deal",
            name="next_step_on",
            field=models.DateField(blank=True, null=True, verbose_name="its day"),
        ),
        # Looked at in a migration of its own: it reads every deal, and holds up nobody.
        AddConstraintNotValid(
            model_name="deal",
            constraint=models.CheckConstraint(
                condition=Q(next_step="", next_step_on__isnull=True)
                | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                name="deal_next_step_has_its_day",
            ),
        ),
    ]

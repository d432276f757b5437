from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reps", "0057_deal_next_step")]

    operations = [
        ValidateConstraint(model_name="deal", name="deal_next_step_has_its_day")
    ]

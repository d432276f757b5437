"""An index for what people have won and lost, made while the app goes on writing."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("reps", "0007_deal_key")]

    operations = [
        AddIndexConcurrently(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("outcome", "open"), _negated=True),
                fields=["owner", "closed_on"],
                name="deal_closed",
            ),
        ),
    ]

"""What history asks of closed deals, read from indexes alone; made while people write."""

from django.contrib.postgres.operations import (
    AddIndexConcurrently,
    RemoveIndexConcurrently,
)
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("reps", "0009_became_opportunity_on")]

    operations = [
        AddIndexConcurrently(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("outcome", "open"), _negated=True),
                fields=["owner", "closed_on"],
                include=("outcome", "stage", "amount", "opened_on"),
                name="deal_closed_by_owner",
            ),
        ),
        AddIndexConcurrently(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("cancelled_on__isnull", False)),
                fields=["owner", "cancelled_on"],
                name="deal_cancelled",
            ),
        ),
        RemoveIndexConcurrently(model_name="deal", name="deal_closed"),
        AddIndexConcurrently(
            model_name="deal",
            index=models.Index(
                fields=["owner", "became_opportunity_on"],
                name="deal_became_opportunity",
            ),
        ),
    ]

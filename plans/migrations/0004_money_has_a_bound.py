"""No amount is above 10¹² of the currency's whole unit.

Triggers, since a constraint would also refuse whatever else changes about a row that has
a larger amount from before: that one stays until somebody puts it right.
"""

from django.db import migrations

COLUMNS = [
    ("plans_plan", "goal_low"),
    ("plans_plan", "goal_high"),
    ("plans_plan", "average_deal"),
]


def bound(table: str, column: str) -> str:
    return f"""
CREATE TRIGGER {column}_has_a_bound BEFORE INSERT ON {table}
FOR EACH ROW WHEN (NEW.{column} > 1e12) EXECUTE FUNCTION reps_too_much_money();
CREATE TRIGGER {column}_keeps_its_bound BEFORE UPDATE OF {column} ON {table}
FOR EACH ROW WHEN (NEW.{column} > 1e12 AND NEW.{column} IS DISTINCT FROM OLD.{column})
EXECUTE FUNCTION reps_too_much_money();
"""


def unbound(table: str, column: str) -> str:
    return f"""
DROP TRIGGER {column}_has_a_bound ON {table};
DROP TRIGGER {column}_keeps_its_bound ON {table};
"""


FORWARD = "".join(bound(*column) for column in COLUMNS)
BACK = "".join(unbound(*column) for column in COLUMNS)


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0003_nudge_retry_at"),
        ("reps", "0016_money_has_a_bound"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]

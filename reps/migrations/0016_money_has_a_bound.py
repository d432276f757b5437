"""No amount is above 10¹² of the currency's whole unit.

Triggers, since a constraint would also refuse whatever else changes about a row that has
a larger amount from before: that one stays until somebody puts it right.
"""

from django.db import migrations

COLUMNS = [
    ("reps_deal", "amount"),
    ("reps_quota", "amount"),
    ("reps_organization", "starting_average_deal"),
]

FUNCTION = """
CREATE FUNCTION reps_too_much_money() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an amount of % is above 10^12', TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END $$;
"""


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


FORWARD = FUNCTION + "".join(bound(*column) for column in COLUMNS)
BACK = "".join(unbound(*column) for column in COLUMNS)
BACK += "DROP FUNCTION reps_too_much_money();"


class Migration(migrations.Migration):
    dependencies = [("reps", "0015_deal_facts_as_found")]

    operations = [migrations.RunSQL(FORWARD, BACK)]

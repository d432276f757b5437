"""A plan's goal is an amount too: once one is kept the currency stays.

As the migration `fiscal_year_and_currency` of reps does for deals and quotas.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION plans_currency_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM plans_plan WHERE organization_id = NEW.id
        AND coalesce(goal_low, goal_high, average_deal) IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'goals are kept in %', OLD.currency
        USING ERRCODE = 'check_violation', TABLE = 'reps_organization',
              CONSTRAINT = 'organization_keeps_its_currency';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER organization_keeps_its_goals_currency
BEFORE UPDATE OF currency ON reps_organization
FOR EACH ROW WHEN (NEW.currency IS DISTINCT FROM OLD.currency)
EXECUTE FUNCTION plans_currency_stays();
"""

BACK = """
DROP TRIGGER organization_keeps_its_goals_currency ON reps_organization;
DROP FUNCTION plans_currency_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0005_signed_words_stay"),
        ("reps", "0024_fiscal_year_and_currency"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]

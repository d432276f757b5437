"""An organization's fiscal year begins in a month of its choice, and its currency stays.

Nothing is converted: once a deal or a quota is kept, other letters would make another
amount of it. That a plan's goal counts too is the migration `currency_stays_with_goals`
of plans.
"""

import django.core.validators
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION reps_currency_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM reps_organization WHERE id = NEW.id FOR UPDATE;  -- no amount meanwhile
    IF EXISTS (SELECT FROM reps_deal WHERE organization_id = NEW.id)
        OR EXISTS (SELECT FROM reps_quota WHERE organization_id = NEW.id)
    THEN
        RAISE EXCEPTION 'amounts are kept in %', OLD.currency
        USING ERRCODE = 'check_violation', TABLE = 'reps_organization',
              CONSTRAINT = 'organization_keeps_its_currency';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER organization_keeps_its_currency
BEFORE UPDATE OF currency ON reps_organization
FOR EACH ROW WHEN (NEW.currency IS DISTINCT FROM OLD.currency)
EXECUTE FUNCTION reps_currency_stays();
"""

BACK = """
DROP TRIGGER organization_keeps_its_currency ON reps_organization;
DROP FUNCTION reps_currency_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("reps", "0023_quarter_days")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="first_month",
            field=models.PositiveSmallIntegerField(
                db_default=1,
                default=1,
                help_text="1 is January. Quarters are proposed by it.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(12),
                ],
                verbose_name="fiscal year begins in",
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_month__gte", 1), ("first_month__lte", 12)),
                name="organization_year_begins_in_a_month",
            ),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]

"""A ledger of each quarter's days, written by the database itself.

Whoever adds a quarter or changes its days, and by whatever way, adds a row. Once it has
begun, where the organization is, its days do not change without a reason.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reps.models.same_organization

COLUMNS = """organization_id, quarter_id, number, starts_on, ends_on,
    changed_by_id, why, recorded_at"""

FORWARD = f"""
INSERT INTO reps_quarterdays ({COLUMNS})
SELECT organization_id, id, 1, starts_on, ends_on, NULL, '', now() FROM reps_quarter;

CREATE FUNCTION reps_write_down_days() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    said record;
    today date;
BEGIN
    SELECT * INTO said FROM reps_who_and_why();
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.starts_on, OLD.ends_on) = (NEW.starts_on, NEW.ends_on) THEN
            RETURN NULL;
        END IF;
        SELECT (said.at AT TIME ZONE time_zone)::date INTO today
        FROM reps_organization WHERE id = NEW.organization_id;
        IF least(OLD.starts_on, NEW.starts_on) <= today AND said.why = '' THEN
            RAISE EXCEPTION 'quarter % has begun: say why', OLD.id
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'quarter_says_why', TABLE = 'reps_quarter';
        END IF;
    END IF;
    INSERT INTO reps_quarterdays ({COLUMNS})
    SELECT NEW.organization_id, NEW.id, (
            SELECT coalesce(max(number), 0) + 1 FROM reps_quarterdays
            WHERE organization_id = NEW.organization_id AND quarter_id = NEW.id
        ), NEW.starts_on, NEW.ends_on, (
            SELECT id FROM reps_user WHERE id = said.changed_by
            AND organization_id = NEW.organization_id
        ), said.why, said.at;
    RETURN NULL;
END $$;

CREATE TRIGGER quarter_is_written_down AFTER INSERT OR UPDATE ON reps_quarter
FOR EACH ROW EXECUTE FUNCTION reps_write_down_days();

CREATE TRIGGER quarterdays_are_a_ledger
BEFORE UPDATE OR DELETE ON reps_quarterdays
FOR EACH ROW EXECUTE FUNCTION reps_added_to_never_edited();

DO $$
DECLARE
    reader regrole;
BEGIN
    FOR reader IN
        SELECT DISTINCT granted.grantee
        FROM pg_class, aclexplode(relacl) AS granted
        WHERE pg_class.oid = 'reps_quarterdays'::regclass
        AND granted.grantee NOT IN (0, relowner)
    LOOP
        EXECUTE format(
            'REVOKE INSERT, UPDATE, DELETE ON reps_quarterdays FROM %s', reader
        );
    END LOOP;
END $$;
"""

BACK = """
DROP TRIGGER quarterdays_are_a_ledger ON reps_quarterdays;
DROP TRIGGER quarter_is_written_down ON reps_quarter;
DROP FUNCTION reps_write_down_days();
"""


class Migration(migrations.Migration):
    dependencies = [("reps", "0022_quota_revisions_as_found")]

    operations = [
        migrations.CreateModel(
            name="QuarterDays",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="1 is the first.")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("why", models.TextField(blank=True, verbose_name="why")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "changed_by",
                    models.ForeignKey(
                        help_text="Empty: an import, or there before this was kept.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reps.organization",
                    ),
                ),
                (
                    "quarter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="reps.quarter",
                    ),
                ),
            ],
            options={
                "verbose_name": "days of a quarter",
                "verbose_name_plural": "days of quarters",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "quarter", "number"),
                        name="quarterdays_one_after_the_other",
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="quarter", name="quarterdays_same_organization_quarter"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="changed_by", name="quarterdays_same_organization_by"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]

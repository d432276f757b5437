"""A ledger of what each quota was set to, written by the database itself.

A quota is what its last revision made it, and the triggers see to it: whoever sets or
changes one, and by whatever way, adds a row. Who and why come from settings of the
transaction (`reps.models.who_and_why`). Once its quarter has begun, where the
organization is, a quota does not change without a reason.

A quota of the whole quarter starts on no day of its own from now on, so that it goes
along when the quarter's first day moves.

A quota from before has no first row until the next migration has written it, or until
it changes: then what it was is written first.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reps.models.same_organization

FACTS = ("amount", "ramp", "starts_on", "holds_from")
COLUMNS = f"""organization_id, quota_id, number, {", ".join(FACTS)},
    changed_by_id, why, recorded_at"""


def facts(of: str) -> str:
    return ", ".join(f"{of}.{name}" for name in FACTS)


FORWARD = f"""
CREATE FUNCTION reps_quota_is_revised() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    begins date;
    today date;
    reason text;
BEGIN
    SELECT quarter.starts_on, (said.at AT TIME ZONE organization.time_zone)::date, said.why
    INTO begins, today, reason
    FROM reps_who_and_why() AS said, reps_quarter AS quarter
    JOIN reps_organization AS organization ON organization.id = quarter.organization_id
    WHERE quarter.id = NEW.quarter_id;

    NEW.starts_on := nullif(NEW.starts_on, begins);
    OLD.starts_on := nullif(OLD.starts_on, begins);  -- as it may be from before
    IF NEW.holds_from <= begins THEN
        NEW.holds_from := NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        NEW.revision := 1;
        RETURN NEW;
    END IF;
    IF (OLD.organization_id, OLD.rep_id, OLD.quarter_id) IS DISTINCT FROM
        (NEW.organization_id, NEW.rep_id, NEW.quarter_id)
    THEN
        RAISE EXCEPTION 'quota % stays its rep''s, in its quarter', OLD.id
        USING ERRCODE = 'restrict_violation', TABLE = 'reps_quota';
    END IF;
    NEW.revision := OLD.revision;
    IF ({facts("OLD")}) IS DISTINCT FROM ({facts("NEW")}) THEN
        NEW.revision := OLD.revision + 1;
        IF begins <= today AND reason = '' THEN
            RAISE EXCEPTION 'the quarter of quota % has begun: say why', OLD.id
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'quota_says_why', TABLE = 'reps_quota';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION reps_write_down_revision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.revision = OLD.revision THEN
            RETURN NULL;
        END IF;
        INSERT INTO reps_quotarevision ({COLUMNS})
        SELECT OLD.organization_id, OLD.id, 1, OLD.amount, OLD.ramp,
            nullif(OLD.starts_on, quarter.starts_on), NULL, NULL, '', said.at
        FROM reps_who_and_why() AS said, reps_quarter AS quarter
        WHERE quarter.id = OLD.quarter_id AND OLD.revision = 1
        ON CONFLICT DO NOTHING;
    END IF;
    INSERT INTO reps_quotarevision ({COLUMNS})
    SELECT NEW.organization_id, NEW.id, NEW.revision, {facts("NEW")},
        person.id, said.why, said.at
    FROM reps_who_and_why() AS said LEFT JOIN reps_user AS person
        ON person.id = said.changed_by AND person.organization_id = NEW.organization_id;
    RETURN NULL;
END $$;

CREATE TRIGGER quota_is_revised BEFORE INSERT OR UPDATE ON reps_quota
FOR EACH ROW EXECUTE FUNCTION reps_quota_is_revised();

CREATE TRIGGER quota_is_written_down AFTER INSERT OR UPDATE ON reps_quota
FOR EACH ROW EXECUTE FUNCTION reps_write_down_revision();

CREATE TRIGGER quotarevision_is_a_ledger
BEFORE UPDATE OR DELETE ON reps_quotarevision
FOR EACH ROW EXECUTE FUNCTION reps_added_to_never_edited();

DO $$
DECLARE
    reader regrole;
BEGIN
    FOR reader IN
        SELECT DISTINCT granted.grantee
        FROM pg_class, aclexplode(relacl) AS granted
        WHERE pg_class.oid = 'reps_quotarevision'::regclass
        AND granted.grantee NOT IN (0, relowner)
    LOOP
        EXECUTE format(
            'REVOKE INSERT, UPDATE, DELETE ON reps_quotarevision FROM %s', reader
        );
    END LOOP;
END $$;
"""

BACK = """
DROP TRIGGER quotarevision_is_a_ledger ON reps_quotarevision;
DROP TRIGGER quota_is_written_down ON reps_quota;
DROP TRIGGER quota_is_revised ON reps_quota;
DROP FUNCTION reps_write_down_revision();
DROP FUNCTION reps_quota_is_revised();
UPDATE reps_quota AS quota SET starts_on = quarter.starts_on FROM reps_quarter AS quarter
WHERE quarter.id = quota.quarter_id AND quota.starts_on IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reps", "0020_memberships"),
    ]

    operations = [
        migrations.AddField(
            model_name="quota",
            name="holds_from",
            field=models.DateField(
                blank=True,
                help_text=(
                    "Empty: the quarter's first day. What held before stands earlier."
                ),
                null=True,
                verbose_name="holds from",
            ),
        ),
        migrations.AddField(
            model_name="quota",
            name="revision",
            field=models.PositiveIntegerField(
                db_default=1,
                default=1,
                editable=False,
                help_text="The number of the last: the database counts them.",
            ),
        ),
        migrations.AlterField(
            model_name="quota",
            name="starts_on",
            field=models.DateField(
                blank=True,
                help_text=(
                    "Empty: the quarter's first day. Later if they joined after it."
                ),
                null=True,
                verbose_name="starts on",
            ),
        ),
        migrations.CreateModel(
            name="QuotaRevision",
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
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="0: nothing owed.",
                        max_digits=15,
                        verbose_name="quota",
                    ),
                ),
                (
                    "ramp",
                    models.DecimalField(
                        decimal_places=4, max_digits=5, verbose_name="ramp"
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(
                        help_text="Empty: the quarter's first day.",
                        null=True,
                        verbose_name="starts on",
                    ),
                ),
                (
                    "holds_from",
                    models.DateField(
                        help_text="Empty: the quarter's first day.",
                        null=True,
                        verbose_name="holds from",
                    ),
                ),
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
                    "quota",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="reps.quota",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision of a quota",
                "verbose_name_plural": "revisions of quotas",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "quota", "number"),
                        name="quotarevision_one_after_the_other",
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="quota", name="quotarevision_same_organization_quota"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="changed_by", name="quotarevision_same_organization_by"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]

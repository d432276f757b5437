"""A ledger of what is known about each deal, written by the database itself.

Whoever opens or changes a deal, and by whatever way: the triggers see every statement.
Who and why come from settings of the transaction (`reps.models.who_and_why`). On a
closed deal nothing changes without a reason.

A deal from before has no first row until the next migration has written it, or until it
changes: then what it was is written first, as found.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reps.models.same_organization

NAMES = (
    *("owner_id", "account", "product", "amount", "amount_is_estimate"),
    *("opened_on", "expected_close_on", "closed_on"),
)
COLUMNS = f"""organization_id, deal_id, number, kind, {", ".join(NAMES)},
    changed_by_id, why, recorded_at"""


def facts(of: str) -> str:
    return ", ".join(f"{of}.{name}" for name in NAMES)


FORWARD = f"""
CREATE FUNCTION reps_who_and_why(OUT changed_by bigint, OUT why text, OUT at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('second_wind.changed_by', true), '')::bigint,
        coalesce(current_setting('second_wind.why', true), ''),
        coalesce(
            nullif(current_setting('second_wind.changed_at', true), '')::timestamptz,
            statement_timestamp()
        )
$$;

CREATE FUNCTION reps_write_down_opened() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO reps_dealfacts ({COLUMNS})
    SELECT deal.organization_id, deal.id, 1, 'opened', {facts("deal")},
        person.id, said.why, said.at
    FROM added AS deal CROSS JOIN reps_who_and_why() AS said LEFT JOIN reps_user AS person
        ON person.id = said.changed_by AND person.organization_id = deal.organization_id;
    RETURN NULL;
END $$;

CREATE FUNCTION reps_write_down_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    said record;
    closed bigint;
BEGIN
    SELECT * INTO said FROM reps_who_and_why();
    SELECT min(was.id) INTO closed FROM was JOIN is_now USING (id)
    WHERE was.closed_on IS NOT NULL AND said.why = ''
    AND ({facts("was")}) IS DISTINCT FROM ({facts("is_now")});
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'deal % is closed, and changes with a reason only', closed
        USING ERRCODE = 'check_violation',
              CONSTRAINT = 'deal_closed_says_why', TABLE = 'reps_deal';
    END IF;

    INSERT INTO reps_dealfacts ({COLUMNS})
    SELECT was.organization_id, was.id, 1, 'found', {facts("was")},
        NULL, '', said.at
    FROM was JOIN is_now USING (id)
    WHERE ({facts("was")}) IS DISTINCT FROM ({facts("is_now")})
    ON CONFLICT DO NOTHING;

    INSERT INTO reps_dealfacts ({COLUMNS})
    SELECT is_now.organization_id, is_now.id, last.number + 1, 'changed',
        {facts("is_now")}, person.id, said.why, said.at
    FROM was JOIN is_now USING (id) CROSS JOIN LATERAL (
        SELECT max(number) AS number FROM reps_dealfacts AS facts
        WHERE facts.organization_id = was.organization_id AND facts.deal_id = was.id
    ) AS last LEFT JOIN reps_user AS person
        ON person.id = said.changed_by AND person.organization_id = was.organization_id
    WHERE ({facts("was")}) IS DISTINCT FROM ({facts("is_now")});
    RETURN NULL;
END $$;

CREATE TRIGGER deal_is_written_down_opened
AFTER INSERT ON reps_deal REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION reps_write_down_opened();

CREATE TRIGGER deal_is_written_down_changed
AFTER UPDATE ON reps_deal REFERENCING OLD TABLE AS was NEW TABLE AS is_now
FOR EACH STATEMENT EXECUTE FUNCTION reps_write_down_changed();

CREATE TRIGGER dealfacts_are_a_ledger
BEFORE UPDATE OR DELETE ON reps_dealfacts
FOR EACH ROW EXECUTE FUNCTION reps_added_to_never_edited();

DO $$
DECLARE
    reader regrole;
BEGIN
    FOR reader IN
        SELECT DISTINCT granted.grantee
        FROM pg_class, aclexplode(relacl) AS granted
        WHERE pg_class.oid = 'reps_dealfacts'::regclass
        AND granted.grantee NOT IN (0, relowner)
    LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON reps_dealfacts FROM %s', reader);
    END LOOP;
END $$;
"""

BACK = """
DROP TRIGGER dealfacts_are_a_ledger ON reps_dealfacts;
DROP TRIGGER deal_is_written_down_changed ON reps_deal;
DROP TRIGGER deal_is_written_down_opened ON reps_deal;
DROP FUNCTION reps_write_down_changed();
DROP FUNCTION reps_write_down_opened();
DROP FUNCTION reps_who_and_why();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reps", "0013_look_at_deals"),
    ]

    operations = [
        migrations.CreateModel(
            name="DealFacts",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Opened"),
                            ("found", "As found"),
                            ("changed", "Changed"),
                        ],
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                (
                    "account",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="account"
                    ),
                ),
                (
                    "product",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="product"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=15, verbose_name="amount"
                    ),
                ),
                ("amount_is_estimate", models.BooleanField(verbose_name="estimated")),
                ("opened_on", models.DateField(null=True, verbose_name="opened on")),
                (
                    "expected_close_on",
                    models.DateField(null=True, verbose_name="expected close"),
                ),
                ("closed_on", models.DateField(null=True, verbose_name="closed on")),
                ("why", models.TextField(blank=True, verbose_name="why")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reps.deal",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reps.organization",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reps.rep",
                    ),
                ),
            ],
            options={
                "verbose_name": "facts of a deal",
                "verbose_name_plural": "facts of deals",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "deal", "number"),
                        name="dealfacts_one_after_the_other",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["opened", "found"]), ("number", 1)),
                            models.Q(("kind", "changed"), ("number__gt", 1)),
                            _connector="OR",
                        ),
                        name="dealfacts_begin_once",
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="deal", name="dealfacts_same_organization_deal"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="owner", name="dealfacts_same_organization_owner"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="changed_by", name="dealfacts_same_organization_by"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]

"""What customers called off: rows that are added to and never changed.

The database refuses more than is left of a deal, whoever writes it, and a deal that
would be changed to less than what was called off of it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reps.models.same_organization

FORWARD = """
CREATE FUNCTION reps_cancelled_within_its_deal(deal reps_deal) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT count(*) = 0 OR (
        deal.outcome = 'won' AND coalesce(sum(amount), 0) <= deal.amount
        AND deal.closed_on <= min(cancelled_on)
    )
    FROM reps_cancellation AS cancellation
    WHERE cancellation.deal_id = deal.id AND NOT EXISTS (
        SELECT FROM reps_cancellation AS back
        WHERE back.takes_back_id IN (cancellation.id, cancellation.takes_back_id)
    )
$$;

CREATE FUNCTION reps_refuse_cancellation(of bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'more would be cancelled than is left of deal %', of
    USING ERRCODE = 'check_violation',
          CONSTRAINT = 'cancellation_within_its_deal', TABLE = 'reps_cancellation';
END $$;

CREATE FUNCTION reps_cancel() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    deal reps_deal;
BEGIN
    -- Two at once: the second is judged by what the first left.
    SELECT * INTO deal FROM reps_deal WHERE id = NEW.deal_id FOR NO KEY UPDATE;
    IF NEW.takes_back_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM reps_cancellation AS taken
        WHERE taken.id = NEW.takes_back_id AND taken.takes_back_id IS NULL
        AND (taken.deal_id, taken.cancelled_on, taken.amount)
            = (NEW.deal_id, NEW.cancelled_on, -NEW.amount)
    ) THEN
        RAISE EXCEPTION 'cancellation % is taken back as it stands', NEW.takes_back_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'cancellation_taken_back_whole',
              TABLE = 'reps_cancellation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION reps_cancelled() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    deal reps_deal;
BEGIN
    SELECT * INTO deal FROM reps_deal WHERE id = NEW.deal_id;
    IF NOT reps_cancelled_within_its_deal(deal) THEN
        PERFORM reps_refuse_cancellation(deal.id);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION reps_deal_keeps_its_cancellations() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT reps_cancelled_within_its_deal(NEW) THEN
        PERFORM reps_refuse_cancellation(NEW.id);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER cancellation_looks_at_its_deal BEFORE INSERT ON reps_cancellation
FOR EACH ROW EXECUTE FUNCTION reps_cancel();

CREATE TRIGGER cancellation_within_its_deal AFTER INSERT ON reps_cancellation
FOR EACH ROW EXECUTE FUNCTION reps_cancelled();

CREATE TRIGGER deal_keeps_its_cancellations
AFTER UPDATE OF outcome, amount, closed_on ON reps_deal
FOR EACH ROW WHEN (OLD.outcome = 'won' AND (
    OLD.outcome IS DISTINCT FROM NEW.outcome
    OR OLD.amount IS DISTINCT FROM NEW.amount
    OR OLD.closed_on IS DISTINCT FROM NEW.closed_on
)) EXECUTE FUNCTION reps_deal_keeps_its_cancellations();

CREATE TRIGGER cancellation_is_a_ledger BEFORE UPDATE OR DELETE ON reps_cancellation
FOR EACH ROW EXECUTE FUNCTION reps_added_to_never_edited();

DO $$
DECLARE
    app regrole;
BEGIN
    FOR app IN
        SELECT DISTINCT granted.grantee
        FROM pg_class, aclexplode(relacl) AS granted
        WHERE pg_class.oid = 'reps_cancellation'::regclass
        AND granted.grantee NOT IN (0, relowner)
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON reps_cancellation FROM %s', app);
    END LOOP;
END $$;
"""

BACK = """
DROP TRIGGER deal_keeps_its_cancellations ON reps_deal;
DROP TRIGGER cancellation_is_a_ledger ON reps_cancellation;
DROP TRIGGER cancellation_within_its_deal ON reps_cancellation;
DROP TRIGGER cancellation_looks_at_its_deal ON reps_cancellation;
DROP FUNCTION reps_deal_keeps_its_cancellations();
DROP FUNCTION reps_cancelled();
DROP FUNCTION reps_cancel();
DROP FUNCTION reps_refuse_cancellation(bigint);
DROP FUNCTION reps_cancelled_within_its_deal(reps_deal);
"""


class Migration(migrations.Migration):
    dependencies = [("reps", "0017_ledgers_are_only_added_to")]

    operations = [
        migrations.CreateModel(
            name="Cancellation",
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
                ("cancelled_on", models.DateField(verbose_name="cancelled on")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Less than nothing takes an earlier one back.",
                        max_digits=15,
                        verbose_name="amount",
                    ),
                ),
                ("words", models.TextField(verbose_name="what the customer said")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cancellations",
                        to="reps.deal",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cancellations",
                        to="reps.organization",
                    ),
                ),
                (
                    "takes_back",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back_by",
                        to="reps.cancellation",
                    ),
                ),
            ],
            options={
                "verbose_name": "cancellation",
                "verbose_name_plural": "cancellations",
                "indexes": [
                    models.Index(
                        fields=["cancelled_on"],
                        include=("deal", "amount"),
                        name="cancellation_by_day",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"),
                        name="cancellation_in_organization",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("takes_back", None)),
                            models.Q(("amount__lt", 0), ("takes_back__isnull", False)),
                            _connector="OR",
                        ),
                        name="cancellation_takes_off_or_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="cancellation_says_why",
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="deal", name="cancellation_same_organization_deal"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="takes_back", name="cancellation_same_organization_back"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="cancelled_by", name="cancellation_same_organization_by"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]

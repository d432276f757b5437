"""A win that was a mistake is taken back; a loss that came back stays where it was.

The database writes down each loss that a deal comes back from, whoever moves it. Wins
that were taken back make no deal an opportunity: it is dated as if they had not been.
"""

import django.db.models.deletion
from django.db import migrations, models

import reps.models.same_organization

FORWARD = """
CREATE FUNCTION reps_loss_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO reps_cameback
        (organization_id, deal_id, owner_id, stage_id, lost_on, recorded_at)
    SELECT OLD.organization_id, OLD.id, OLD.owner_id, OLD.stage_id, OLD.closed_on, said.at
    FROM reps_who_and_why() AS said;
    RETURN NULL;
END $$;

CREATE TRIGGER deal_that_comes_back_leaves_its_loss
AFTER UPDATE OF outcome ON reps_deal
FOR EACH ROW WHEN (OLD.outcome = 'lost' AND NEW.outcome <> 'lost')
EXECUTE FUNCTION reps_loss_stays();

CREATE TRIGGER cameback_is_a_ledger
BEFORE UPDATE OR DELETE ON reps_cameback
FOR EACH ROW EXECUTE FUNCTION reps_added_to_never_edited();

DO $$
DECLARE
    reader regrole;
BEGIN
    FOR reader IN
        SELECT DISTINCT granted.grantee
        FROM pg_class, aclexplode(relacl) AS granted
        WHERE pg_class.oid = 'reps_cameback'::regclass
        AND granted.grantee NOT IN (0, relowner)
    LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON reps_cameback FROM %s', reader);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION reps_date_opportunities(deals bigint[]) RETURNS void
LANGUAGE sql AS $$
    UPDATE reps_deal AS deal SET became_opportunity_on = first.day
    FROM unnest(deals) AS given (id)
    LEFT JOIN LATERAL (
        SELECT CASE WHEN move.number = 1 AND move.kind = 'imported'
            THEN coalesce(said.opened_on, move.moved_on) ELSE move.moved_on END AS day
        FROM reps_stagemove AS move
        JOIN reps_stage AS stage ON stage.id = move.to_stage_id
        JOIN reps_deal AS said ON said.id = move.deal_id
        WHERE move.deal_id = given.id AND (
            stage.is_opportunity OR move.outcome = 'won' AND NOT EXISTS (
                SELECT FROM reps_stagemove AS next
                WHERE next.deal_id = move.deal_id AND next.number = move.number + 1
                AND next.kind = 'taken_back'
            )
        )
        ORDER BY move.number LIMIT 1
    ) AS first ON true
    WHERE deal.id = given.id AND deal.became_opportunity_on IS DISTINCT FROM first.day
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reps", "0039_kinds_of_moves"),
    ]

    operations = [
        migrations.CreateModel(
            name="CameBack",
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
                ("lost_on", models.DateField(verbose_name="lost on")),
                ("recorded_at", models.DateTimeField(verbose_name="came back at")),
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
                (
                    "stage",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        help_text="In which it was lost.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reps.stage",
                    ),
                ),
            ],
            options={
                "verbose_name": "loss that came back",
                "verbose_name_plural": "losses that came back",
                "indexes": [
                    models.Index(fields=["owner", "lost_on"], name="cameback_by_owner")
                ],
                "constraints": [
                    reps.models.same_organization.SameOrganization(
                        field="deal", name="cameback_same_organization_deal"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="owner", name="cameback_same_organization_owner"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="stage", name="cameback_same_organization_stage"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]

"""What everybody stood at as a quarter closed: a ledger."""

import django.db.models.deletion
from django.db import migrations, models

import reps.models.same_organization

LEDGER = """
CREATE TRIGGER closedattainment_is_a_ledger
BEFORE UPDATE OR DELETE ON reps_closedattainment
FOR EACH ROW EXECUTE FUNCTION reps_added_to_never_edited();

DO $$
DECLARE
    app regrole;
BEGIN
    FOR app IN
        SELECT DISTINCT granted.grantee
        FROM pg_class, aclexplode(relacl) AS granted
        WHERE pg_class.oid = 'reps_closedattainment'::regclass
        AND granted.grantee NOT IN (0, relowner)
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON reps_closedattainment FROM %s', app);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reps", "0041_losses_that_came_back"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosedAttainment",
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
                (
                    "owed",
                    models.DecimalField(
                        decimal_places=8, max_digits=24, verbose_name="owed"
                    ),
                ),
                (
                    "booked",
                    models.DecimalField(
                        decimal_places=2, max_digits=17, verbose_name="booked"
                    ),
                ),
                (
                    "cancelled",
                    models.DecimalField(
                        decimal_places=2, max_digits=17, verbose_name="cancelled"
                    ),
                ),
                (
                    "days_in_team",
                    models.PositiveSmallIntegerField(verbose_name="days in the team"),
                ),
                ("rep_name", models.CharField(max_length=120, verbose_name="rep")),
                ("team_name", models.CharField(max_length=120, verbose_name="team")),
                (
                    "above_name",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="team above"
                    ),
                ),
                (
                    "quarter_name",
                    models.CharField(max_length=40, verbose_name="quarter"),
                ),
                ("quarter_starts_on", models.DateField(verbose_name="first day")),
                ("quarter_ends_on", models.DateField(verbose_name="last day")),
                (
                    "closing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attainments",
                        to="reps.quarterclosing",
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
                    "rep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reps.rep",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reps.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "attainment as closed",
                "verbose_name_plural": "attainments as closed",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "closing", "rep", "team"),
                        name="closedattainment_once_per_closing",
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="closing", name="closedattainment_same_organization_of"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="rep", name="closedattainment_same_organization_rep"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="team", name="closedattainment_same_organization_team"
                    ),
                ],
            },
        ),
        migrations.RunSQL(LEDGER, migrations.RunSQL.noop),
    ]

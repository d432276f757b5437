"""That a quarter closed, and was opened again: a ledger."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reps.models.same_organization

LEDGER = """
CREATE TRIGGER quarterclosing_is_a_ledger
BEFORE UPDATE OR DELETE ON reps_quarterclosing
FOR EACH ROW EXECUTE FUNCTION reps_added_to_never_edited();

DO $$
DECLARE
    app regrole;
BEGIN
    FOR app IN
        SELECT DISTINCT granted.grantee
        FROM pg_class, aclexplode(relacl) AS granted
        WHERE pg_class.oid = 'reps_quarterclosing'::regclass
        AND granted.grantee NOT IN (0, relowner)
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON reps_quarterclosing FROM %s', app);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reps", "0037_quarter_made_at"),
    ]

    operations = [
        migrations.CreateModel(
            name="QuarterClosing",
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
                        choices=[("closed", "Closed"), ("reopened", "Reopened")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("took_effect_at", models.DateTimeField(verbose_name="took effect at")),
                ("why", models.TextField(blank=True, verbose_name="why")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
            ],
            options={
                "verbose_name": "closing of a quarter",
                "verbose_name_plural": "closings of quarters",
            },
        ),
        migrations.AddField(
            model_name="quarterclosing",
            name="by",
            field=models.ForeignKey(
                help_text="Empty: by itself, when its day had come.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quarter_closings",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="quarterclosing",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quarter_closings",
                to="reps.organization",
            ),
        ),
        migrations.AddField(
            model_name="quarterclosing",
            name="quarter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="closings",
                to="reps.quarter",
            ),
        ),
        migrations.AddConstraint(
            model_name="quarterclosing",
            constraint=models.UniqueConstraint(
                fields=("organization", "id"), name="quarterclosing_in_organization"
            ),
        ),
        migrations.AddConstraint(
            model_name="quarterclosing",
            constraint=models.UniqueConstraint(
                fields=("organization", "quarter", "number"),
                name="quarterclosing_one_after_the_other",
            ),
        ),
        migrations.AddConstraint(
            model_name="quarterclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "closed"),
                    models.Q(
                        ("by__isnull", False),
                        ("kind", "reopened"),
                        models.Q(("why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="quarterclosing_reopened_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="quarterclosing",
            constraint=reps.models.same_organization.SameOrganization(
                field="quarter", name="quarterclosing_same_organization_of"
            ),
        ),
        migrations.AddConstraint(
            model_name="quarterclosing",
            constraint=reps.models.same_organization.SameOrganization(
                field="by", name="quarterclosing_same_organization_by"
            ),
        ),
        migrations.RunSQL(LEDGER, migrations.RunSQL.noop),
    ]

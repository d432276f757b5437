"""Stand-ins for managers, what was done in whose place, and how long a check-in waits.

Moves, facts and taps are many: that the new column keeps to its organization is looked
at in the next migration, while people work. For new rows it holds from here on.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reps.models.same_organization

LARGE = ("stagemove", "dealfacts", "activityentry")

NOT_YET_LOOKED_AT = """
ALTER TABLE reps_{table} ADD CONSTRAINT {table}_same_organization_for
FOREIGN KEY (organization_id, stood_in_for_id)
REFERENCES reps_user (organization_id, id) NOT VALID
"""
FORGET = "ALTER TABLE reps_{table} DROP CONSTRAINT {table}_same_organization_for"

# The triggers that write down a deal's facts know nothing of stand-ins: it is told to
# the database in the same breath as who and why.
TOLD = """
ALTER TABLE reps_dealfacts ALTER stood_in_for_id SET DEFAULT
    nullif(nullif(current_setting('second_wind.stood_in_for', true), ''), '0')::bigint
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reps", "0025_week_first_day"),
    ]

    operations = [
        migrations.CreateModel(
            name="StandIn",
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
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                (
                    "words",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="a word about it"
                    ),
                ),
                ("named_at", models.DateTimeField(verbose_name="named at")),
            ],
            options={
                "verbose_name": "stand-in",
                "verbose_name_plural": "stand-ins",
            },
        ),
        migrations.AddField(
            model_name="organization",
            name="answer_within_days",
            field=models.PositiveSmallIntegerField(
                default=2,
                help_text="After that whoever runs the team above sees that it waits.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(10),
                ],
                verbose_name="working days a check-in may wait",
            ),
        ),
        *(
            migrations.AddField(
                model_name=table,
                name="stood_in_for",
                field=models.ForeignKey(
                    db_constraint=False,
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            )
            for table in (*LARGE, "cancellation", "metcriterion")
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer_within_days__gte", 1), ("answer_within_days__lte", 10)
                ),
                name="organization_answers_within_1_to_10_days",
            ),
        ),
        *(
            migrations.SeparateDatabaseAndState(
                state_operations=[
                    migrations.AddConstraint(
                        model_name=table,
                        constraint=reps.models.same_organization.SameOrganization(
                            field="stood_in_for", name=f"{table}_same_organization_for"
                        ),
                    )
                ],
                database_operations=[
                    migrations.RunSQL(
                        NOT_YET_LOOKED_AT.format(table=table),
                        FORGET.format(table=table),
                    )
                ],
            )
            for table in LARGE
        ),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
        *(
            migrations.AddConstraint(
                model_name=table,
                constraint=reps.models.same_organization.SameOrganization(
                    field="stood_in_for", name=f"{table}_same_organization_for"
                ),
            )
            for table in ("cancellation", "metcriterion")
        ),
        migrations.AddField(
            model_name="standin",
            name="manager",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stand_ins",
                to=settings.AUTH_USER_MODEL,
                verbose_name="for whom",
            ),
        ),
        migrations.AddField(
            model_name="standin",
            name="named_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stand_ins_named",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="standin",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stand_ins",
                to="reps.organization",
            ),
        ),
        migrations.AddField(
            model_name="standin",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stands_in",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who stands in",
            ),
        ),
        migrations.AddConstraint(
            model_name="standin",
            constraint=models.UniqueConstraint(
                fields=("organization", "id"), name="standin_in_organization"
            ),
        ),
        migrations.AddConstraint(
            model_name="standin",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="standin_ends_after_it_starts",
                violation_error_message="The last day comes before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="standin",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("manager")), _negated=True),
                name="standin_is_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="standin",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("manager"),
                            models.F("manager"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="standin_one_a_day",
                violation_error_message="Somebody stands in on one of these days.",
            ),
        ),
        migrations.AddConstraint(
            model_name="standin",
            constraint=reps.models.same_organization.SameOrganization(
                field="manager", name="standin_same_organization_manager"
            ),
        ),
        migrations.AddConstraint(
            model_name="standin",
            constraint=reps.models.same_organization.SameOrganization(
                field="person", name="standin_same_organization_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="standin",
            constraint=reps.models.same_organization.SameOrganization(
                field="named_by", name="standin_same_organization_named_by"
            ),
        ),
    ]

"""Stand-ins for managers, and what was cancelled in whose place.

What else is done in somebody's place is written down in the next four. Each is of one
table: whoever waits for a table here may hold no other one that people wait for.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reps.models.same_organization


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
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stand_ins",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stand_ins_named",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stand_ins",
                        to="reps.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who stands in",
                    ),
                ),
            ],
            options={
                "verbose_name": "stand-in",
                "verbose_name_plural": "stand-ins",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="standin_in_organization"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="standin_ends_after_it_starts",
                        violation_error_message="The last day comes before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person", models.F("manager")), _negated=True
                        ),
                        name="standin_is_somebody_else",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
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
                    reps.models.same_organization.SameOrganization(
                        field="manager", name="standin_same_organization_manager"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="person", name="standin_same_organization_person"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="named_by", name="standin_same_organization_named_by"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="cancellation",
            name="stood_in_for",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="cancellation",
            constraint=reps.models.same_organization.SameOrganization(
                field="stood_in_for", name="cancellation_same_organization_for"
            ),
        ),
    ]

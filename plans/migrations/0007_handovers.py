"""What is handed over when somebody leaves, changes team or is away for long."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reps.models.same_organization


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0006_currency_stays_with_goals"),
        ("reps", "0024_fiscal_year_and_currency"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("leaves", "Leaves"),
                            ("moves", "Goes to another team"),
                            ("away", "Is away for long"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "from_on",
                    models.DateField(
                        help_text="The first day on which somebody else goes on.",
                        verbose_name="from",
                    ),
                ),
                (
                    "until",
                    models.DateField(
                        help_text="Away: the last day.", null=True, verbose_name="until"
                    ),
                ),
                (
                    "closes_plan",
                    models.BooleanField(
                        default=False, verbose_name="the plan ends with it"
                    ),
                ),
                (
                    "came_of_it",
                    models.TextField(blank=True, verbose_name="what came of the plan"),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, verbose_name="what others should know"
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("carried_out_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="reps.organization",
                    ),
                ),
                (
                    "rep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="reps.rep",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        help_text="Until then.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reps.team",
                    ),
                ),
                (
                    "to_team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reps.team",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers_written",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "handover",
                "verbose_name_plural": "handovers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="handover_in_organization"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("carried_out_at", None), ("dropped_at", None)
                        ),
                        fields=("organization", "rep"),
                        name="handover_one_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "away"),
                                ("to_team", None),
                                ("until__gte", models.F("from_on")),
                            ),
                            models.Q(
                                ("kind", "moves"),
                                ("to_team__isnull", False),
                                ("until", None),
                            ),
                            models.Q(
                                ("kind", "leaves"), ("to_team", None), ("until", None)
                            ),
                            _connector="OR",
                        ),
                        name="handover_says_where_to",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_plan", False),
                            models.Q(("came_of_it", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="handover_says_what_came_of_the_plan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("carried_out_at", None),
                            ("dropped_at", None),
                            _connector="OR",
                        ),
                        name="handover_is_done_or_dropped",
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="rep", name="handover_same_organization_rep"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="team", name="handover_same_organization_team"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="to_team", name="handover_same_organization_to_team"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="written_by", name="handover_same_organization_by"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandedDeal",
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
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_over",
                        to="reps.deal",
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
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reps.rep",
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deals",
                        to="plans.handover",
                    ),
                ),
            ],
            options={
                "verbose_name": "deal that is handed over",
                "verbose_name_plural": "deals that are handed over",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="handeddeal_in_organization"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "handover", "deal"),
                        name="handeddeal_once_per_handover",
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="handover", name="handeddeal_same_organization_handover"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="deal", name="handeddeal_same_organization_deal"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="to", name="handeddeal_same_organization_to"
                    ),
                ],
            },
        ),
    ]

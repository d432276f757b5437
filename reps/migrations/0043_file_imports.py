import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reps.models.same_organization


class Migration(migrations.Migration):
    dependencies = [
        ("reps", "0042_attainment_as_closed"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileImport",
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
                            ("people", "People and teams"),
                            ("quotas", "Quotas"),
                            ("deals", "Deals"),
                            ("activity", "Activity so far"),
                            ("products", "Products and prices"),
                        ],
                        max_length=8,
                        verbose_name="what is in it",
                    ),
                ),
                ("file_name", models.CharField(max_length=255, verbose_name="file")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                (
                    "file_deleted_at",
                    models.DateTimeField(null=True, verbose_name="file deleted at"),
                ),
                (
                    "answers",
                    models.JSONField(
                        default=dict, help_text="What a person said of it."
                    ),
                ),
                (
                    "reading",
                    models.JSONField(default=dict, help_text="What was found in it."),
                ),
                (
                    "result",
                    models.JSONField(
                        default=dict, help_text="What it does, or would do."
                    ),
                ),
                (
                    "columns_agreed",
                    models.BooleanField(
                        default=False,
                        help_text="Somebody said that the columns mean this.",
                    ),
                ),
                ("leaves_bad_rows_out", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Not read yet"),
                            ("unreadable", "Cannot be read"),
                            ("asks", "Asks you something"),
                            ("ready", "Ready to bring in"),
                            ("brought_in", "Brought in"),
                            ("taken_back", "Taken back"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "job",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("read", "Reading it"),
                            ("bring_in", "Bringing it in"),
                            ("take_back", "Taking it back"),
                        ],
                        max_length=9,
                    ),
                ),
                ("job_asked_at", models.DateTimeField(null=True)),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stopped", "Stopped"),
                            ("died", "The worker ended"),
                            ("failed", "Failed"),
                        ],
                        max_length=7,
                    ),
                ),
                ("why_ended", models.TextField(blank=True)),
                (
                    "brought_in_at",
                    models.DateTimeField(null=True, verbose_name="brought in at"),
                ),
                (
                    "taken_back_at",
                    models.DateTimeField(null=True, verbose_name="taken back at"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="file_imports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="file_imports",
                        to="reps.organization",
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import of a file",
                "verbose_name_plural": "imports of files",
                "indexes": [
                    models.Index(
                        condition=models.Q(("job", ""), _negated=True),
                        fields=["job_asked_at"],
                        name="fileimport_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="fileimport_in_organization"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "brought_in"), _negated=True),
                            ("brought_in_at__isnull", False),
                            _connector="OR",
                        ),
                        name="fileimport_brought_in_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken_back"), _negated=True),
                            models.Q(
                                ("taken_back_at__isnull", False),
                                ("taken_back_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="fileimport_taken_back_by",
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="by", name="fileimport_same_organization_by"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="taken_back_by",
                        name="fileimport_same_organization_taken_back",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FilePiece",
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
                    "part",
                    models.CharField(
                        choices=[
                            ("file", "The file"),
                            ("bad_rows", "Its rows to be put right"),
                        ],
                        max_length=8,
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="1 is the first.")),
                ("content", models.BinaryField()),
                (
                    "file_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="reps.fileimport",
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
            ],
            options={
                "verbose_name": "piece of a file",
                "verbose_name_plural": "pieces of files",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="filepiece_in_organization"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "file_import", "part", "number"),
                        name="filepiece_one_after_the_other",
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="file_import", name="filepiece_same_organization_import"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportProgress",
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
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "doing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waiting", "Waiting for another import to end"),
                            ("reading", "Reading the file"),
                            ("placing", "Going through the rows"),
                            ("checking", "Checking that everything fits"),
                            ("taking_back", "Taking it back"),
                        ],
                        max_length=11,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("of", models.PositiveIntegerField(default=0)),
                ("seen_at", models.DateTimeField(null=True)),
                ("stop_asked_at", models.DateTimeField(null=True)),
                (
                    "file_import",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="progress",
                        to="reps.fileimport",
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
            ],
            options={
                "verbose_name": "progress of an import",
                "verbose_name_plural": "progress of imports",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"),
                        name="importprogress_in_organization",
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="file_import",
                        name="importprogress_same_organization_import",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ColumnMatch",
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
                            ("people", "People and teams"),
                            ("quotas", "Quotas"),
                            ("deals", "Deals"),
                            ("activity", "Activity so far"),
                            ("products", "Products and prices"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "headers",
                    models.CharField(help_text="Their fingerprint.", max_length=64),
                ),
                ("answers", models.JSONField()),
                ("said_at", models.DateTimeField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="column_matches",
                        to="reps.organization",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "matching of columns",
                "verbose_name_plural": "matchings of columns",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"),
                        name="columnmatch_in_organization",
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "kind", "headers"),
                        name="columnmatch_one_for_headers",
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="said_by", name="columnmatch_same_organization_by"
                    ),
                ],
            },
        ),
    ]

"""One stage, team, activity, quarter or criterion of each name, however it is spelled."""

from django.db import migrations, models

import reps.models.one_spelling


class Migration(migrations.Migration):
    dependencies = [
        ("reps", "0011_tell_names_apart"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="activitykind",
            name="activitykind_one_of_each_name",
        ),
        migrations.RemoveConstraint(
            model_name="exitcriterion",
            name="exitcriterion_said_once_per_stage",
        ),
        migrations.RemoveConstraint(
            model_name="quarter",
            name="quarter_one_of_each_name",
        ),
        migrations.RemoveConstraint(
            model_name="stage",
            name="stage_one_of_each_name",
        ),
        migrations.RemoveConstraint(
            model_name="team",
            name="team_one_of_each_name",
        ),
        migrations.AddConstraint(
            model_name="activitykind",
            constraint=models.UniqueConstraint(
                models.F("organization"),
                reps.models.one_spelling.OneSpelling("name"),
                name="activitykind_one_of_each_name",
                violation_error_message="There is an activity of this name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exitcriterion",
            constraint=models.UniqueConstraint(
                models.F("organization"),
                models.F("stage"),
                reps.models.one_spelling.OneSpelling("words"),
                name="exitcriterion_said_once_per_stage",
                violation_error_message="This stage asks for that already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.UniqueConstraint(
                reps.models.one_spelling.OneSpelling("name"),
                name="organization_one_of_each_name",
                violation_error_message="Another organization has this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="quarter",
            constraint=models.UniqueConstraint(
                models.F("organization"),
                reps.models.one_spelling.OneSpelling("name"),
                name="quarter_one_of_each_name",
                violation_error_message="There is a quarter of this name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.UniqueConstraint(
                models.F("organization"),
                reps.models.one_spelling.OneSpelling("name"),
                name="stage_one_of_each_name",
                violation_error_message="There is a stage of this name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(
                models.F("organization"),
                reps.models.one_spelling.OneSpelling("name"),
                name="team_one_of_each_name",
                violation_error_message="There is a team of this name already.",
            ),
        ),
    ]

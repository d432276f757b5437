"""What a file says was cancelled of its deals goes with them when it is taken back.

Of deals that it made alone: of no other does an import write that. One that somebody
wrote down since is work on the deal, and one of a closed quarter keeps it, as before.
"""

from django.db import migrations

LEDGERS = """
CREATE OR REPLACE FUNCTION reps_added_to_never_edited() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('second_wind.taking_back', true) = 'an import'
        AND TG_TABLE_NAME IN (@LEDGERS@)
        AND current_user::regrole = (SELECT relowner FROM pg_class WHERE oid = TG_RELID)
    THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'rows of % are added, never edited or deleted', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END $$;
"""
BEFORE = """'reps_stagemove', 'reps_dealfacts', 'reps_cameback',
            'reps_quotarevision', 'reps_activityentry'"""
NOW = f"{BEFORE}, 'reps_cancellation'"

# In the function of migration 0054, the rest of which stays as it is.
CHANGES = [
    (
        "'{reps_stagemove, reps_dealfacts}'",
        "'{reps_stagemove, reps_dealfacts, reps_cancellation}'",
    ),
    (
        """        closed @> deal.closed_on
""",
        """        closed @> deal.closed_on
        OR first_move = 1 AND EXISTS (
            SELECT FROM reps_cancellation AS called_off
            WHERE called_off.deal_id = deal.id AND closed @> called_off.cancelled_on
        )
""",
    ),
    (
        """    DELETE FROM reps_stagemove AS move USING taken_deals AS taken
    WHERE move.deal_id = taken.id AND first_move = 1 AND stays IS NULL;
""",
        """    DELETE FROM reps_cancellation AS called_off USING taken_deals AS taken
    WHERE called_off.deal_id = taken.id AND first_move = 1 AND stays IS NULL;
    DELETE FROM reps_stagemove AS move USING taken_deals AS taken
    WHERE move.deal_id = taken.id AND first_move = 1 AND stays IS NULL;
""",
    ),
]
OF_DEALS = "reps_take_back_deals(reps_fileimport, bigint[], datemultirange)"


def _change(schema_editor, changes):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(%s::regprocedure)", [OF_DEALS])
        (function,) = cursor.fetchone()
        for was, becomes in changes:
            if function.count(was) != 1:
                raise AssertionError(f"{OF_DEALS} has not once: {was}")
            function = function.replace(was, becomes)
        cursor.execute(function)


def take_them_back(apps, schema_editor):
    _change(schema_editor, CHANGES)


def leave_them(apps, schema_editor):
    _change(schema_editor, [(becomes, was) for was, becomes in reversed(CHANGES)])


class Migration(migrations.Migration):
    dependencies = [("reps", "0055_take_back_activities")]

    operations = [
        migrations.RunSQL(
            LEDGERS.replace("@LEDGERS@", NOW), LEDGERS.replace("@LEDGERS@", BEFORE)
        ),
        migrations.RunPython(take_them_back, leave_them),
    ]

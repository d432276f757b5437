"""Activities that came with an import go with it, unless they are in use by now.

So is one that leads where there were others before: somebody has said so since.
"""

from django.db import migrations

LEADS = """\
                EXCEPT SELECT led.id FROM reps_activitykind AS led
                WHERE kind = 'activitykind' AND is_leading AND EXISTS (
                    SELECT FROM reps_activitykind AS other
                    WHERE other.organization_id = import.organization_id
                    AND other.id <> ALL (given)
                )
"""
MADE = """
CREATE OR REPLACE FUNCTION reps_take_back_made(import reps_fileimport)
RETURNS TABLE (what text, fate text, count bigint, ids bigint[])
LANGUAGE plpgsql AS $$
DECLARE
    kinds text[] := '{@KINDS@}';
    kind text;
    kept_by text[];  -- tables whose rows go along with it
    child text;
    known regclass;
    given bigint[];
    gone bigint[];
    removed jsonb := '{}';
    any_more boolean := true;
BEGIN
    WHILE any_more LOOP
        any_more := false;
        FOREACH kind IN ARRAY kinds LOOP
            known := 'reps_' || kind;
            CONTINUE WHEN NOT import.result -> 'made' ? kind;
            kept_by := CASE kind
                WHEN 'rep' THEN '{reps_membership}'
                WHEN 'user' THEN '{account_emailaddress, reps_user_groups,
                    reps_user_user_permissions}'
                ELSE '{}' END;
            EXECUTE format(
                'SELECT array_agg(id) FROM %s WHERE organization_id = $1 AND id IN (
                    SELECT value::bigint FROM jsonb_array_elements_text($2)
                )', known
            ) INTO given USING import.organization_id, import.result -> 'made' -> kind;
            SELECT array_agg(id) INTO gone FROM (
                SELECT unnest(given) AS id
                EXCEPT SELECT unnest(reps_pointed_at(known, given, kept_by))
                EXCEPT SELECT id FROM reps_user
                WHERE kind = 'user' AND last_login IS NOT NULL
@LEADS@            ) AS nobodys;
            CONTINUE WHEN gone IS NULL;
            FOREACH child IN ARRAY kept_by LOOP
                EXECUTE format(
                    'DELETE FROM %s WHERE %I = ANY ($1)', child, kind || '_id'
                ) USING gone;
            END LOOP;
            EXECUTE format('DELETE FROM %s WHERE id = ANY ($1)', known) USING gone;
            removed := removed || jsonb_build_object(
                kind, coalesce((removed ->> kind)::int, 0) + cardinality(gone)
            );
            any_more := true;
        END LOOP;
    END LOOP;
    RETURN QUERY SELECT key, 'gone', value::bigint, NULL::bigint[]
    FROM jsonb_each_text(removed);

    FOREACH kind IN ARRAY kinds LOOP
        known := 'reps_' || kind;
        CONTINUE WHEN NOT import.result -> 'made' ? kind;
        EXECUTE format(
            'SELECT array_agg(id ORDER BY id) FROM %s WHERE organization_id = $1
                AND id IN (SELECT value::bigint FROM jsonb_array_elements_text($2))',
            known
        ) INTO given USING import.organization_id, import.result -> 'made' -> kind;
        CONTINUE WHEN given IS NULL;
        RETURN QUERY
            SELECT kind, 'in_use', cardinality(given)::bigint, given[:100];
    END LOOP;
END $$;
"""


def _made(kinds: str, leads: str) -> str:
    return MADE.replace("@KINDS@", kinds).replace("@LEADS@", leads)


class Migration(migrations.Migration):
    dependencies = [("reps", "0054_take_back_imports")]

    operations = [
        migrations.RunSQL(
            _made("product, activitykind, rep, team, user", LEADS),
            _made("product, rep, team, user", ""),
        ),
    ]

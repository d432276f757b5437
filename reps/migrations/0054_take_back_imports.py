"""An import is taken back by one function of the owner's: nobody else can.

The app's role may call it, and still has no right to a ledger's rows. Their triggers let
rows go while it is at work: by a setting that it takes back at its end, and of the owner
alone. What people worked on since, and what counts in a closed quarter, stays; it answers
with all that it did and left.
"""

from django.db import migrations

LET_THROUGH = """
CREATE OR REPLACE FUNCTION reps_added_to_never_edited() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('second_wind.taking_back', true) = 'an import'
        AND TG_TABLE_NAME IN ('reps_stagemove', 'reps_dealfacts', 'reps_cameback',
            'reps_quotarevision', 'reps_activityentry')
        AND current_user::regrole = (SELECT relowner FROM pg_class WHERE oid = TG_RELID)
    THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'rows of % are added, never edited or deleted', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END $$;
"""
LET_NOTHING_THROUGH = """
CREATE OR REPLACE FUNCTION reps_added_to_never_edited() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are added, never edited or deleted', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END $$;
"""

# Each part answers with rows (what, fate, how many, some of their ids).
NAMED = 100
ANSWER = "TABLE (what text, fate text, count bigint, ids bigint[])"

# Which of these rows another table has a foreign key to, whichever table that is.
POINTED_AT = """
CREATE FUNCTION reps_pointed_at(parent regclass, given bigint[], but text[])
RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    child record;
    found bigint[];
    pointed_at bigint[] := '{}';
BEGIN
    FOR child IN
        SELECT DISTINCT conrelid::regclass AS name, from_column.attname AS points
        FROM pg_constraint, unnest(conkey, confkey) AS pair (points, at)
        JOIN pg_attribute AS from_column ON from_column.attnum = pair.points
        JOIN pg_attribute AS to_column ON to_column.attnum = pair.at
        WHERE contype = 'f' AND confrelid = parent
        AND from_column.attrelid = conrelid AND to_column.attrelid = confrelid
        AND to_column.attname = 'id' AND conrelid::regclass::text <> ALL (but)
    LOOP
        EXECUTE format(
            'SELECT array_agg(DISTINCT %1$I) FROM %2$s WHERE %1$I = ANY ($1)',
            child.points, child.name
        ) INTO found USING given;
        pointed_at := pointed_at || found;
    END LOOP;
    RETURN pointed_at;
END $$;
"""

FACTS = (
    *("owner_id", "account", "product", "amount", "amount_is_estimate"),
    *("opened_on", "expected_close_on", "closed_on"),
)
FACTS_AS_THEY_WERE = ", ".join(f"{name} = was.{name}" for name in FACTS)

# `ours` are this import and those taken back before: what they wrote is nobody's work.
# A deal that the import made has its first move of it.
DEALS = f"""
CREATE FUNCTION reps_take_back_deals(
    import reps_fileimport, ours bigint[], closed datemultirange
) RETURNS {ANSWER} LANGUAGE plpgsql AS $$
DECLARE
    tenant bigint := import.organization_id;
    since timestamptz := import.brought_in_at;
    last_loss bigint;
    moves bigint;
    deals bigint;
BEGIN
    CREATE TEMPORARY TABLE taken_deals ON COMMIT DROP AS
    SELECT id, first_move, first_facts, NULL::text AS stays
    FROM (
        SELECT deal_id AS id, min(number) AS first_move
        FROM reps_stagemove WHERE file_import_id = import.id GROUP BY deal_id
    ) AS moved FULL JOIN (
        SELECT deal_id AS id, min(number) AS first_facts
        FROM reps_dealfacts WHERE file_import_id = import.id AND kind <> 'found'
        GROUP BY deal_id
    ) AS changed USING (id);
    ANALYZE taken_deals;
    -- Whoever is at one of them is waited for, and then what they did is seen.
    PERFORM FROM reps_deal JOIN taken_deals USING (id) ORDER BY id FOR UPDATE OF reps_deal;

    UPDATE taken_deals SET stays = 'worked_on' WHERE id IN (
        SELECT taken.id FROM taken_deals AS taken
        JOIN reps_stagemove AS move ON move.deal_id = taken.id
        WHERE move.file_import_id IS DISTINCT FROM import.id
        AND coalesce(move.number > first_move, move.recorded_at > since)
        UNION ALL
        SELECT taken.id FROM taken_deals AS taken JOIN reps_dealfacts AS facts
            ON facts.organization_id = tenant AND facts.deal_id = taken.id
        WHERE (facts.file_import_id = ANY (ours)) IS NOT TRUE
        AND coalesce(facts.number > first_facts, facts.recorded_at > since)
        UNION ALL
        SELECT deal_id FROM reps_metcriterion
        WHERE organization_id = tenant AND met_at > since
        UNION ALL
        SELECT deal_id FROM reps_cancellation
        WHERE organization_id = tenant AND recorded_at > since
        UNION ALL
        SELECT unnest(reps_pointed_at('reps_deal', array_agg(id),
            '{{reps_stagemove, reps_dealfacts}}'))
        FROM taken_deals WHERE first_move = 1
    );
    UPDATE taken_deals AS taken SET stays = 'closed'
    FROM reps_deal AS deal LEFT JOIN reps_dealfacts AS facts
        ON facts.organization_id = tenant AND facts.deal_id = deal.id
    WHERE deal.id = taken.id AND stays IS NULL AND (
        closed @> deal.closed_on
        OR facts.number = first_facts - 1 AND closed @> facts.closed_on
    );

    DELETE FROM reps_dealfacts AS facts USING taken_deals AS taken
    WHERE facts.organization_id = tenant AND facts.deal_id = taken.id
    AND first_move = 1 AND stays IS NULL;
    DELETE FROM reps_stagemove AS move USING taken_deals AS taken
    WHERE move.deal_id = taken.id AND first_move = 1 AND stays IS NULL;
    GET DIAGNOSTICS moves = ROW_COUNT;
    DELETE FROM reps_deal AS deal USING taken_deals AS taken
    WHERE deal.id = taken.id AND first_move = 1 AND stays IS NULL;
    GET DIAGNOSTICS deals = ROW_COUNT;
    RETURN QUERY SELECT 'deal', 'gone', deals, NULL::bigint[];

    DELETE FROM taken_deals WHERE first_move = 1 AND stays IS NULL;
    -- A loss that it brought a deal back from, and the ones it made, never were.
    DELETE FROM reps_cameback AS loss
    USING taken_deals AS taken, reps_stagemove AS move, reps_stagemove AS before
    WHERE move.file_import_id = import.id AND move.deal_id = taken.id AND stays IS NULL
    AND before.deal_id = move.deal_id AND before.number = move.number - 1
    AND before.outcome = 'lost' AND move.outcome <> 'lost'
    AND loss.deal_id = move.deal_id AND loss.recorded_at = move.recorded_at;
    DELETE FROM reps_stagemove AS move USING taken_deals AS taken
    WHERE move.file_import_id = import.id AND move.deal_id = taken.id AND stays IS NULL;
    GET DIAGNOSTICS deals = ROW_COUNT;
    RETURN QUERY SELECT 'move', 'gone', moves + deals, NULL::bigint[];

    SELECT coalesce(max(id), 0) INTO last_loss FROM reps_cameback;
    UPDATE reps_deal AS deal SET {FACTS_AS_THEY_WERE},
        stage_id = last.to_stage_id, outcome = last.outcome,
        lost_reason = CASE WHEN last.outcome = 'lost' THEN deal.lost_reason ELSE '' END,
        in_stage_since = CASE WHEN came.number > 1 OR came.kind <> 'imported'
            THEN came.moved_on END
    FROM taken_deals AS taken CROSS JOIN LATERAL (
        SELECT * FROM reps_dealfacts
        WHERE organization_id = tenant AND deal_id = taken.id
        AND coalesce(number < first_facts, true)
        ORDER BY number DESC LIMIT 1
    ) AS was CROSS JOIN LATERAL (
        SELECT * FROM reps_stagemove WHERE deal_id = taken.id
        ORDER BY number DESC LIMIT 1
    ) AS last CROSS JOIN LATERAL (
        SELECT * FROM reps_stagemove WHERE deal_id = taken.id
        AND from_stage_id IS DISTINCT FROM to_stage_id
        ORDER BY number DESC LIMIT 1
    ) AS came
    WHERE deal.id = taken.id AND stays IS NULL;
    GET DIAGNOSTICS deals = ROW_COUNT;
    RETURN QUERY SELECT 'deal', 'put_back', deals, NULL::bigint[];
    DELETE FROM reps_cameback AS loss USING taken_deals AS taken
    WHERE loss.id > last_loss AND loss.deal_id = taken.id AND stays IS NULL;
    PERFORM reps_date_opportunities(array_agg(id)) FROM taken_deals WHERE stays IS NULL;

    -- One that was typed here is no deal of theirs again.
    UPDATE reps_deal AS deal SET source = '', source_key = ''
    FROM jsonb_each_text(import.answers -> 'same_as') AS same (number, id)
    WHERE deal.organization_id = tenant AND deal.id = same.id::bigint
    AND deal.source_key = same.number
    AND deal.id NOT IN (SELECT id FROM taken_deals WHERE stays IS NOT NULL);

    RETURN QUERY SELECT 'deal', stays, count(*), (array_agg(id ORDER BY id))[:{NAMED}]
    FROM taken_deals WHERE stays IS NOT NULL GROUP BY stays;
    DROP TABLE taken_deals;
END $$;
"""

ACTIVITY = f"""
CREATE FUNCTION reps_take_back_activity(import reps_fileimport, ours bigint[])
RETURNS {ANSWER} LANGUAGE plpgsql AS $$
DECLARE
    counts bigint;
BEGIN
    CREATE TEMPORARY TABLE taken_counts ON COMMIT DROP AS
    SELECT id, rep_id, kind_id, week, false AS stays
    FROM reps_activityentry WHERE file_import_id = import.id;
    ANALYZE taken_counts;
    -- Nobody taps meanwhile.
    PERFORM FROM reps_rep WHERE id IN (SELECT rep_id FROM taken_counts)
    ORDER BY id FOR NO KEY UPDATE;

    UPDATE taken_counts AS taken SET stays = true
    FROM reps_activityentry AS tap
    WHERE tap.rep_id = taken.rep_id AND tap.week = taken.week
    AND tap.kind_id = taken.kind_id AND tap.id > taken.id
    AND (tap.file_import_id = ANY (ours)) IS NOT TRUE;

    DELETE FROM reps_activityentry AS entry USING taken_counts AS taken
    WHERE entry.id = taken.id AND NOT stays;
    GET DIAGNOSTICS counts = ROW_COUNT;
    RETURN QUERY SELECT 'activity', 'gone', counts, NULL::bigint[];
    RETURN QUERY SELECT 'activity', 'worked_on', count(*),
        (array_agg(id ORDER BY id))[:{NAMED}]
    FROM taken_counts WHERE stays;
    DROP TABLE taken_counts;
END $$;
"""

# What held in a part of its quarter only stands on what held before: from the last
# revision of the whole quarter on, each is set once more.
QUOTAS = f"""
CREATE FUNCTION reps_take_back_quotas(
    import reps_fileimport, ours bigint[], closed datemultirange
) RETURNS {ANSWER} LANGUAGE plpgsql AS $$
DECLARE
    tenant bigint := import.organization_id;
    quotas bigint;
    was record;
BEGIN
    CREATE TEMPORARY TABLE taken_quotas ON COMMIT DROP AS
    SELECT quota_id AS id, min(number) AS first, NULL::text AS stays
    FROM reps_quotarevision WHERE file_import_id = import.id GROUP BY quota_id;
    ANALYZE taken_quotas;
    PERFORM FROM reps_quota JOIN taken_quotas USING (id)
    ORDER BY id FOR UPDATE OF reps_quota;

    UPDATE taken_quotas SET stays = 'worked_on' WHERE id IN (
        SELECT taken.id FROM taken_quotas AS taken JOIN reps_quotarevision AS revision
            ON revision.organization_id = tenant AND revision.quota_id = taken.id
        WHERE (revision.file_import_id = ANY (ours)) IS NOT TRUE
        AND revision.number > first
        UNION ALL
        SELECT unnest(reps_pointed_at('reps_quota', array_agg(id),
            '{{reps_quotarevision}}'))
        FROM taken_quotas WHERE first = 1
    );
    UPDATE taken_quotas AS taken SET stays = 'closed'
    FROM reps_quota AS quota JOIN reps_quarter AS quarter ON quarter.id = quota.quarter_id
    WHERE quota.id = taken.id AND stays IS NULL AND closed @> quarter.starts_on;

    DELETE FROM reps_quotarevision AS revision USING taken_quotas AS taken
    WHERE revision.organization_id = tenant AND revision.quota_id = taken.id
    AND first = 1 AND stays IS NULL;
    DELETE FROM reps_quota AS quota USING taken_quotas AS taken
    WHERE quota.id = taken.id AND first = 1 AND stays IS NULL;
    GET DIAGNOSTICS quotas = ROW_COUNT;
    RETURN QUERY SELECT 'quota', 'gone', quotas, NULL::bigint[];

    FOR was IN
        WITH held AS (
            SELECT revision.* FROM taken_quotas AS taken
            JOIN reps_quotarevision AS revision
                ON revision.organization_id = tenant AND revision.quota_id = taken.id
            WHERE first > 1 AND stays IS NULL AND revision.number < first
        ), whole AS (
            SELECT quota_id, max(number) FILTER (WHERE holds_from IS NULL) AS number
            FROM held GROUP BY quota_id
        )
        SELECT quota_id, held.number, amount, ramp, starts_on, holds_from
        FROM held JOIN whole USING (quota_id)
        WHERE held.number >= coalesce(whole.number, 1)
        UNION ALL
        SELECT quota_id, 0, 0, 1, NULL, NULL FROM whole WHERE number IS NULL
        ORDER BY 1, 2
    LOOP
        UPDATE reps_quota SET amount = was.amount, ramp = was.ramp,
            starts_on = was.starts_on, holds_from = was.holds_from
        WHERE id = was.quota_id;
    END LOOP;
    RETURN QUERY SELECT 'quota', 'put_back', count(*), NULL::bigint[]
    FROM taken_quotas WHERE first > 1 AND stays IS NULL;

    RETURN QUERY SELECT 'quota', stays, count(*), (array_agg(id ORDER BY id))[:{NAMED}]
    FROM taken_quotas WHERE stays IS NOT NULL GROUP BY stays;
    DROP TABLE taken_quotas;
END $$;
"""

# What no ledger knows to be the import's. A team may have to go before the one above it.
MADE = f"""
CREATE FUNCTION reps_take_back_made(import reps_fileimport) RETURNS {ANSWER}
LANGUAGE plpgsql AS $$
DECLARE
    kinds text[] := '{{product, rep, team, user}}';
    kind text;
    kept_by text[];  -- tables whose rows go along with it
    child text;
    known regclass;
    given bigint[];
    gone bigint[];
    removed jsonb := '{{}}';
    any_more boolean := true;
BEGIN
    WHILE any_more LOOP
        any_more := false;
        FOREACH kind IN ARRAY kinds LOOP
            known := 'reps_' || kind;
            CONTINUE WHEN NOT import.result -> 'made' ? kind;
            kept_by := CASE kind
                WHEN 'rep' THEN '{{reps_membership}}'
                WHEN 'user' THEN '{{account_emailaddress, reps_user_groups,
                    reps_user_user_permissions}}'
                ELSE '{{}}' END;
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
            ) AS nobodys;
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
            SELECT kind, 'in_use', cardinality(given)::bigint, given[:{NAMED}];
    END LOOP;
END $$;
"""

# Whoever calls it has said by whom and why, and that it is of this import.
WHOLE = f"""
CREATE FUNCTION reps_take_back_import(
    tenant bigint, of bigint, closed datemultirange
) RETURNS {ANSWER} LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    import reps_fileimport;
    said record;
    ours bigint[];
BEGIN
    SELECT * INTO said FROM reps_who_and_why();
    SELECT * INTO import FROM reps_fileimport
    WHERE organization_id = tenant AND id = of FOR NO KEY UPDATE;
    IF import.state IS DISTINCT FROM 'brought_in' OR EXISTS (
        SELECT FROM reps_fileimport AS later
        WHERE later.organization_id = tenant AND later.state = 'brought_in'
        AND (later.brought_in_at, later.id) > (import.brought_in_at, import.id)
    ) THEN
        RAISE EXCEPTION 'import % is not the last that is in', of
        USING ERRCODE = 'check_violation',
              CONSTRAINT = 'fileimport_taken_back_last_first', TABLE = 'reps_fileimport';
    END IF;
    PERFORM set_config('second_wind.file_import', of::text, true),
        set_config('second_wind.taking_back', 'an import', true);
    SELECT array_agg(id) INTO ours FROM reps_fileimport
    WHERE organization_id = tenant AND (id = of OR state = 'taken_back');

    RETURN QUERY SELECT * FROM reps_take_back_deals(import, ours, closed);
    RETURN QUERY SELECT * FROM reps_take_back_quotas(import, ours, closed);
    RETURN QUERY SELECT * FROM reps_take_back_activity(import, ours);
    RETURN QUERY SELECT * FROM reps_take_back_made(import);
    PERFORM set_config('second_wind.taking_back', '', true);
    UPDATE reps_fileimport SET state = 'taken_back', taken_back_at = said.at,
        taken_back_by_id = said.changed_by
    WHERE id = of;
END $$;
"""

FUNCTIONS = (
    "reps_pointed_at(regclass, bigint[], text[])",
    "reps_take_back_deals(reps_fileimport, bigint[], datemultirange)",
    "reps_take_back_quotas(reps_fileimport, bigint[], datemultirange)",
    "reps_take_back_activity(reps_fileimport, bigint[])",
    "reps_take_back_made(reps_fileimport)",
    "reps_take_back_import(bigint, bigint, datemultirange)",
)
FOR_THE_APP_ALONE = (
    "".join(f"REVOKE ALL ON FUNCTION {each} FROM PUBLIC;\n" for each in FUNCTIONS)
    + f"""
DO $$
DECLARE
    app regrole;
BEGIN
    FOR app IN
        SELECT DISTINCT granted.grantee
        FROM pg_class, aclexplode(relacl) AS granted
        WHERE pg_class.oid = 'reps_fileimport'::regclass
        AND granted.privilege_type = 'UPDATE' AND granted.grantee NOT IN (0, relowner)
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION {FUNCTIONS[-1]} TO %s', app);
    END LOOP;
END $$;
"""
)
FORGET = "".join(f"DROP FUNCTION {each};\n" for each in reversed(FUNCTIONS))


class Migration(migrations.Migration):
    dependencies = [("reps", "0053_look_at_rows_of_imports")]

    operations = [
        migrations.RunSQL(LET_THROUGH, LET_NOTHING_THROUGH),
        migrations.RunSQL(
            POINTED_AT + DEALS + QUOTAS + ACTIVITY + MADE + WHOLE + FOR_THE_APP_ALONE,
            FORGET,
        ),
    ]

"""A deal stands where it last moved, and history is added to, never edited.

Both hold whoever writes: the screen, an import, the shell. The first is checked at commit,
since a deal and its move are two rows.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reps_deal_stands_where_it_last_moved() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    moved bigint;
BEGIN
    IF TG_TABLE_NAME = 'reps_deal' THEN
        moved := NEW.id;
    ELSE
        moved := NEW.deal_id;
    END IF;
    PERFORM FROM reps_deal AS deal
    WHERE deal.id = moved AND NOT EXISTS (
        SELECT FROM (
            SELECT to_stage_id, outcome FROM reps_stagemove
            WHERE deal_id = deal.id ORDER BY number DESC LIMIT 1
        ) AS last
        WHERE last.to_stage_id = deal.stage_id AND last.outcome = deal.outcome
    );
    IF FOUND THEN
        RAISE EXCEPTION 'deal % does not stand where it last moved', moved
        USING ERRCODE = 'check_violation',
              CONSTRAINT = 'deal_stands_where_it_last_moved', TABLE = 'reps_deal';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER deal_stands_where_it_last_moved
AFTER INSERT OR UPDATE OF stage_id, outcome ON reps_deal
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION reps_deal_stands_where_it_last_moved();

CREATE CONSTRAINT TRIGGER stagemove_takes_its_deal_along
AFTER INSERT ON reps_stagemove
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION reps_deal_stands_where_it_last_moved();

CREATE FUNCTION reps_added_to_never_edited() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are added, never edited or deleted', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END $$;

CREATE TRIGGER stagemove_is_history
BEFORE UPDATE OR DELETE ON reps_stagemove
FOR EACH ROW EXECUTE FUNCTION reps_added_to_never_edited();

CREATE TRIGGER activityentry_is_a_ledger
BEFORE UPDATE OR DELETE ON reps_activityentry
FOR EACH ROW EXECUTE FUNCTION reps_added_to_never_edited();
"""

BACK = """
DROP TRIGGER activityentry_is_a_ledger ON reps_activityentry;
DROP TRIGGER stagemove_is_history ON reps_stagemove;
DROP FUNCTION reps_added_to_never_edited();
DROP TRIGGER stagemove_takes_its_deal_along ON reps_stagemove;
DROP TRIGGER deal_stands_where_it_last_moved ON reps_deal;
DROP FUNCTION reps_deal_stands_where_it_last_moved();
"""


class Migration(migrations.Migration):
    dependencies = [("reps", "0001_facts")]

    operations = [migrations.RunSQL(FORWARD, BACK)]

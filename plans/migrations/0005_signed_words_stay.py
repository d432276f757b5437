"""What was put on the table and signed stays, word for word; so does a letter once sent.

Of a proposal one thing is added later: the number of the revision it became, once both
have signed it.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION plans_proposal_becomes_a_revision() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.revision IS NOT NULL
        OR (OLD.id, OLD.organization_id, OLD.plan_id, OLD.number, OLD.content, OLD.reason)
        IS DISTINCT FROM
        (NEW.id, NEW.organization_id, NEW.plan_id, NEW.number, NEW.content, NEW.reason)
    THEN
        RAISE EXCEPTION 'proposal % stays as it was put on the table', OLD.id
        USING ERRCODE = 'restrict_violation', TABLE = 'plans_proposal';
    END IF;
    IF (SELECT count(*) FROM plans_signature WHERE proposal_id = NEW.id) < 2 THEN
        RAISE EXCEPTION 'proposal % is not signed by both', OLD.id
        USING ERRCODE = 'restrict_violation', TABLE = 'plans_proposal';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER proposal_becomes_a_revision
BEFORE UPDATE ON plans_proposal
FOR EACH ROW EXECUTE FUNCTION plans_proposal_becomes_a_revision();

CREATE TRIGGER proposal_is_history
BEFORE DELETE ON plans_proposal
FOR EACH ROW EXECUTE FUNCTION reps_added_to_never_edited();

CREATE TRIGGER signature_is_history
BEFORE UPDATE OR DELETE ON plans_signature
FOR EACH ROW EXECUTE FUNCTION reps_added_to_never_edited();

CREATE TRIGGER nudge_once_sent_is_history
BEFORE UPDATE ON plans_nudge
FOR EACH ROW WHEN (OLD.state = 'sent')
EXECUTE FUNCTION reps_added_to_never_edited();

DO $$
DECLARE
    app regrole;
BEGIN
    FOR app IN
        SELECT DISTINCT granted.grantee
        FROM pg_class, aclexplode(relacl) AS granted
        WHERE pg_class.oid = 'plans_proposal'::regclass
        AND granted.grantee NOT IN (0, relowner)
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON plans_proposal, plans_signature FROM %s', app);
        EXECUTE format('GRANT UPDATE (revision) ON plans_proposal TO %s', app);
    END LOOP;
END $$;
"""

BACK = """
DROP TRIGGER nudge_once_sent_is_history ON plans_nudge;
DROP TRIGGER signature_is_history ON plans_signature;
DROP TRIGGER proposal_is_history ON plans_proposal;
DROP TRIGGER proposal_becomes_a_revision ON plans_proposal;
DROP FUNCTION plans_proposal_becomes_a_revision();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_money_has_a_bound")]

    operations = [migrations.RunSQL(FORWARD, BACK)]

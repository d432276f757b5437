"""In which team a rep sells, and on which days, written by the database itself.

Whoever adds a rep or changes `team_id`, and by whatever way: the triggers see it. Who,
why and from which day come from settings of the transaction. A day that is over changes
with a reason only, and none that is still to come.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reps.models.same_organization

FORWARD = """
INSERT INTO reps_membership (organization_id, rep_id, team_id)
SELECT organization_id, id, team_id FROM reps_rep;

SET CONSTRAINTS ALL IMMEDIATE;

CREATE FUNCTION reps_join_a_team() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO reps_membership (organization_id, rep_id, team_id)
    SELECT organization_id, id, team_id FROM added;
    RETURN NULL;
END $$;

CREATE FUNCTION reps_change_team() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    said record;
    today date;
    since date;
BEGIN
    SELECT * INTO said FROM reps_who_and_why();
    SELECT (said.at AT TIME ZONE time_zone)::date INTO today
    FROM reps_organization WHERE id = NEW.organization_id;
    since := nullif(current_setting('second_wind.since', true), '');
    since := coalesce(since, today);
    IF since > today OR since < today AND said.why = '' THEN
        RAISE EXCEPTION 'a team is changed as of today, or of an earlier day with a reason'
        USING ERRCODE = 'check_violation',
              CONSTRAINT = 'membership_past_says_why', TABLE = 'reps_membership';
    END IF;

    DELETE FROM reps_membership WHERE rep_id = NEW.id AND starts_on >= since;
    UPDATE reps_membership SET ends_on = since - 1
    WHERE rep_id = NEW.id AND coalesce(ends_on >= since, true);
    -- Back to where they were until the day before: they never went.
    UPDATE reps_membership SET ends_on = NULL
    WHERE rep_id = NEW.id AND team_id = NEW.team_id AND ends_on = since - 1;
    IF NOT FOUND THEN
        INSERT INTO reps_membership (organization_id, rep_id, team_id, starts_on)
        VALUES (NEW.organization_id, NEW.id, NEW.team_id, since);
    END IF;

    INSERT INTO reps_teamchange (organization_id, rep_id, from_team_id, to_team_id,
        since, changed_by_id, why, recorded_at)
    SELECT NEW.organization_id, NEW.id, OLD.team_id, NEW.team_id, since, person.id,
        said.why, said.at
    FROM (SELECT 1) AS one LEFT JOIN reps_user AS person
        ON person.id = said.changed_by AND person.organization_id = NEW.organization_id;
    RETURN NULL;
END $$;

CREATE TRIGGER rep_joins_a_team
AFTER INSERT ON reps_rep REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION reps_join_a_team();

CREATE TRIGGER rep_changes_team AFTER UPDATE OF team_id ON reps_rep
FOR EACH ROW WHEN (OLD.team_id IS DISTINCT FROM NEW.team_id)
EXECUTE FUNCTION reps_change_team();

CREATE TRIGGER teamchange_is_a_ledger BEFORE UPDATE OR DELETE ON reps_teamchange
FOR EACH ROW EXECUTE FUNCTION reps_added_to_never_edited();

DO $$
DECLARE
    app regrole;
    kept regclass;
BEGIN
    FOR app, kept IN
        SELECT DISTINCT granted.grantee, pg_class.oid
        FROM pg_class, aclexplode(relacl) AS granted
        WHERE pg_class.oid IN ('reps_membership'::regclass, 'reps_teamchange'::regclass)
        AND granted.grantee NOT IN (0, relowner)
    LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %s FROM %s', kept, app);
    END LOOP;
END $$;
"""

BACK = """
DROP TRIGGER teamchange_is_a_ledger ON reps_teamchange;
DROP TRIGGER rep_changes_team ON reps_rep;
DROP TRIGGER rep_joins_a_team ON reps_rep;
DROP FUNCTION reps_change_team();
DROP FUNCTION reps_join_a_team();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reps", "0019_cancelled_on_goes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Membership",
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
                    "starts_on",
                    models.DateField(
                        help_text="Empty: from the beginning.",
                        null=True,
                        verbose_name="since",
                    ),
                ),
                (
                    "ends_on",
                    models.DateField(
                        help_text="Empty: it is today's team.",
                        null=True,
                        verbose_name="until",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="reps.organization",
                    ),
                ),
                (
                    "rep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="reps.rep",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="reps.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="membership_in_organization"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("organization", "rep"),
                        name="membership_one_without_a_last_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="membership_ends_after_it_starts",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("rep"),
                                    models.F("rep"),
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
                        name="membership_shares_no_day",
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="rep", name="membership_same_organization_rep"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="team", name="membership_same_organization_team"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamChange",
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
                ("since", models.DateField(verbose_name="since")),
                ("why", models.TextField(blank=True, verbose_name="why")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reps.team",
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
                    "rep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="team_changes",
                        to="reps.rep",
                    ),
                ),
                (
                    "to_team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reps.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of team",
                "verbose_name_plural": "changes of team",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="teamchange_in_organization"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="rep", name="teamchange_same_organization_rep"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="from_team", name="teamchange_same_organization_from"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="to_team", name="teamchange_same_organization_to"
                    ),
                    reps.models.same_organization.SameOrganization(
                        field="changed_by", name="teamchange_same_organization_by"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]

"""On which day a deal became an opportunity, kept beside it by the database.

Its moves say so: the first to a stage that counts, or to *won* from wherever it stood. To
ask them each time takes longer with every deal that was ever closed. An import's first
move says where it saw a deal, not since when: then the day it was opened stands in, where
that is known.

The triggers keep it whoever writes a move, corrects the opening day, or says from which
stage on deals count; what else is written into the column is put right.
"""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION reps_date_opportunities(deals bigint[]) RETURNS void
LANGUAGE sql AS $$
    UPDATE reps_deal AS deal SET became_opportunity_on = first.day
    FROM unnest(deals) AS given (id)
    LEFT JOIN LATERAL (
        SELECT CASE WHEN move.number = 1 AND move.kind = 'imported'
            THEN coalesce(said.opened_on, move.moved_on) ELSE move.moved_on END AS day
        FROM reps_stagemove AS move
        JOIN reps_stage AS stage ON stage.id = move.to_stage_id
        JOIN reps_deal AS said ON said.id = move.deal_id
        WHERE move.deal_id = given.id AND (stage.is_opportunity OR move.outcome = 'won')
        ORDER BY move.number LIMIT 1
    ) AS first ON true
    WHERE deal.id = given.id AND deal.became_opportunity_on IS DISTINCT FROM first.day
$$;

CREATE FUNCTION reps_moved_to_an_opportunity() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM reps_date_opportunities(array_agg(DISTINCT deal_id)) FROM added;
    RETURN NULL;
END $$;

CREATE TRIGGER stagemove_dates_its_opportunity
AFTER INSERT ON reps_stagemove REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION reps_moved_to_an_opportunity();

CREATE FUNCTION reps_dated_in_another_way() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM reps_date_opportunities(ARRAY[NEW.id]);
    RETURN NULL;
END $$;

CREATE TRIGGER deal_keeps_its_opportunity_dated
AFTER UPDATE ON reps_deal FOR EACH ROW
WHEN (
    pg_trigger_depth() = 0 AND (OLD.opened_on, OLD.became_opportunity_on)
    IS DISTINCT FROM (NEW.opened_on, NEW.became_opportunity_on)
)
EXECUTE FUNCTION reps_dated_in_another_way();

CREATE FUNCTION reps_counts_from_another_stage() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM reps_date_opportunities(array_agg(DISTINCT move.deal_id))
    FROM was JOIN is_now USING (id)
    JOIN reps_stagemove AS move ON move.to_stage_id = was.id
    WHERE was.is_opportunity <> is_now.is_opportunity;
    RETURN NULL;
END $$;

CREATE TRIGGER stage_dates_opportunities
AFTER UPDATE ON reps_stage REFERENCING OLD TABLE AS was NEW TABLE AS is_now
FOR EACH STATEMENT EXECUTE FUNCTION reps_counts_from_another_stage();

SELECT reps_date_opportunities(array_agg(id)) FROM reps_deal;
"""

BACK = """
DROP TRIGGER stage_dates_opportunities ON reps_stage;
DROP TRIGGER deal_keeps_its_opportunity_dated ON reps_deal;
DROP TRIGGER stagemove_dates_its_opportunity ON reps_stagemove;
DROP FUNCTION reps_counts_from_another_stage();
DROP FUNCTION reps_dated_in_another_way();
DROP FUNCTION reps_moved_to_an_opportunity();
DROP FUNCTION reps_date_opportunities(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [("reps", "0008_closed_deals_by_owner")]

    operations = [
        migrations.AddField(
            model_name="deal",
            name="became_opportunity_on",
            field=models.DateField(
                editable=False,
                help_text=(
                    "Its moves say so too: the database keeps it (migration 0009)."
                ),
                null=True,
                verbose_name="an opportunity since",
            ),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]

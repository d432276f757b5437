"""What an import has PostgreSQL learn about the tables that it fills.

Only their owner may ask for it. Until the import's end autovacuum stays away from both:
it would count none of the rows that are on their way, and note that there are none. Where
another import looks at them already nobody waits for it.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reps_look_at_deals() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    ANALYZE (SKIP_LOCKED) public.reps_deal, public.reps_stagemove;
END $$;
"""
BACK = "DROP FUNCTION reps_look_at_deals();"


class Migration(migrations.Migration):
    dependencies = [("reps", "0012_one_of_each_name")]

    operations = [migrations.RunSQL(FORWARD, BACK)]

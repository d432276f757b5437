#!/bin/sh
# Run once by the postgres image, after roles.sql: the two roles' passwords, from the
# environment. psql quotes them; they are in no command line and no log.
set -eu
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 \
    --username "$POSTGRES_USER" --dbname second_wind <<'SQL'
\getenv owner_password DATABASE_OWNER_PASSWORD
\getenv app_password DATABASE_PASSWORD
ALTER ROLE second_wind_owner PASSWORD :'owner_password';
ALTER ROLE second_wind PASSWORD :'app_password';
SQL

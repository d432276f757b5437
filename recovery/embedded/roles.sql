-- The two roles and the database of Second Wind. For psql, as a superuser; may be run
-- again at any time. Used by the embedded PostgreSQL at every start, and by
-- docker-compose.yml when its server is made. It sets no passwords.
--
--   second_wind_owner  owns the database and its tables, and migrates
--   second_wind        is the app: it reads and writes rows and can change no table
--
-- Neither is a superuser or passes row-level security.

SET client_min_messages = warning;

SELECT 'CREATE ROLE second_wind_owner'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'second_wind_owner') \gexec
SELECT 'CREATE ROLE second_wind'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'second_wind') \gexec

ALTER ROLE second_wind_owner
    LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
ALTER ROLE second_wind
    LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;

SELECT 'CREATE DATABASE second_wind OWNER second_wind_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'second_wind') \gexec

ALTER DATABASE second_wind OWNER TO second_wind_owner;
REVOKE ALL ON DATABASE second_wind FROM PUBLIC;
GRANT CONNECT ON DATABASE second_wind TO second_wind;

\connect second_wind

SET client_min_messages = warning;

ALTER SCHEMA public OWNER TO second_wind_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO second_wind;

ALTER DEFAULT PRIVILEGES FOR ROLE second_wind_owner
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO second_wind;
ALTER DEFAULT PRIVILEGES FOR ROLE second_wind_owner
    GRANT USAGE, SELECT ON SEQUENCES TO second_wind;

-- What the tests' throwaway cluster has beyond roles.sql: the owner may make databases,
-- and in each of them the app has the rights it has in second_wind.

ALTER ROLE second_wind_owner CREATEDB;

\connect template1

SET client_min_messages = warning;

ALTER DEFAULT PRIVILEGES FOR ROLE second_wind_owner
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO second_wind;
ALTER DEFAULT PRIVILEGES FOR ROLE second_wind_owner
    GRANT USAGE, SELECT ON SEQUENCES TO second_wind;

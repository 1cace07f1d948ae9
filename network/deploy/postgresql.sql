-- Roles and database of a node; run once as a PostgreSQL superuser:
--   psql -U postgres -v owner_password=... -v serving_password=... -f network/deploy/postgresql.sql
-- The first role owns the tables and migrates; the second serves and can neither change tables
-- nor pass row security. CREATEDB is for the test suite: take it away on a node that only serves.
CREATE ROLE visits_owner LOGIN CREATEDB PASSWORD :'owner_password';
CREATE ROLE visits_serving LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'serving_password';
CREATE DATABASE visits OWNER visits_owner ENCODING 'UTF8' TEMPLATE template0;

-- A role that reads what the dashboards show and nothing else: no keys, no sessions, no payloads of the bus.
-- Run after Outcry has made its tables, and again at any time: psql -v password=... -f grafana-reader.sql
SELECT format('CREATE ROLE outcry_reader LOGIN PASSWORD %L', :'password')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'outcry_reader') \gexec
ALTER ROLE outcry_reader PASSWORD :'password';
ALTER ROLE outcry_reader SET default_transaction_read_only = on;
ALTER ROLE outcry_reader SET statement_timeout = '10s';
GRANT USAGE ON SCHEMA outcry TO outcry_reader;
GRANT SELECT ON outcry.issue, outcry.alert, outcry.timeline, outcry.delivery, outcry.mention, outcry.mute,
  outcry.source_state TO outcry_reader;

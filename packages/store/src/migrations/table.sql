-- Which migrations this database has had; checksums are SHA-256 of the file, in hex.
CREATE SCHEMA IF NOT EXISTS outcry;
CREATE TABLE outcry.migration (
  number integer PRIMARY KEY,
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);

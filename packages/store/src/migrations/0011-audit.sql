-- Who wrote what, from where, and what came of it. Rows are only added: a trigger refuses every change but three, which
-- say in their own transaction what they are for (outcry.audit_change): retention deletes, the erasure of a person takes
-- the words for who it was and from where, and a restore fills an empty table.
CREATE TABLE outcry.audit (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at_ms bigint NOT NULL,
  request_id text NOT NULL,
  who text NOT NULL,
  via text NOT NULL CHECK (via IN ('token', 'session', 'webhook', 'command')),
  credential text,
  address text,
  operation text NOT NULL,
  route text NOT NULL,
  brand text,
  issue_id text,
  subject text,
  status integer,
  idempotency_key text
);
CREATE INDEX audit_time ON outcry.audit (at_ms DESC, seq DESC);
CREATE INDEX audit_who ON outcry.audit (who, at_ms DESC);

CREATE FUNCTION outcry.audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change text := coalesce(current_setting('outcry.audit_change', true), '');
  personal text[] := '{who,credential,address,idempotency_key}';
BEGIN
  IF TG_OP = 'DELETE' AND change = 'retention' THEN RETURN OLD; END IF;
  IF TG_OP = 'TRUNCATE' AND change = 'restore' THEN RETURN NULL; END IF;
  IF TG_OP = 'UPDATE' AND change = 'erasure' THEN
    IF to_jsonb(NEW) - personal = to_jsonb(OLD) - personal THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'rows of outcry.audit are only added' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_rows_stay BEFORE UPDATE OR DELETE ON outcry.audit
  FOR EACH ROW EXECUTE FUNCTION outcry.audit_stays();
CREATE TRIGGER audit_stays BEFORE TRUNCATE ON outcry.audit
  FOR EACH STATEMENT EXECUTE FUNCTION outcry.audit_stays();

-- A session is made from a token or, now, from a person's sign-in by the identity provider: who, with what they may do.
ALTER TABLE outcry.session ALTER COLUMN token_hash DROP NOT NULL;
ALTER TABLE outcry.session ADD COLUMN person jsonb;
ALTER TABLE outcry.session ADD CONSTRAINT session_owner CHECK ((person IS NULL) <> (token_hash IS NULL));

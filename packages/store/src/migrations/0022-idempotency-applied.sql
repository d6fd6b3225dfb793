-- Set in the transaction of the write: a process may die between that and its answer.
ALTER TABLE outcry.idempotency ADD COLUMN applied boolean NOT NULL DEFAULT false;

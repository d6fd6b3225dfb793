-- What a person may do about a source that cannot see, as its connector says it.
ALTER TABLE outcry.source_state ADD COLUMN fix text;

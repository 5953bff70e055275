-- What a person gave up of what the trigger had parked. A discarded vote no longer keeps a result from
-- being certified, so it must never count after that: store looks here before it records.
CREATE TABLE audit.parked_discard (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  binding text NOT NULL,
  stream text NOT NULL,
  sequence bigint NOT NULL CHECK (sequence >= 0),
  stamped_at timestamptz NOT NULL,
  vote_id bytea CHECK (octet_length(vote_id) = 16),
  law_id text,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500 AND reason !~ '[[:cntrl:]]'),
  author text NOT NULL CHECK (length(author) BETWEEN 1 AND 80 AND author !~ '[[:cntrl:]]'),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (binding, stream, sequence, stamped_at)
);
CREATE INDEX parked_discard_vote ON audit.parked_discard (vote_id) WHERE vote_id IS NOT NULL;
COMMENT ON TABLE audit.parked_discard IS 'Parked events that persons gave up, each once. Append-only';
COMMENT ON COLUMN audit.parked_discard.id IS 'The order in which they were given up';
COMMENT ON COLUMN audit.parked_discard.binding IS 'The binding that could not get it through';
COMMENT ON COLUMN audit.parked_discard.stream IS 'The stream that its original is in';
COMMENT ON COLUMN audit.parked_discard.sequence IS 'The original''s number in that stream';
COMMENT ON COLUMN audit.parked_discard.stamped_at IS 'The broker''s stamp of the original, in whole microseconds: a stream that lost its tail gives numbers twice';
COMMENT ON COLUMN audit.parked_discard.vote_id IS 'The vote, where it could be read';
COMMENT ON COLUMN audit.parked_discard.law_id IS 'The contest, where it could be read';
COMMENT ON COLUMN audit.parked_discard.reason IS 'Why, in words that everybody may read';
COMMENT ON COLUMN audit.parked_discard.author IS 'Who gave it up, as they named themselves';
COMMENT ON COLUMN audit.parked_discard.at IS 'When, by the clock of Postgres: its author cannot set it';

GRANT SELECT ON audit.parked_discard TO scrutin_audit;
GRANT INSERT (binding, stream, sequence, stamped_at, vote_id, law_id, reason, author)
  ON audit.parked_discard TO scrutin_audit;

-- store: which votes it may not record any more, and not who said so.
GRANT USAGE ON SCHEMA audit TO scrutin_store;
GRANT SELECT (vote_id) ON audit.parked_discard TO scrutin_store;

-- reconcile: what is discarded is neither lost nor waiting.
GRANT SELECT (binding, stream, sequence, stamped_at, vote_id) ON audit.parked_discard
  TO scrutin_reconcile;

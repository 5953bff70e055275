CREATE TABLE store.participation (
  law_id  text NOT NULL,
  tag     bytea NOT NULL CHECK (length(tag) = 32),
  vote_id bytea NOT NULL CHECK (length(vote_id) = 16),
  -- The key that decides: no voter counts twice. The only random index on the way of a vote into
  -- this schema, since such indexes are what slows at eight million rows.
  PRIMARY KEY (law_id, tag)
);
COMMENT ON TABLE store.participation IS 'Who has voted, and which of their votes stands. No time: nothing that could be joined with the ballot box.';
COMMENT ON COLUMN store.participation.law_id IS 'The contest.';
COMMENT ON COLUMN store.participation.tag IS 'The voter.';
COMMENT ON COLUMN store.participation.vote_id IS 'The vote that stands: the first one.';

CREATE TABLE store.envelope (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  law_id  text NOT NULL,
  vote_id bytea NOT NULL CHECK (length(vote_id) = 16),
  scheme  smallint NOT NULL,
  key_id  text NOT NULL,
  sealed  bytea NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);
-- A queue: rows come and go, so it is vacuumed early, and read from its old end of each contest.
CREATE INDEX envelope_waiting ON store.envelope (law_id, id);
COMMENT ON TABLE store.envelope IS 'Recorded votes that nobody has opened yet; tally takes them out.';
COMMENT ON COLUMN store.envelope.id IS 'The order of arrival, gone with the row.';
COMMENT ON COLUMN store.envelope.law_id IS 'The contest.';
COMMENT ON COLUMN store.envelope.vote_id IS 'The vote, which the sealed choice is bound to.';
COMMENT ON COLUMN store.envelope.scheme IS 'How the choice was sealed.';
COMMENT ON COLUMN store.envelope.key_id IS 'The ballot key it was sealed to.';
COMMENT ON COLUMN store.envelope.sealed IS 'The choice, which only tally can read.';

GRANT SELECT, INSERT ON store.participation, store.envelope TO scrutin_store;
GRANT SELECT ON store.participation TO scrutin_dedup, scrutin_audit;
-- FOR UPDATE needs the right to update some column; no value of it is ever changed.
GRANT SELECT, DELETE, UPDATE (id) ON store.envelope TO scrutin_tally;
GRANT SELECT (id, law_id) ON store.envelope TO scrutin_audit;

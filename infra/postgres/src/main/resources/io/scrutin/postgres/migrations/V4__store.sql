-- The key that decides that no voter counts twice. No time, no running number: nothing by which a
-- row could be laid beside the ballot box. One random index; a second would halve the rate by the
-- time eight million have voted.
CREATE TABLE store.participation (
  law_id text NOT NULL,
  tag bytea NOT NULL CHECK (octet_length(tag) = 32),
  vote_id bytea NOT NULL CHECK (octet_length(vote_id) = 16),
  PRIMARY KEY (law_id, tag)
);
COMMENT ON TABLE store.participation IS 'Who has voted: one row a voter and contest, never changed or deleted';
COMMENT ON COLUMN store.participation.law_id IS 'The contest';
COMMENT ON COLUMN store.participation.tag IS 'The voter, as on the roll';
COMMENT ON COLUMN store.participation.vote_id IS 'The vote that stands; any other of this voter is a duplicate';

-- A queue: tally takes rows out as fast as store puts them in. Its key grows, so that inserts meet
-- at one end; and dead rows are cleared long before the default fifth of the table is dead, or
-- SKIP LOCKED would step over them again and again.
CREATE TABLE store.envelope (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  law_id text NOT NULL,
  vote_id bytea NOT NULL CHECK (octet_length(vote_id) = 16),
  scheme smallint NOT NULL CHECK (scheme >= 1),
  key_id text NOT NULL,
  sealed bytea NOT NULL
) WITH (
  autovacuum_vacuum_scale_factor = 0.01,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_insert_scale_factor = 0.05,
  autovacuum_vacuum_cost_delay = 0
);
-- Sealed bytes do not compress, and stay in the row.
ALTER TABLE store.envelope ALTER COLUMN sealed SET STORAGE EXTERNAL;
COMMENT ON TABLE store.envelope IS 'Sealed ballots between being recorded and being separated from their vote ids; then deleted';
COMMENT ON COLUMN store.envelope.id IS 'The order of the queue';
COMMENT ON COLUMN store.envelope.law_id IS 'The contest';
COMMENT ON COLUMN store.envelope.vote_id IS 'The vote: part of what the seal is bound to';
COMMENT ON COLUMN store.envelope.scheme IS 'How it is sealed';
COMMENT ON COLUMN store.envelope.key_id IS 'Which ballot key opens it';
COMMENT ON COLUMN store.envelope.sealed IS 'The sealed choice';

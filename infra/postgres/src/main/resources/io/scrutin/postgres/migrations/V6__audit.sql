-- Four rows a vote, written once. The one random index is its key; it answers both questions asked
-- of it: was this step seen, and what became of this vote?
CREATE TABLE audit.vote_audit (
  vote_id bytea NOT NULL CHECK (octet_length(vote_id) = 16),
  step smallint NOT NULL CHECK (step BETWEEN 1 AND 5),
  law_id text NOT NULL,
  at timestamptz NOT NULL,
  detail text,
  PRIMARY KEY (vote_id, step)
);
COMMENT ON TABLE audit.vote_audit IS 'The trail of each vote id. It knows neither voter nor choice. Append-only';
COMMENT ON COLUMN audit.vote_audit.vote_id IS 'The vote: the request id that its voter was given';
COMMENT ON COLUMN audit.vote_audit.step IS '1 cast, 2 recorded, 3 duplicated, 4 rejected, 5 parked';
COMMENT ON COLUMN audit.vote_audit.law_id IS 'The contest';
COMMENT ON COLUMN audit.vote_audit.at IS 'When the broker stamped the event';
COMMENT ON COLUMN audit.vote_audit.detail IS 'Why, for a vote that was rejected or parked';

CREATE TABLE audit.attempt_counter (
  law_id text NOT NULL,
  tag bytea NOT NULL CHECK (octet_length(tag) = 32),
  last int NOT NULL CHECK (last >= 1),
  PRIMARY KEY (law_id, tag)
) WITH (fillfactor = 80);
COMMENT ON TABLE audit.attempt_counter IS 'How often a voter who voted twice or more has tried';
COMMENT ON COLUMN audit.attempt_counter.law_id IS 'The contest';
COMMENT ON COLUMN audit.attempt_counter.tag IS 'The voter';
COMMENT ON COLUMN audit.attempt_counter.last IS 'The number of the latest attempt; the recorded vote is number 1';

CREATE TABLE audit.duplicate_attempts (
  vote_id bytea PRIMARY KEY CHECK (octet_length(vote_id) = 16),
  law_id text NOT NULL,
  tag bytea NOT NULL CHECK (octet_length(tag) = 32),
  attempt int NOT NULL CHECK (attempt >= 2),
  at timestamptz NOT NULL
);
-- Read newest first, page by page, by anybody.
CREATE INDEX duplicate_attempts_newest ON audit.duplicate_attempts (law_id, at, vote_id);
COMMENT ON TABLE audit.duplicate_attempts IS 'Each further attempt of a voter whose vote is recorded, numbered once. Append-only';
COMMENT ON COLUMN audit.duplicate_attempts.vote_id IS 'The attempt';
COMMENT ON COLUMN audit.duplicate_attempts.law_id IS 'The contest';
COMMENT ON COLUMN audit.duplicate_attempts.tag IS 'The voter';
COMMENT ON COLUMN audit.duplicate_attempts.attempt IS 'Its number, from 2 on';
COMMENT ON COLUMN audit.duplicate_attempts.at IS 'When the broker stamped the event';

CREATE TABLE audit.review_queue (
  vote_id bytea PRIMARY KEY CHECK (octet_length(vote_id) = 16),
  law_id text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX review_queue_newest ON audit.review_queue (law_id, at, vote_id);
COMMENT ON TABLE audit.review_queue IS 'Votes that a person should look at: rejected and parked ones';
COMMENT ON COLUMN audit.review_queue.vote_id IS 'The vote';
COMMENT ON COLUMN audit.review_queue.law_id IS 'The contest';
COMMENT ON COLUMN audit.review_queue.reason IS 'Why it is here';
COMMENT ON COLUMN audit.review_queue.at IS 'When the broker stamped the event';

CREATE TABLE audit.turnout (
  law_id text NOT NULL,
  step smallint NOT NULL CHECK (step BETWEEN 1 AND 5),
  count bigint NOT NULL CHECK (count >= 0),
  PRIMARY KEY (law_id, step)
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);
COMMENT ON TABLE audit.turnout IS 'How many votes of a contest were seen at each step';
COMMENT ON COLUMN audit.turnout.law_id IS 'The contest';
COMMENT ON COLUMN audit.turnout.step IS 'As in vote_audit';
COMMENT ON COLUMN audit.turnout.count IS 'Rows of vote_audit with that step';

CREATE TABLE audit.contest_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  law_id text NOT NULL,
  what text NOT NULL,
  at timestamptz NOT NULL,
  UNIQUE (law_id, what, at)
);
COMMENT ON TABLE audit.contest_log IS 'What happened to each contest. Append-only';
COMMENT ON COLUMN audit.contest_log.id IS 'The order in which audit saw it';
COMMENT ON COLUMN audit.contest_log.law_id IS 'The contest';
COMMENT ON COLUMN audit.contest_log.what IS 'opened, or closed and until when it took votes';
COMMENT ON COLUMN audit.contest_log.at IS 'When the change was made, the same however often it is published; with the rest of the row, what a redelivery runs into';

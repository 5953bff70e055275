CREATE TABLE audit.vote_audit (
  vote_id bytea NOT NULL CHECK (length(vote_id) = 16),
  step    smallint NOT NULL CHECK (step BETWEEN 1 AND 5),
  law_id  text NOT NULL,
  at      timestamptz NOT NULL,
  detail  text,
  PRIMARY KEY (vote_id, step)
);
COMMENT ON TABLE audit.vote_audit IS 'Each vote''s trail. Rows are added and never changed.';
COMMENT ON COLUMN audit.vote_audit.vote_id IS 'The vote.';
COMMENT ON COLUMN audit.vote_audit.step IS '1 cast, 2 recorded, 3 duplicated, 4 rejected, 5 parked.';
COMMENT ON COLUMN audit.vote_audit.law_id IS 'The contest.';
COMMENT ON COLUMN audit.vote_audit.at IS 'When the broker stamped the event that says so.';
COMMENT ON COLUMN audit.vote_audit.detail IS 'Why it was rejected or parked.';

CREATE TABLE audit.attempt_counter (
  law_id text NOT NULL,
  tag    bytea NOT NULL,
  last   integer NOT NULL CHECK (last >= 1),
  PRIMARY KEY (law_id, tag)
);
COMMENT ON TABLE audit.attempt_counter IS 'How many attempts of a voter are numbered; its row''s lock numbers them without gaps.';
COMMENT ON COLUMN audit.attempt_counter.law_id IS 'The contest.';
COMMENT ON COLUMN audit.attempt_counter.tag IS 'The voter.';
COMMENT ON COLUMN audit.attempt_counter.last IS 'The last number given; the recorded vote is number 1.';

CREATE TABLE audit.duplicate_attempts (
  vote_id bytea PRIMARY KEY CHECK (length(vote_id) = 16),
  law_id  text NOT NULL,
  tag     bytea NOT NULL,
  attempt integer NOT NULL CHECK (attempt >= 2),
  at      timestamptz NOT NULL
);
COMMENT ON TABLE audit.duplicate_attempts IS 'Votes of voters who had voted, numbered per voter from 2.';
COMMENT ON COLUMN audit.duplicate_attempts.vote_id IS 'The vote that does not count.';
COMMENT ON COLUMN audit.duplicate_attempts.law_id IS 'The contest.';
COMMENT ON COLUMN audit.duplicate_attempts.tag IS 'The voter.';
COMMENT ON COLUMN audit.duplicate_attempts.attempt IS 'Which attempt of the voter it was.';
COMMENT ON COLUMN audit.duplicate_attempts.at IS 'When the broker stamped the event that says so.';

CREATE TABLE audit.review_queue (
  vote_id bytea PRIMARY KEY CHECK (length(vote_id) = 16),
  law_id  text NOT NULL,
  reason  text NOT NULL,
  at      timestamptz NOT NULL
);
COMMENT ON TABLE audit.review_queue IS 'Votes that a person should look at: rejected and parked ones.';
COMMENT ON COLUMN audit.review_queue.vote_id IS 'The vote.';
COMMENT ON COLUMN audit.review_queue.law_id IS 'The contest.';
COMMENT ON COLUMN audit.review_queue.reason IS 'Why it is here.';
COMMENT ON COLUMN audit.review_queue.at IS 'When the broker stamped the event that says so.';

CREATE TABLE audit.turnout (
  law_id text NOT NULL,
  step   smallint NOT NULL,
  count  bigint NOT NULL CHECK (count >= 0),
  PRIMARY KEY (law_id, step)
) WITH (fillfactor = 50);
COMMENT ON TABLE audit.turnout IS 'How many rows vote_audit has of each step, so that nobody counts eight million.';
COMMENT ON COLUMN audit.turnout.law_id IS 'The contest.';
COMMENT ON COLUMN audit.turnout.step IS 'As in vote_audit.';
COMMENT ON COLUMN audit.turnout.count IS 'How many.';

CREATE TABLE audit.contest_log (
  id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  law_id text NOT NULL,
  what   text NOT NULL,
  at     timestamptz NOT NULL,
  UNIQUE (law_id, what, at)
);
COMMENT ON TABLE audit.contest_log IS 'Openings and closings.';
COMMENT ON COLUMN audit.contest_log.id IS 'The order in which audit heard of them.';
COMMENT ON COLUMN audit.contest_log.law_id IS 'The contest.';
COMMENT ON COLUMN audit.contest_log.what IS 'opened or closed.';
COMMENT ON COLUMN audit.contest_log.at IS 'When the broker stamped the event.';

GRANT SELECT, INSERT ON audit.vote_audit, audit.duplicate_attempts, audit.review_queue, audit.contest_log TO scrutin_audit;
GRANT SELECT, INSERT, UPDATE ON audit.attempt_counter, audit.turnout TO scrutin_audit;

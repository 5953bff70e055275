-- No key, no time, no order: a row is one opened ballot of a shuffled group, and says nothing else.
CREATE TABLE tally.ballot_box (
  law_id text NOT NULL,
  choice text NOT NULL
);
COMMENT ON TABLE tally.ballot_box IS 'Opened ballots, separated from their vote ids: what a recount counts';
COMMENT ON COLUMN tally.ballot_box.law_id IS 'The contest';
COMMENT ON COLUMN tally.ballot_box.choice IS 'The choice''s id';

-- A few rows that change with every batch: half of each page stays free, so that a new version of
-- a row finds room beside the old one and the index is left alone.
CREATE TABLE tally.tally (
  law_id text NOT NULL,
  choice text NOT NULL,
  votes bigint NOT NULL CHECK (votes >= 0),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (law_id, choice)
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);
COMMENT ON TABLE tally.tally IS 'The counts: always the ballot box, added up';
COMMENT ON COLUMN tally.tally.law_id IS 'The contest';
COMMENT ON COLUMN tally.tally.choice IS 'The choice''s id';
COMMENT ON COLUMN tally.tally.votes IS 'How many ballots of the box give it';
COMMENT ON COLUMN tally.tally.updated_at IS 'When a group of ballots last added to it';

CREATE TABLE tally.spoiled (
  vote_id bytea PRIMARY KEY CHECK (octet_length(vote_id) = 16),
  law_id text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE tally.spoiled IS 'Recorded votes whose ballot could not be opened or gives no choice of its contest';
COMMENT ON COLUMN tally.spoiled.vote_id IS 'The vote';
COMMENT ON COLUMN tally.spoiled.law_id IS 'The contest';
COMMENT ON COLUMN tally.spoiled.reason IS 'What was wrong, without what was inside';
COMMENT ON COLUMN tally.spoiled.at IS 'When tally set it aside';

CREATE VIEW tally.vote_results AS
SELECT
  law_id,
  coalesce(sum(votes) FILTER (WHERE choice = 'oui'), 0)::bigint AS oui_count,
  coalesce(sum(votes) FILTER (WHERE choice = 'non'), 0)::bigint AS non_count,
  max(updated_at) AS updated_at
FROM tally.tally
GROUP BY law_id;
COMMENT ON VIEW tally.vote_results IS 'The counts of a referendum in one row; other choices are in tally.tally only';
COMMENT ON COLUMN tally.vote_results.law_id IS 'The contest';
COMMENT ON COLUMN tally.vote_results.oui_count IS 'Ballots for the choice oui';
COMMENT ON COLUMN tally.vote_results.non_count IS 'Ballots for the choice non';
COMMENT ON COLUMN tally.vote_results.updated_at IS 'When a group of ballots last added to either';

CREATE TABLE tally.ballot_box (
  law_id text NOT NULL,
  choice text NOT NULL
);
COMMENT ON TABLE tally.ballot_box IS 'One row a ballot, put in shuffled, with nothing on it but the choice: what a recount counts.';
COMMENT ON COLUMN tally.ballot_box.law_id IS 'The contest.';
COMMENT ON COLUMN tally.ballot_box.choice IS 'What was voted for.';

CREATE TABLE tally.tally (
  law_id     text NOT NULL,
  choice     text NOT NULL,
  votes      bigint NOT NULL CHECK (votes >= 0),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (law_id, choice)
) WITH (fillfactor = 50);
COMMENT ON TABLE tally.tally IS 'Ballots of the box, counted.';
COMMENT ON COLUMN tally.tally.law_id IS 'The contest.';
COMMENT ON COLUMN tally.tally.choice IS 'What was voted for.';
COMMENT ON COLUMN tally.tally.votes IS 'How many ballots of the box say so.';
COMMENT ON COLUMN tally.tally.updated_at IS 'When the last group of ballots was added.';

CREATE TABLE tally.spoiled (
  vote_id bytea PRIMARY KEY,
  law_id  text NOT NULL,
  reason  text NOT NULL,
  at      timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE tally.spoiled IS 'Envelopes that held no vote. There should be none.';
COMMENT ON COLUMN tally.spoiled.vote_id IS 'The vote.';
COMMENT ON COLUMN tally.spoiled.law_id IS 'The contest.';
COMMENT ON COLUMN tally.spoiled.reason IS 'What was wrong.';
COMMENT ON COLUMN tally.spoiled.at IS 'When it was found.';

CREATE VIEW tally.vote_results AS
SELECT law_id,
       coalesce(sum(votes) FILTER (WHERE choice = 'oui'), 0)::bigint AS oui_count,
       coalesce(sum(votes) FILTER (WHERE choice = 'non'), 0)::bigint AS non_count,
       max(updated_at) AS updated_at
FROM tally.tally
GROUP BY law_id;
COMMENT ON VIEW tally.vote_results IS 'The tally of a referendum in one row.';

GRANT SELECT, INSERT, UPDATE ON tally.tally TO scrutin_tally;
GRANT SELECT, INSERT ON tally.ballot_box, tally.spoiled TO scrutin_tally;
GRANT SELECT ON tally.tally, tally.vote_results TO scrutin_results, scrutin_audit;
GRANT SELECT ON tally.ballot_box, tally.spoiled TO scrutin_audit;

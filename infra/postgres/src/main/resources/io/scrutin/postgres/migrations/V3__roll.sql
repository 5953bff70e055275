CREATE TABLE roll.roll (
  law_id text PRIMARY KEY CHECK (length(law_id) BETWEEN 1 AND 64),
  size bigint NOT NULL CHECK (size >= 0),
  scheme text NOT NULL CHECK (length(scheme) BETWEEN 1 AND 32),
  complete_at timestamptz
);
COMMENT ON TABLE roll.roll IS 'What is known of the roll of a contest as a whole';
COMMENT ON COLUMN roll.roll.law_id IS 'The contest';
COMMENT ON COLUMN roll.roll.size IS 'How many voters it has once it is complete';
COMMENT ON COLUMN roll.roll.scheme IS 'How its tags are made: hmac-sha256, or sha256 for older rolls';
COMMENT ON COLUMN roll.roll.complete_at IS 'Since when all voters are in; empty: still loading, and nobody may be refused';

-- Its one index is the key, and the key is random: each further one would slow the loading of
-- millions, and nobody looks a voter up by anything else.
CREATE TABLE roll.voter (
  law_id text NOT NULL,
  tag bytea NOT NULL CHECK (octet_length(tag) = 32),
  PRIMARY KEY (law_id, tag)
);
COMMENT ON TABLE roll.voter IS 'The voters of each contest';
COMMENT ON COLUMN roll.voter.law_id IS 'The contest';
COMMENT ON COLUMN roll.voter.tag IS 'What stands for the credential; one-way, and different in each contest';

CREATE TABLE roll.roll (
  law_id      text PRIMARY KEY,
  size        bigint NOT NULL CHECK (size >= 0),
  scheme      text NOT NULL,
  complete_at timestamptz
);
COMMENT ON TABLE roll.roll IS 'One roll per contest. Redis is an index of it.';
COMMENT ON COLUMN roll.roll.law_id IS 'The contest.';
COMMENT ON COLUMN roll.roll.size IS 'How many voters it has when it is whole.';
COMMENT ON COLUMN roll.roll.scheme IS 'How tags are made of NAS, code and law.';
COMMENT ON COLUMN roll.roll.complete_at IS 'When its last tag was in. While null the roll is loading and nobody may be refused.';

CREATE TABLE roll.voter (
  law_id text NOT NULL,
  tag    bytea NOT NULL CHECK (length(tag) = 32),
  PRIMARY KEY (law_id, tag)
);
COMMENT ON TABLE roll.voter IS 'Who may vote, as tags: neither NAS nor code can be read from them.';
COMMENT ON COLUMN roll.voter.law_id IS 'The contest.';
COMMENT ON COLUMN roll.voter.tag IS 'HMAC of NAS, code and law under the contest''s pepper.';

GRANT SELECT ON roll.roll, roll.voter TO scrutin_verify;
GRANT SELECT ON roll.roll TO scrutin_audit;

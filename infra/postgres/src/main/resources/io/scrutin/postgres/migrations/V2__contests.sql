CREATE TABLE contests.contest (
  law_id text PRIMARY KEY CHECK (length(law_id) BETWEEN 1 AND 64),
  definition jsonb NOT NULL,
  opens_at timestamptz NOT NULL,
  closes_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK (closes_at > opens_at)
);
COMMENT ON TABLE contests.contest IS 'One question put to the voters';
COMMENT ON COLUMN contests.contest.law_id IS 'Names the contest everywhere: events, tags, counts';
COMMENT ON COLUMN contests.contest.definition IS 'The contest as the event voting.contest.opened carries it: texts, choices, results policy, ballot key (public half)';
COMMENT ON COLUMN contests.contest.opens_at IS 'The first moment at which the broker may stamp a cast that counts';
COMMENT ON COLUMN contests.contest.closes_at IS 'A cast stamped at this moment or later does not count; overrides what the definition says';
COMMENT ON COLUMN contests.contest.state IS 'draft (nobody but its makers sees it), open (published), closed (certified or on the way there)';
COMMENT ON COLUMN contests.contest.updated_at IS 'When this row last changed';

CREATE TABLE contests.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz
);
COMMENT ON TABLE contests.outbox IS 'Events written in the transaction that made them true, published after it';
COMMENT ON COLUMN contests.outbox.id IS 'The order in which they are published';
COMMENT ON COLUMN contests.outbox.event IS 'The CloudEvent';
COMMENT ON COLUMN contests.outbox.created_at IS 'When it became true';
COMMENT ON COLUMN contests.outbox.published_at IS 'When the broker acknowledged it; empty: still to be published';

-- What a crash left is found without reading the years before it.
CREATE INDEX outbox_unpublished ON contests.outbox (id) WHERE published_at IS NULL;

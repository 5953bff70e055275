CREATE TABLE contests.contest (
  law_id     text PRIMARY KEY,
  definition jsonb NOT NULL,
  opens_at   timestamptz NOT NULL,
  closes_at  timestamptz NOT NULL,
  state      text NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK (closes_at > opens_at)
);
COMMENT ON TABLE contests.contest IS 'One question put to the voters.';
COMMENT ON COLUMN contests.contest.law_id IS 'The name under which votes are cast.';
COMMENT ON COLUMN contests.contest.definition IS 'What voters see and the public half of the ballot key, as in the contest.opened event.';
COMMENT ON COLUMN contests.contest.opens_at IS 'Casts that the broker stamped before do not count.';
COMMENT ON COLUMN contests.contest.closes_at IS 'Casts that the broker stamped from then on do not count. Moved at least the propagation margin ahead when a contest is closed early.';
COMMENT ON COLUMN contests.contest.state IS 'draft, open or closed; open means announced, opens_at says from when.';
COMMENT ON COLUMN contests.contest.updated_at IS 'When the row was last written.';

CREATE TABLE contests.outbox (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event        jsonb NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz
);
COMMENT ON TABLE contests.outbox IS 'Events written in the transaction that they announce, until they are published.';
COMMENT ON COLUMN contests.outbox.id IS 'The order in which they were written.';
COMMENT ON COLUMN contests.outbox.event IS 'The CloudEvent as it goes out.';
COMMENT ON COLUMN contests.outbox.created_at IS 'When it was written.';
COMMENT ON COLUMN contests.outbox.published_at IS 'When the broker had it; null until then.';

GRANT SELECT, INSERT, UPDATE ON contests.contest, contests.outbox TO scrutin_contests;
GRANT SELECT ON contests.contest TO scrutin_verify, scrutin_tally, scrutin_results, scrutin_audit;

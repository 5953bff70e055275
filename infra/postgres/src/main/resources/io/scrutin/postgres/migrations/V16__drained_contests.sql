-- The last ballots of a contest are opened together once no vote in time is on its way any more.
-- Only the broker knows that, and tally, which holds the ballot key, has no connection to it.
ALTER TABLE contests.contest ADD COLUMN drained_at timestamptz;
COMMENT ON COLUMN contests.contest.drained_at IS 'When every reader of the streams was seen past the end: no vote in time is on its way any more';

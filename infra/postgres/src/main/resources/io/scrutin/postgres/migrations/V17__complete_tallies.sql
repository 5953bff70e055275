-- results shows the counts that its contest withholds until the end once they are complete. Its role
-- may look at no envelope, and learns from this view only whether there is one.
CREATE VIEW tally.complete AS
SELECT contest.law_id FROM contests.contest AS contest
WHERE contest.drained_at IS NOT NULL
  AND NOT EXISTS (SELECT FROM store.envelope AS waiting WHERE waiting.law_id = contest.law_id);
COMMENT ON VIEW tally.complete IS 'The contests of which no vote is on its way and no envelope waits';
COMMENT ON COLUMN tally.complete.law_id IS 'The contest';
GRANT SELECT ON tally.complete TO scrutin_results;

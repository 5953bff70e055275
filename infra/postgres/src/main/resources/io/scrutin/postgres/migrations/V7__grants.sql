-- The whole list. What is not here, no function may do; GrantsTest holds it to that.

GRANT USAGE ON SCHEMA contests TO scrutin_contests, scrutin_verify, scrutin_tally, scrutin_results,
  scrutin_audit;
GRANT USAGE ON SCHEMA roll TO scrutin_verify, scrutin_audit;
GRANT USAGE ON SCHEMA store TO scrutin_store, scrutin_dedup, scrutin_tally, scrutin_audit;
GRANT USAGE ON SCHEMA tally TO scrutin_tally, scrutin_results, scrutin_audit;
GRANT USAGE ON SCHEMA audit TO scrutin_audit;

-- contests: its own schema.
GRANT SELECT, INSERT, UPDATE, DELETE ON contests.contest, contests.outbox TO scrutin_contests;

-- verify: reads who may vote, and when. It writes nothing.
GRANT SELECT ON contests.contest, roll.roll, roll.voter TO scrutin_verify;

-- dedup: reads whose vote is recorded, before it calls one a duplicate.
GRANT SELECT ON store.participation TO scrutin_dedup;

-- store: adds, and reads back which vote stands. It can change or delete nothing.
GRANT SELECT, INSERT ON store.participation TO scrutin_store;
GRANT INSERT ON store.envelope TO scrutin_store;

-- tally: takes envelopes, fills the box, counts. FOR UPDATE SKIP LOCKED asks for UPDATE on at least
-- one column; the id is generated always, so that this one allows to lock a row and no more.
GRANT SELECT, DELETE, UPDATE (id) ON store.envelope TO scrutin_tally;
GRANT SELECT ON contests.contest TO scrutin_tally;
GRANT SELECT, INSERT ON tally.ballot_box, tally.spoiled TO scrutin_tally;
GRANT SELECT, INSERT, UPDATE ON tally.tally TO scrutin_tally;

-- results: reads counts, and when they may be shown.
GRANT SELECT ON contests.contest, tally.tally, tally.vote_results TO scrutin_results;

-- audit: adds to its trail. Of the others it reads what the reports compare; of participation and
-- envelopes the law alone, which is enough to count them and too little to join them.
GRANT SELECT, INSERT ON audit.vote_audit, audit.duplicate_attempts, audit.review_queue,
  audit.contest_log TO scrutin_audit;
GRANT SELECT, INSERT, UPDATE ON audit.attempt_counter, audit.turnout TO scrutin_audit;
GRANT SELECT ON contests.contest, roll.roll, tally.tally, tally.ballot_box TO scrutin_audit;
GRANT SELECT (law_id) ON store.participation, store.envelope, tally.spoiled TO scrutin_audit;

-- The one who compares the books: it reads all of them and changes none. Temporary tables are where
-- it lays the broker's vote ids beside the tables' (eight million do not fit into a heap), and they
-- can be filled in a transaction that only reads.
DO $$
BEGIN
  BEGIN
    CREATE ROLE scrutin_reconcile LOGIN NOINHERIT;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
  END;
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO scrutin_reconcile', current_database());
  EXECUTE format('ALTER ROLE scrutin_reconcile IN DATABASE %I SET synchronous_commit = on',
      current_database());
  EXECUTE format('ALTER ROLE scrutin_reconcile IN DATABASE %I SET default_transaction_read_only = on',
      current_database());
  -- Eight million casts come in one COPY, as fast as the broker gives them.
  EXECUTE format('ALTER ROLE scrutin_reconcile IN DATABASE %I SET statement_timeout = ''10min''',
      current_database());
  EXECUTE format('ALTER ROLE scrutin_reconcile IN DATABASE %I SET idle_in_transaction_session_timeout = ''5min''',
      current_database());
  -- It hashes one side of a contest against the other; at the default this is done on disk.
  EXECUTE format('ALTER ROLE scrutin_reconcile IN DATABASE %I SET work_mem = ''64MB''',
      current_database());
END
$$;

-- Of envelopes the vote id and never what is sealed; the box has no id at all. So what it may read
-- leads from a voter's tag to a vote id, and from there to no choice.
GRANT USAGE ON SCHEMA contests, roll, store, tally, audit TO scrutin_reconcile;
GRANT SELECT ON contests.contest, roll.roll, roll.voter, store.participation, tally.ballot_box,
  tally.tally, audit.vote_audit, audit.attempt_counter, audit.duplicate_attempts, audit.turnout
  TO scrutin_reconcile;
GRANT SELECT (law_id, vote_id) ON store.envelope, tally.spoiled, audit.review_queue TO scrutin_reconcile;
-- Whether a contest's casts may be purged by now.
GRANT SELECT (law_id) ON contests.publication TO scrutin_reconcile;

-- Who opens and closes the doors on a cluster: it reads when contests are, and writes nothing.
DO $$
BEGIN
  BEGIN
    CREATE ROLE scrutin_doorkeeper LOGIN NOINHERIT;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
  END;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO scrutin_doorkeeper', current_database());
  EXECUTE format('ALTER ROLE scrutin_doorkeeper IN DATABASE %I SET synchronous_commit = on',
      current_database());
  EXECUTE format('ALTER ROLE scrutin_doorkeeper IN DATABASE %I SET default_transaction_read_only = on',
      current_database());
  -- It runs each minute, and one that hangs is in the way of the next.
  EXECUTE format('ALTER ROLE scrutin_doorkeeper IN DATABASE %I SET statement_timeout = ''10s''',
      current_database());
  EXECUTE format('ALTER ROLE scrutin_doorkeeper IN DATABASE %I SET idle_in_transaction_session_timeout = ''10s''',
      current_database());
  -- reconcile runs as a function now, and a process that is killed in the middle of a look leaves a
  -- statement of minutes behind, which nobody waits for.
  EXECUTE format('ALTER ROLE scrutin_reconcile IN DATABASE %I SET client_connection_check_interval = ''5s''',
      current_database());
END
$$;

-- Of contests no more than when, and of the outbox no more than that something waits in it: this
-- role's password lies beside an account that may change what runs on the cluster.
GRANT USAGE ON SCHEMA contests TO scrutin_doorkeeper;
GRANT SELECT (law_id, opens_at, closes_at, state) ON contests.contest TO scrutin_doorkeeper;
GRANT SELECT (published_at) ON contests.outbox TO scrutin_doorkeeper;

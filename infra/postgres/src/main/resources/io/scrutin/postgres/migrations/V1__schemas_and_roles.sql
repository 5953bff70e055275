-- One schema per function, one role per function. Whoever migrates owns all of it and serves no
-- request; submit has no role: it never speaks to the database.
CREATE SCHEMA contests;
CREATE SCHEMA roll;
CREATE SCHEMA store;
CREATE SCHEMA tally;
CREATE SCHEMA audit;

COMMENT ON SCHEMA contests IS 'contests: what is voted on, and when';
COMMENT ON SCHEMA roll IS 'the roll: who may vote, as tags';
COMMENT ON SCHEMA store IS 'store: who has voted, and sealed ballots that wait to be separated';
COMMENT ON SCHEMA tally IS 'tally: the ballot box and its counts';
COMMENT ON SCHEMA audit IS 'audit: what became of each vote id';

REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- Roles belong to the whole server, so another database of it may have made them already, or be
-- making them at this moment. Passwords are no part of the history: Migrate sets them each time.
DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['scrutin_contests', 'scrutin_verify', 'scrutin_dedup',
      'scrutin_store', 'scrutin_tally', 'scrutin_results', 'scrutin_audit'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', role_name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
  END LOOP;

  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO scrutin_contests, scrutin_verify, scrutin_dedup, '
      'scrutin_store, scrutin_tally, scrutin_results, scrutin_audit', current_database());

  -- Said per database: "recorded" means durable, even on a server whose default was relaxed; and a
  -- statement that hangs is ended before the batch it serves is given to somebody else.
  FOREACH role_name IN ARRAY ARRAY['scrutin_verify', 'scrutin_dedup', 'scrutin_store',
      'scrutin_tally', 'scrutin_results', 'scrutin_audit', 'scrutin_contests'] LOOP
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET synchronous_commit = on',
        role_name, current_database());
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET statement_timeout = ''30s''',
        role_name, current_database());
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET idle_in_transaction_session_timeout = ''30s''',
        role_name, current_database());
  END LOOP;
END
$$;

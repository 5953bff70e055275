-- One schema and one role per function. A role may use its own schema and the few tables of others
-- that are granted below each table; nothing is granted to PUBLIC.

REVOKE ALL ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA contests;
CREATE SCHEMA roll;
CREATE SCHEMA store;
CREATE SCHEMA tally;
CREATE SCHEMA audit;

-- Roles belong to the whole server, where another database of ours may have made them already.
DO $roles$
DECLARE
  function_name text;
BEGIN
  FOREACH function_name IN ARRAY ARRAY['contests', 'verify', 'dedup', 'store', 'tally', 'results', 'audit'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I LOGIN', 'scrutin_' || function_name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
  END LOOP;
END
$roles$;

GRANT USAGE ON SCHEMA contests TO scrutin_contests, scrutin_verify, scrutin_tally, scrutin_results, scrutin_audit;
GRANT USAGE ON SCHEMA roll TO scrutin_verify, scrutin_audit;
GRANT USAGE ON SCHEMA store TO scrutin_store, scrutin_dedup, scrutin_tally, scrutin_audit;
GRANT USAGE ON SCHEMA tally TO scrutin_tally, scrutin_results, scrutin_audit;
GRANT USAGE ON SCHEMA audit TO scrutin_audit;

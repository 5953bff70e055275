-- A roll's voters name it by a number of 4 bytes instead of by its law's text in every row and every
-- index entry: 8 million fit in 1 GB, index included (ADR 12).
ALTER TABLE roll.roll ADD COLUMN number int GENERATED ALWAYS AS IDENTITY UNIQUE;
ALTER TABLE roll.roll ADD COLUMN manifest_sha256 bytea CHECK (octet_length(manifest_sha256) = 32);
ALTER TABLE roll.roll ADD COLUMN key_id text CHECK (length(key_id) BETWEEN 1 AND 64);
COMMENT ON COLUMN roll.roll.number IS 'Stands for the law in the rows of its voters';
COMMENT ON COLUMN roll.roll.manifest_sha256 IS 'SHA-256 of the manifest that it is loaded from; empty for a roll from before there were any';
COMMENT ON COLUMN roll.roll.key_id IS 'Names the pepper of its tags without telling it; none for a scheme without a key';

ALTER TABLE roll.voter RENAME TO voter_by_law;
ALTER INDEX roll.voter_pkey RENAME TO voter_by_law_pkey;

-- Voters without a roll would be forgotten here, and then refused: they get one that is not complete.
INSERT INTO roll.roll (law_id, size, scheme)
  SELECT law_id, count(*), 'hmac-sha256' FROM roll.voter_by_law GROUP BY law_id
  ON CONFLICT (law_id) DO NOTHING;

-- No foreign key: it would ask for the roll once per voter, and only hashgen writes here, one roll
-- at a time. Voters come in the order of their tags, so that pages of the index fill up to the brim
-- and stay so: hence the fill factor.
CREATE TABLE roll.voter (
  roll int NOT NULL,
  tag bytea NOT NULL CHECK (octet_length(tag) = 32),
  PRIMARY KEY (roll, tag) WITH (fillfactor = 100)
);
COMMENT ON TABLE roll.voter IS 'The voters of each contest';
COMMENT ON COLUMN roll.voter.roll IS 'The number of the roll';
COMMENT ON COLUMN roll.voter.tag IS 'What stands for the credential; one-way, and different in each contest';

INSERT INTO roll.voter (roll, tag)
  SELECT r.number, v.tag FROM roll.voter_by_law v JOIN roll.roll r USING (law_id)
  ORDER BY r.number, v.tag;
DROP TABLE roll.voter_by_law;

CREATE TABLE roll.shard (
  roll int NOT NULL REFERENCES roll.roll (number),
  shard int NOT NULL CHECK (shard > 0),
  sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
  size bigint NOT NULL CHECK (size >= 0),
  loaded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (roll, shard)
);
COMMENT ON TABLE roll.shard IS 'Which parts of a roll are in: written in the transaction that brings their voters';
COMMENT ON COLUMN roll.shard.roll IS 'The number of the roll';
COMMENT ON COLUMN roll.shard.shard IS 'Its place in the manifest, from 1';
COMMENT ON COLUMN roll.shard.sha256 IS 'SHA-256 of the file that it was read from';
COMMENT ON COLUMN roll.shard.size IS 'How many voters it brought';
COMMENT ON COLUMN roll.shard.loaded_at IS 'When';

DO $$
DECLARE
  setting record;
BEGIN
  BEGIN
    CREATE ROLE scrutin_hashgen LOGIN NOINHERIT;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
  END;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO scrutin_hashgen', current_database());
  EXECUTE format('ALTER ROLE scrutin_hashgen IN DATABASE %I SET synchronous_commit = on',
      current_database());
  -- A million voters come in one statement, and eight million go out in one.
  EXECUTE format('ALTER ROLE scrutin_hashgen IN DATABASE %I SET statement_timeout = ''30min''',
      current_database());
  -- Its lock on a roll is the session's, and a machine that is gone says no goodbye: without these its
  -- session would live for the two hours of TCP. A client that is stopped, not ended, must not hold
  -- it either. Postgres 13 does not know all of them.
  FOR setting IN
    SELECT wanted.name, wanted.value
    FROM (VALUES
      ('idle_in_transaction_session_timeout', '5min'),
      ('idle_session_timeout', '5min'),
      ('tcp_keepalives_idle', '30s'),
      ('tcp_keepalives_interval', '10s'),
      ('tcp_keepalives_count', '3'),
      ('tcp_user_timeout', '60s')) AS wanted (name, value)
    JOIN pg_settings known ON known.name = wanted.name
  LOOP
    EXECUTE format('ALTER ROLE scrutin_hashgen IN DATABASE %I SET %I = %L',
        current_database(), setting.name, setting.value);
  END LOOP;
END
$$;

-- hashgen: adds rolls and voters, and marks a roll complete. It takes no voter off a roll.
GRANT USAGE ON SCHEMA roll TO scrutin_hashgen;
GRANT SELECT, INSERT, UPDATE ON roll.roll TO scrutin_hashgen;
GRANT SELECT, INSERT ON roll.voter, roll.shard TO scrutin_hashgen;

-- verify: as before, on the table made anew.
GRANT SELECT ON roll.voter TO scrutin_verify;

-- The life of a contest as commands and contests' step change it, and what is certified at its end.

ALTER TABLE contests.contest DROP CONSTRAINT contest_state_check;
ALTER TABLE contests.contest ADD CONSTRAINT contest_state_check
  CHECK (state IN ('draft', 'open', 'closed', 'published'));
COMMENT ON COLUMN contests.contest.state IS 'draft (nobody but its makers sees it), open (announced to everybody, also before opens_at), closed (closes_at has passed), published (its result is certified); it never goes back';
COMMENT ON COLUMN contests.contest.definition IS 'The contest as the event voting.contest.opened carries it: texts, choices, results policy, ballot key (public half). Frozen once it is open';

-- The same fact has the same event id, and is written once however many try to make it true.
CREATE UNIQUE INDEX outbox_event_id ON contests.outbox ((event ->> 'id'));

CREATE TABLE contests.publication (
  law_id text PRIMARY KEY REFERENCES contests.contest (law_id),
  document bytea NOT NULL CHECK (octet_length(document) BETWEEN 1 AND 4194304),
  signature bytea NOT NULL CHECK (octet_length(signature) = 64),
  published_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE contests.publication IS 'The certified result of each contest. Append-only';
COMMENT ON COLUMN contests.publication.law_id IS 'The contest';
COMMENT ON COLUMN contests.publication.document IS 'The results document, byte by byte as it was signed';
COMMENT ON COLUMN contests.publication.signature IS 'Ed25519 over the document; the document names the key';
COMMENT ON COLUMN contests.publication.published_at IS 'When it was published';

GRANT SELECT, INSERT ON contests.publication TO scrutin_contests;
-- Whether a result is final is known to everybody; results learns no more than that.
GRANT SELECT (law_id) ON contests.publication TO scrutin_results;

-- contests certifies figures of others: it reads counts, and of single rows the law alone.
GRANT USAGE ON SCHEMA roll, store, tally, audit TO scrutin_contests;
GRANT SELECT ON roll.roll, tally.tally, audit.turnout TO scrutin_contests;
GRANT SELECT (law_id) ON store.participation, store.envelope, tally.spoiled TO scrutin_contests;

-- A contest that was announced stays.
REVOKE DELETE ON contests.contest, contests.outbox FROM scrutin_contests;

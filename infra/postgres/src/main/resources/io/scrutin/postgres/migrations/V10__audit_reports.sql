-- What the reports need beside the trail. Each count follows from new rows of the trail, in their
-- transaction, so the reports never read the trail as a whole.
ALTER TABLE audit.turnout ADD COLUMN last_at timestamptz;
COMMENT ON COLUMN audit.turnout.last_at IS 'The latest stamp among them: whether anything comes at all';

CREATE TABLE audit.turnout_hour (
  law_id text NOT NULL,
  hour timestamptz NOT NULL,
  step smallint NOT NULL CHECK (step BETWEEN 1 AND 5),
  count bigint NOT NULL CHECK (count >= 0),
  PRIMARY KEY (law_id, hour, step)
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);
COMMENT ON TABLE audit.turnout_hour IS 'How many votes of a contest came to each step in each hour. Exact, so it is shown to nobody as it is';
COMMENT ON COLUMN audit.turnout_hour.law_id IS 'The contest';
COMMENT ON COLUMN audit.turnout_hour.hour IS 'When the hour began, in UTC, by the broker''s stamp';
COMMENT ON COLUMN audit.turnout_hour.step IS 'As in vote_audit';
COMMENT ON COLUMN audit.turnout_hour.count IS 'Rows of vote_audit with that step and hour';

CREATE TABLE audit.refusal (
  law_id text NOT NULL,
  reason text NOT NULL,
  count bigint NOT NULL CHECK (count >= 0),
  PRIMARY KEY (law_id, reason)
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);
COMMENT ON TABLE audit.refusal IS 'How many votes of a contest were rejected, and why';
COMMENT ON COLUMN audit.refusal.law_id IS 'The contest';
COMMENT ON COLUMN audit.refusal.reason IS 'A code: the detail of the trail';
COMMENT ON COLUMN audit.refusal.count IS 'Rows of vote_audit that say rejected for this reason';

CREATE TABLE audit.review_decision (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  vote_id bytea NOT NULL REFERENCES audit.review_queue,
  decision text NOT NULL CHECK (decision IN ('upheld', 'dismissed', 'escalated')),
  author text NOT NULL CHECK (length(author) BETWEEN 1 AND 80 AND author !~ '[[:cntrl:]]'),
  note text CHECK (length(note) BETWEEN 1 AND 500 AND note !~ '[[:cntrl:]]'),
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- The decisions on one vote, in their order.
CREATE INDEX review_decision_of_vote ON audit.review_decision (vote_id, id);
COMMENT ON TABLE audit.review_decision IS 'What persons decided on votes of the review queue; the latest holds. It changes no vote. Append-only';
COMMENT ON COLUMN audit.review_decision.id IS 'The order in which they were made';
COMMENT ON COLUMN audit.review_decision.vote_id IS 'The vote';
COMMENT ON COLUMN audit.review_decision.decision IS 'upheld (rightly refused or parked), dismissed (nothing to pursue), escalated (handed on)';
COMMENT ON COLUMN audit.review_decision.author IS 'Who decided, as they named themselves';
COMMENT ON COLUMN audit.review_decision.note IS 'Why, in words that everybody may read';
COMMENT ON COLUMN audit.review_decision.at IS 'When, by the clock of Postgres: its author cannot set it';

-- Finds casts without an outcome, oldest first. Stamps grow, so that inserts meet at one end; a
-- random index here would halve the rate.
CREATE INDEX vote_audit_casts ON audit.vote_audit (law_id, at) WHERE step = 1;

-- What a trail from before holds already.
UPDATE audit.turnout t SET last_at = (
  SELECT max(at) FROM audit.vote_audit v WHERE v.law_id = t.law_id AND v.step = t.step);
INSERT INTO audit.turnout_hour (law_id, hour, step, count)
  SELECT law_id, date_trunc('hour', at, 'UTC'), step, count(*) FROM audit.vote_audit GROUP BY 1, 2, 3;
INSERT INTO audit.refusal (law_id, reason, count)
  SELECT law_id, detail, count(*) FROM audit.vote_audit
  WHERE step = 4 AND detail IS NOT NULL GROUP BY 1, 2;

-- audit: counts, and adds decisions whose time it cannot choose.
GRANT SELECT, INSERT, UPDATE ON audit.turnout_hour, audit.refusal TO scrutin_audit;
GRANT SELECT ON audit.review_decision TO scrutin_audit;
GRANT INSERT (vote_id, decision, author, note) ON audit.review_decision TO scrutin_audit;

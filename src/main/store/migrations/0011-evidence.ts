/**
 * The chain of evidence: core/passport.ts says what a link holds and how it is hashed. Numbers are never used twice
 * (AUTOINCREMENT), so a chain whose newest links were taken away can be told from one that never had them.
 *
 * alert.link: the link with the alert's passport; NULL for alerts of older versions. What an alert or signal says is
 * written once: it may be read, cleared, marked and renamed, and nothing else.
 */
export const up = `
  CREATE TABLE evidence (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    alert    TEXT,          -- as its passport names it; NULL where a link is about no single one
    kind     TEXT NOT NULL,
    previous TEXT NOT NULL, -- the hash of the link before, in hex
    content  TEXT NOT NULL CHECK (json_valid(content)), -- canonical JSON
    hash     TEXT NOT NULL
  ) STRICT;

  CREATE INDEX evidence_by_alert ON evidence (alert);
  CREATE INDEX evidence_renames ON evidence (seq) WHERE kind = 'rename';

  ALTER TABLE alert ADD COLUMN link INTEGER;
  CREATE UNIQUE INDEX alert_by_link ON alert (link) WHERE link IS NOT NULL;

  CREATE TRIGGER evidence_stays BEFORE DELETE ON evidence
  BEGIN SELECT raise(ABORT, 'A link of the chain of evidence is never deleted.'); END;

  CREATE TRIGGER evidence_stands BEFORE UPDATE ON evidence
  BEGIN SELECT raise(ABORT, 'A link of the chain of evidence is never changed.'); END;

  CREATE TRIGGER alert_stays BEFORE DELETE ON alert WHEN OLD.link IS NOT NULL
  BEGIN SELECT raise(ABORT, 'An alert with a passport is never deleted.'); END;

  CREATE TRIGGER alert_stands
  BEFORE UPDATE OF raised_at, timeframe, rule, bar_time, side, price, operands, text, late, link ON alert
  BEGIN SELECT raise(ABORT, 'What an alert says is never changed.'); END;

  CREATE TRIGGER signal_stands
  BEFORE UPDATE OF timeframe, rule, bar_time, side, price, operands, stored_at ON signal
  BEGIN SELECT raise(ABORT, 'What a signal says is never changed.'); END;
`;

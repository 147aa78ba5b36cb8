/**
 * How alerts turned out. Those whose outcome can still change are found by an index of their own; which they are is
 * written beside the alert. What can be empty lies between what cannot, so that a row looks like that of no other table.
 */
export const up = `
  CREATE TABLE outcome (
    alert     TEXT    NOT NULL UNIQUE, -- alert.id
    after_5   REAL,                    -- percent of the signal's price, seen from its side; NULL is unknown
    after_15  REAL,
    after_60  REAL,
    at_close  REAL,
    best      REAL,
    worst     REAL,
    random    TEXT CHECK (json_valid(random)), -- entries at random beside it, and how many of them gained
    graded_at INTEGER NOT NULL,        -- epoch milliseconds
    is_final  INTEGER NOT NULL CHECK (is_final IN (0, 1))
  ) STRICT;

  ALTER TABLE alert ADD COLUMN graded INTEGER NOT NULL DEFAULT 0 CHECK (graded IN (0, 1));
  CREATE INDEX alert_ungraded ON alert (bar_time) WHERE graded = 0;
`;

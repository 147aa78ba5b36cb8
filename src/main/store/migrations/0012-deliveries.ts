/**
 * What channels owe, and what became of it: a row for each alert and each channel that has to tell of it. Rows stay
 * when they are settled. The index has the time in front, so that its rows look like those of no table.
 */
export const up = `
  CREATE TABLE delivery (
    alert      TEXT    NOT NULL, -- alert.id
    channel    TEXT    NOT NULL,
    attempts   INTEGER NOT NULL, -- made in vain
    due_at     INTEGER NOT NULL, -- epoch milliseconds; not before then
    state      TEXT    NOT NULL CHECK (state IN ('waiting', 'told', 'failed', 'quiet')),
    settled_at INTEGER,          -- NULL while it waits
    PRIMARY KEY (alert, channel),
    CHECK ((state = 'waiting') = (settled_at IS NULL))
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX delivery_waiting ON delivery (due_at, channel) WHERE state = 'waiting';
`;

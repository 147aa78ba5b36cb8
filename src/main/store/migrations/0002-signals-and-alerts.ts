/**
 * An alert carries its signal's columns instead of pointing at the signal, so that each list can be read,
 * and one day be trimmed, without the other.
 */
export const up = `
  CREATE TABLE signal (
    instrument TEXT    NOT NULL,
    timeframe  TEXT    NOT NULL,
    rule       TEXT    NOT NULL,
    bar_time   INTEGER NOT NULL, -- epoch milliseconds
    side       TEXT    NOT NULL CHECK (side IN ('buy', 'sell')),
    price      REAL    NOT NULL,
    operands   TEXT    NOT NULL CHECK (json_valid(operands)), -- the values the rule judged by
    stored_at  INTEGER NOT NULL, -- epoch milliseconds
    PRIMARY KEY (instrument, timeframe, rule, bar_time)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE alert (
    id         TEXT    NOT NULL UNIQUE, -- the signal's identity
    raised_at  INTEGER NOT NULL,        -- epoch milliseconds
    instrument TEXT    NOT NULL,
    timeframe  TEXT    NOT NULL,
    rule       TEXT    NOT NULL,
    bar_time   INTEGER NOT NULL,
    side       TEXT    NOT NULL CHECK (side IN ('buy', 'sell')),
    price      REAL    NOT NULL,
    operands   TEXT    NOT NULL CHECK (json_valid(operands)),
    text       TEXT    NOT NULL,
    read       INTEGER NOT NULL CHECK (read IN (0, 1)),
    late       INTEGER NOT NULL CHECK (late IN (0, 1)),
    cleared    INTEGER NOT NULL DEFAULT 0 CHECK (cleared IN (0, 1))
  ) STRICT;

  CREATE INDEX alert_listed ON alert (raised_at) WHERE cleared = 0;
`;

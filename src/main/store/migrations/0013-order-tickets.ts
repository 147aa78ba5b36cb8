/**
 * What rules asked of a broker, each by its key, and what became of it. Rows stand in the order in which they were
 * stored and are never deleted: positions are made of them.
 */
export const up = `
  CREATE TABLE order_ticket (
    key             TEXT    NOT NULL PRIMARY KEY, -- rule, instrument, bar_time and purpose, with spaces between
    rule            TEXT    NOT NULL,
    instrument      TEXT    NOT NULL,
    timeframe       TEXT    NOT NULL,
    side            TEXT    NOT NULL CHECK (side IN ('buy', 'sell')),
    quantity        REAL    NOT NULL,
    limit_price     REAL,             -- NULL is a market order
    purpose         TEXT    NOT NULL CHECK (purpose IN ('entry', 'stop', 'target', 'exit')),
    bar_time        INTEGER NOT NULL, -- epoch milliseconds
    at              INTEGER NOT NULL,
    stop_percent    REAL,             -- of the price of the fill
    stop_points     REAL,             -- in the instrument's currency
    target_percent  REAL,
    target_points   REAL,
    state           TEXT    NOT NULL
      CHECK (state IN ('intended', 'placed', 'filled', 'cancelled', 'rejected', 'expired')),
    broker_order_id TEXT,
    filled_price    REAL,
    filled_at       INTEGER,
    message         TEXT,             -- why it was rejected, cancelled or expired
    updated_at      INTEGER NOT NULL,
    CHECK ((state = 'filled') = (filled_price IS NOT NULL)),
    CHECK ((filled_price IS NULL) = (filled_at IS NULL))
  ) STRICT;

  CREATE INDEX order_ticket_by_update ON order_ticket (updated_at);
`;

/** Recorded ticks in order of arrival, which `id` counts: two may carry the same times and both count. */
export const up = `
  CREATE TABLE tick (
    id             INTEGER PRIMARY KEY,
    instrument     TEXT    NOT NULL,
    time           INTEGER NOT NULL, -- the exchange's, epoch milliseconds
    received_at    INTEGER NOT NULL, -- ours
    ltp            REAL    NOT NULL,
    day_volume     REAL,
    previous_close REAL,
    day_open       REAL,
    day_high       REAL,
    day_low        REAL
  ) STRICT;
`;

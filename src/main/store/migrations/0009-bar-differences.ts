/**
 * Closed bars that a venue tells otherwise than we built them: its own streamed bars, or those of a second venue.
 * The bar that is stored is left as it is; history is the judge.
 */
export const up = `
  CREATE TABLE bar_difference (
    instrument    TEXT    NOT NULL,
    timeframe     TEXT    NOT NULL,
    open_time     INTEGER NOT NULL, -- epoch milliseconds
    venue         TEXT    NOT NULL, -- whose word differs
    at            INTEGER NOT NULL, -- when we noticed
    ours_open     REAL    NOT NULL,
    ours_high     REAL    NOT NULL,
    ours_low      REAL    NOT NULL,
    ours_close    REAL    NOT NULL,
    ours_volume   REAL,             -- NULL where unknown
    theirs_open   REAL    NOT NULL,
    theirs_high   REAL    NOT NULL,
    theirs_low    REAL    NOT NULL,
    theirs_close  REAL    NOT NULL,
    theirs_volume REAL,
    PRIMARY KEY (open_time, instrument, timeframe, venue)
  ) STRICT, WITHOUT ROWID;
`;

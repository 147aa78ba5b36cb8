/**
 * Stretches of one instrument, timeframe and provenance lie apart from each other: they are joined as they are
 * written. The key has their end in front, because the question is always what reaches into a time.
 */
export const up = `
  CREATE TABLE covered (
    instrument TEXT    NOT NULL,
    close      INTEGER NOT NULL, -- epoch milliseconds; [open, close)
    timeframe  TEXT    NOT NULL, -- of the bars that are stored
    provenance INTEGER NOT NULL, -- as in candle
    open       INTEGER NOT NULL CHECK (open < close),
    PRIMARY KEY (instrument, close, timeframe, provenance)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE revision (
    id            INTEGER PRIMARY KEY, -- counts the changes of a bar
    instrument    TEXT    NOT NULL,
    timeframe     TEXT    NOT NULL,
    open_time     INTEGER NOT NULL,    -- epoch milliseconds
    reason        TEXT    NOT NULL CHECK (reason IN ('history', 'official', 'late-tick', 'import')),
    at            INTEGER NOT NULL,    -- when we learned of it
    before_open   REAL,                -- all NULL: there was no bar
    before_high   REAL,
    before_low    REAL,
    before_close  REAL,
    before_volume REAL,                -- NULL as in candle
    after_open    REAL    NOT NULL,
    after_high    REAL    NOT NULL,
    after_low     REAL    NOT NULL,
    after_close   REAL    NOT NULL,
    after_volume  REAL
  ) STRICT;

  CREATE INDEX revision_by_time ON revision (open_time);

  CREATE TABLE auction (
    instrument TEXT    NOT NULL,
    date       TEXT    NOT NULL, -- YYYY-MM-DD, the market's own
    kind       TEXT    NOT NULL CHECK (kind IN ('pre-open', 'closing')),
    open_time  INTEGER NOT NULL, -- epoch milliseconds
    open       REAL    NOT NULL,
    high       REAL    NOT NULL,
    low        REAL    NOT NULL,
    close      REAL    NOT NULL, -- the auction's price
    volume     REAL,             -- NULL as in candle
    PRIMARY KEY (instrument, date, kind)
  ) STRICT, WITHOUT ROWID;
`;

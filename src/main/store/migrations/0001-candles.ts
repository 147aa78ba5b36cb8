export const up = `
  CREATE TABLE candle (
    instrument TEXT    NOT NULL,
    timeframe  TEXT    NOT NULL,
    open_time  INTEGER NOT NULL, -- epoch milliseconds
    open       REAL    NOT NULL,
    high       REAL    NOT NULL,
    low        REAL    NOT NULL,
    close      REAL    NOT NULL,
    volume     REAL,             -- NULL: the instrument has none, or nobody told
    provenance INTEGER NOT NULL, -- 1 live, 2 history, 3 official; a higher one overrules
    PRIMARY KEY (instrument, timeframe, open_time)
  ) STRICT, WITHOUT ROWID;
`;

export const up = `
  CREATE TABLE instrument (
    key            TEXT    NOT NULL UNIQUE,
    name           TEXT    NOT NULL,
    segment        TEXT    NOT NULL,
    sector         TEXT,
    tick_size      REAL    NOT NULL,
    price_decimals INTEGER NOT NULL,
    lot_size       INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE document (
    name TEXT NOT NULL PRIMARY KEY,
    json TEXT NOT NULL CHECK (json_valid(json))
  ) STRICT, WITHOUT ROWID;
`;

/** Coins are traded in fractions: instrument.lot_size becomes REAL. Rows keep their order. */
export const up = `
  ALTER TABLE instrument RENAME TO old_instrument;
  CREATE TABLE instrument (
    key            TEXT    NOT NULL UNIQUE,
    name           TEXT    NOT NULL,
    segment        TEXT    NOT NULL,
    sector         TEXT,
    tick_size      REAL    NOT NULL,
    price_decimals INTEGER NOT NULL,
    lot_size       REAL    NOT NULL
  ) STRICT;
  INSERT INTO instrument SELECT * FROM old_instrument ORDER BY rowid;
  DROP TABLE old_instrument;
`;

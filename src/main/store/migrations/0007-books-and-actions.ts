/**
 * The levels of a book are JSON, [price, quantity, orders] each: five levels of two sides take no more bytes than
 * the same numbers in a BLOB, and everybody's tools can read them. Like ticks, books are kept in order of arrival.
 */
export const up = `
  CREATE TABLE order_book (
    id          INTEGER PRIMARY KEY,
    instrument  TEXT    NOT NULL,
    time        INTEGER NOT NULL, -- the exchange's, epoch milliseconds
    received_at INTEGER NOT NULL, -- ours
    bids        TEXT    NOT NULL CHECK (json_valid(bids)), -- the best first; orders may be null
    asks        TEXT    NOT NULL CHECK (json_valid(asks))
  ) STRICT;

  CREATE TABLE corporate_action (
    instrument TEXT NOT NULL,
    ex_date    TEXT NOT NULL, -- YYYY-MM-DD, first session at the new price
    kind       TEXT NOT NULL CHECK (kind IN ('split', 'bonus', 'demerger')),
    factor     REAL NOT NULL CHECK (factor > 0), -- what prices are multiplied by
    note       TEXT NOT NULL,
    PRIMARY KEY (instrument, ex_date, kind)
  ) STRICT, WITHOUT ROWID;
`;

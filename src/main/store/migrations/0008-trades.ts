/**
 * What venues that tell each trade say of it, and the best prices of those that stream them.
 * tick.quantity: of this very trade. tick.side: who came to the other's price. NULL where the venue does not tell.
 * candle.marks gains 4: told by the venue that stands in for the first.
 */
export const up = `
  ALTER TABLE tick ADD COLUMN quantity REAL;
  ALTER TABLE tick ADD COLUMN side TEXT CHECK (side IN ('buy', 'sell'));
  ALTER TABLE tick ADD COLUMN bid REAL;
  ALTER TABLE tick ADD COLUMN ask REAL;
`;

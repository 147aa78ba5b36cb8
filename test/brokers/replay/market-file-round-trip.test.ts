import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { symbolOfFile } from '../../../src/main/brokers/replay/market-file.ts';
import { parseMarketFile } from '../../../src/main/brokers/replay/parse-market-file.ts';

const BARS = 'time,open,high,low,close,volume\n';
const parse = (text: string) => parseMarketFile(new TextEncoder().encode(text), 'INFY.csv');

describe('a round trip', () => {
  const price = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
  const row = fc
    .tuple(fc.tuple(price, price, price, price), fc.double({ min: 0, max: 1e15, noNaN: true }))
    .map(([prices, volume]) => {
      const sorted = [...prices].sort((a, b) => a - b) as [number, number, number, number];
      return [prices[0], sorted[3], sorted[0], prices[1], volume] as const;
    });

  it('gives back every number bit for bit, as long, short or with an exponent', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const text = BARS + rows.map((fields, index) => [1_471_319_100 + index, ...fields].join(',')).join('\n');
        const file = parse(text);
        if (file.kind !== 'bars') throw new Error('The kind was lost.');
        const { open, high, low, close, volume } = file.columns;
        expect(rows.map((_, at) => [open[at], high[at], low[at], close[at], volume[at]])).toEqual(rows);
      }),
    );
  });

  it('reads prices of two decimals as Number does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (paise) => {
        const written = (paise / 100).toFixed(2);
        expect(parse(`time,price\n1,${written}`)).toMatchObject({ price: Float64Array.of(Number(written)) });
      }),
    );
  });

  it('never fails in other words than an AppError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom('', BARS, 'time,price\n', 'time_ms,price\n'), fc.string(), (header, rest) => {
        try {
          parse(header + rest);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});

it.each([
  ['data/RELIANCE_2016-08-16_2016-09-09.csv', 'RELIANCE'],
  ['M_M.csv.gz', 'M'],
  ['RELIANCE-FUT_2025-11-17.csv', 'RELIANCE-FUT'],
  ['NIFTY50.csv', 'NIFTY50'],
  ['INFY', 'INFY'],
])('the symbol of %s is %s', (path, symbol) => {
  expect(symbolOfFile(path)).toBe(symbol);
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { type CandleColumns, columnsOf } from '../../src/core/candle-columns.ts';
import type { CorporateAction } from '../../src/core/corporate-action.ts';
import { unexplainedJumps } from '../../src/core/price-jumps.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadCorporateActions } from '../../src/main/platform/load-corporate-actions.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const calendar = nse();
const DAILY = join(import.meta.dirname, '../../../shared/market-data/daily');

/** Two days: a close, and the next day's open. */
const overnight = (close: number, open: number): CandleColumns =>
  columnsOf(
    [
      { date: '2025-06-13', price: close },
      { date: '2025-06-16', price: open },
    ].map(({ date, price }) => ({
      openTime: ist(`${date} 09:15`),
      open: price,
      high: price,
      low: price,
      close: price,
      volume: 1,
    })),
  );

describe('unexplainedJumps', () => {
  it.each([
    ['a bonus of one for one', 2_655.7, 1_337, 1 / 2],
    ['a split into ten', 959.4, 98.1, 1 / 10],
    ['a split into five, on a weak morning', 2_828.95, 545, 1 / 5],
    ['a bonus of two for one', 333, 111, 1 / 3],
    ['a bonus of one for two', 300, 201, 2 / 3],
  ])('sees %s', (_case, close, open, factor) => {
    const [jump, ...others] = unexplainedJumps(overnight(close, open), [], calendar);
    expect(jump).toEqual({ date: '2025-06-16', ratio: open / close, factor });
    expect(others).toEqual([]);
  });

  it.each([
    ['a crash at the limit', 1_000, 800],
    ['a rally', 100, 120],
    ['a demerger, which has no simple ratio', 660.75, 400],
    ['a quiet night', 100, 100.5],
  ])('is not misled by %s', (_case, close, open) => {
    expect(unexplainedJumps(overnight(close, open), [], calendar)).toEqual([]);
  });

  it('says nothing where an action is known for that morning, and does where it is for another', () => {
    const action: CorporateAction = {
      instrument: 'NSE:X' as InstrumentKey,
      exDate: day('2025-06-16'),
      kind: 'split',
      factor: 0.5,
      note: '',
    };
    expect(unexplainedJumps(overnight(100, 50), [action], calendar)).toEqual([]);
    expect(unexplainedJumps(overnight(100, 50), [{ ...action, exDate: day('2025-06-13') }], calendar)).toHaveLength(1);
  });
});

describe.skipIf(!existsSync(DAILY))('seven years of daily bars (of ../shared/market-data/daily)', () => {
  const actions = loadCorporateActions(findResources(import.meta.dirname), 'none', () => undefined);
  const dailyOf = (symbol: string): CandleColumns =>
    columnsOf(
      readFileSync(join(DAILY, `${symbol}.csv`), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => {
          const [time = 0, open = 0, high = 0, low = 0, close = 0, volume = 0] = line.split(',').map(Number);
          return {
            openTime: ist(new Date(time * 1_000 + 19_800_000).toISOString().slice(0, 19)),
            open,
            high,
            low,
            close,
            volume,
          };
        }),
    );
  const SYMBOLS = 'ADANIENT BAJFINANCE ETERNAL HDFCBANK INFY ITC MARUTI RELIANCE SBIN TATASTEEL TCS TMPV'.split(' ');
  const known: Readonly<Record<string, readonly string[]>> = {
    BAJFINANCE: ['2025-06-16'],
    HDFCBANK: ['2025-08-26'],
    RELIANCE: ['2024-10-28'],
    TATASTEEL: ['2022-07-28'],
  };

  it.each(SYMBOLS)('hold the splits and bonuses of %s, and nothing that looks like one', (symbol) => {
    const found = unexplainedJumps(dailyOf(symbol), [], calendar);
    expect(found.map(({ date }) => date)).toEqual(known[symbol] ?? []);
    const own = actions.filter(({ instrument }) => instrument === `NSE:${symbol}`);
    expect(unexplainedJumps(dailyOf(symbol), own, calendar)).toEqual([]);
  });

  it('open on each ex-date near what the shipped factors make of the close before', () => {
    let checked = 0;
    for (const symbol of SYMBOLS) {
      const own = actions.filter(({ instrument }) => instrument === `NSE:${symbol}`);
      const { openTime, open, close } = dailyOf(symbol);
      for (const exDate of new Set(own.map((action) => action.exDate))) {
        const row = openTime.indexOf(ist(`${exDate} 09:15`));
        expect(row, `${symbol} ${exDate}`).toBeGreaterThan(0);
        const factor = own
          .filter((action) => action.exDate === exDate)
          .reduce((product, each) => product * each.factor, 1);
        const step = (open[row] ?? 0) / ((close[row - 1] ?? 0) * factor);
        expect(Math.abs(step - 1), `${symbol} ${exDate}`).toBeLessThan(0.03);
        checked += 1;
      }
    }
    expect(checked).toBe(7);
  });
});

import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import type { Quote } from '../../src/core/quote.ts';
import { countBreadth } from '../../src/renderer/src/features/watchlist/breadth.ts';
import { lastSignals } from '../../src/renderer/src/features/watchlist/last-signals.ts';
import { orderRows } from '../../src/renderer/src/features/watchlist/order-rows.ts';
import { sparklinePath } from '../../src/renderer/src/features/watchlist/sparkline-path.ts';
import { neighbour, nextSort } from '../../src/renderer/src/stores/watch-store.ts';
import { alertOf } from './fake-snapshot.ts';

const key = (symbol: string): InstrumentKey => `NSE:${symbol}` as InstrumentKey;

function instrument(symbol: string, name: string): Instrument {
  const steps = { tickSize: 0.05, priceDecimals: 2, lotSize: 1 };
  return { key: key(symbol), name, segment: 'nse-cas', sector: undefined, ...steps };
}
function quote(symbol: string, ltp: number, changePercent: number | undefined, rsi: number | undefined): Quote {
  const time = 0 as EpochMs;
  const rest = { previousClose: undefined, dayVolume: undefined, trend: undefined, time, receivedAt: time };
  return { instrument: key(symbol), ltp, changePercent, rsi, ...rest };
}

const rows = [
  instrument('TCS', 'Tata Consultancy Services'),
  instrument('INFY', 'Infosys'),
  instrument('ITC', 'ITC Limited'),
  instrument('M&M', 'Mahindra & Mahindra'),
];
const quotes = new Map(
  [quote('TCS', 4000, -0.5, 60), quote('INFY', 1500, 1.2, undefined), quote('ITC', 410, 1.2, 40)].map((one) => [
    one.instrument,
    one,
  ]),
);
const order = (sort: Parameters<typeof orderRows>[2], filter = ''): readonly string[] =>
  orderRows(rows, (one) => quotes.get(one), sort, filter).map((one) => one.slice(4));

describe('the order of the rows', () => {
  it('is the engine’s until someone sorts', () => {
    expect(order(undefined)).toEqual(['TCS', 'INFY', 'ITC', 'M&M']);
  });

  it('goes by the column, with equals by alphabet and the unknown last either way', () => {
    expect(order({ column: 'symbol', descending: false })).toEqual(['INFY', 'ITC', 'M&M', 'TCS']);
    expect(order({ column: 'ltp', descending: true })).toEqual(['TCS', 'INFY', 'ITC', 'M&M']);
    expect(order({ column: 'change', descending: true })).toEqual(['INFY', 'ITC', 'TCS', 'M&M']);
    expect(order({ column: 'change', descending: false })).toEqual(['TCS', 'INFY', 'ITC', 'M&M']);
    expect(order({ column: 'rsi', descending: true })).toEqual(['TCS', 'ITC', 'INFY', 'M&M']);
    expect(order({ column: 'rsi', descending: false })).toEqual(['ITC', 'TCS', 'INFY', 'M&M']);
  });

  it('filters by symbol and by name', () => {
    expect(order(undefined, 'mahin')).toEqual(['M&M']);
    expect(order(undefined, ' m&m ')).toEqual(['M&M']);
    expect(order(undefined, 'i')).toEqual(['TCS', 'INFY', 'ITC', 'M&M']);
    expect(order(undefined, 'zzz')).toEqual([]);
  });

  it('turns with each click: the useful way, the other way, none', () => {
    const change = nextSort(undefined, 'change');
    expect(change).toEqual({ column: 'change', descending: true });
    expect(nextSort(change, 'change')).toEqual({ column: 'change', descending: false });
    expect(nextSort({ column: 'change', descending: false }, 'change')).toBeUndefined();
    expect(nextSort(change, 'symbol')).toEqual({ column: 'symbol', descending: false });
  });
});

describe('moving in the list', () => {
  const keys = rows.map((row) => row.key);

  it('stops at the ends', () => {
    expect(neighbour(keys, key('INFY'), 1)).toBe(key('ITC'));
    expect(neighbour(keys, key('TCS'), -1)).toBe(key('TCS'));
    expect(neighbour(keys, key('INFY'), 15)).toBe(key('M&M'));
    expect(neighbour(keys, key('INFY'), Number.POSITIVE_INFINITY)).toBe(key('M&M'));
    expect(neighbour(keys, key('INFY'), Number.NEGATIVE_INFINITY)).toBe(key('TCS'));
  });

  it('begins at an end when it stood nowhere', () => {
    expect(neighbour(keys, undefined, 1)).toBe(key('TCS'));
    expect(neighbour(keys, key('GONE'), -1)).toBe(key('M&M'));
    expect(neighbour([], undefined, 1)).toBeUndefined();
  });
});

describe('breadth', () => {
  it('counts who rises, who falls, and who does neither or is unknown', () => {
    expect(countBreadth(rows, quotes)).toEqual({ up: 2, down: 1, flat: 1 });
  });
});

describe('the badge beside a symbol', () => {
  it('tells the newest signal, and a forming one before it', () => {
    const alerts = [
      alertOf('INFY', 'sell', 0, false),
      alertOf('INFY', 'buy', 3, false),
      alertOf('ITC', 'buy', 1, true),
    ];
    const forming = new Map([[key('ITC'), alertOf('ITC', 'sell', -1, false).signal]]);
    expect(lastSignals(alerts, forming, undefined)).toEqual(
      new Map([
        [key('ITC'), { side: 'sell', age: 'forming' }],
        [key('INFY'), { side: 'sell', age: 'fresh' }],
      ]),
    );
  });

  it('grows old when it has been read, or after six bars', () => {
    const now = alertOf('INFY', 'buy', 0, false).signal.barTime;
    const age = (barsAgo: number, read: boolean) =>
      lastSignals([alertOf('INFY', 'buy', barsAgo, read)], new Map(), now).get(key('INFY'))?.age;
    expect([age(0, false), age(5, false), age(6, false), age(0, true)]).toEqual(['fresh', 'fresh', 'old', 'old']);
  });
});

describe('the small line', () => {
  it('fills its box from the lowest close to the highest', () => {
    expect(sparklinePath([10, 20, 15], 40, 16)).toBe('M0.0 14.5L20.0 1.5L40.0 8.0');
  });

  it('lies in the middle when nothing moved, and is nothing without closes', () => {
    expect(sparklinePath([5, 5], 40, 16)).toBe('M0.0 8.0L40.0 8.0');
    expect(sparklinePath([5], 40, 16)).toBe('M0 8.0H40');
    expect(sparklinePath([], 40, 16)).toBe('');
  });
});

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { InstrumentKey, TradingDate } from '../../src/core/brand.ts';
import type { CorporateAction } from '../../src/core/corporate-action.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import type { OrderBook } from '../../src/core/order-book.ts';
import type { Tick } from '../../src/core/tick.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';
import { bar, INFY, minute, NIFTY } from './sample-bars.ts';
import { tempStore } from './temp-store.ts';

const infy: Instrument = {
  key: INFY,
  name: 'Infosys Ltd.',
  segment: 'nse-cas',
  sector: 'Information Technology',
  tickSize: 0.05,
  priceDecimals: 2,
  lotSize: 1,
};
const nifty: Instrument = { ...infy, key: NIFTY, name: 'NIFTY 50', segment: 'nse-index', sector: undefined };

describe('instruments in the store', () => {
  it('keep their order, and an absent sector', () => {
    const store = openStore(':memory:');
    store.saveInstruments([nifty, infy]);
    expect(store.instruments()).toEqual([nifty, infy]);
  });

  it('are updated in place', () => {
    const store = openStore(':memory:');
    const third: Instrument = { ...infy, key: 'NSE:TCS' as InstrumentKey };
    store.saveInstruments([nifty, infy]);
    store.saveInstruments([third, { ...nifty, name: 'Nifty Fifty', lotSize: 75 }]);
    expect(store.instruments()).toEqual([{ ...nifty, name: 'Nifty Fifty', lotSize: 75 }, infy, third]);
  });
});

describe('documents in the store', () => {
  it('are whatever JSON can say', () => {
    const store = openStore(':memory:');
    const settings = { feed: { source: 'simulator', files: ['a b.csv'] }, rule: null, volume: 0.6, name: 'ठीक' };
    store.writeDocument('settings', settings);
    store.writeDocument('clock', 1_764_000_000_000);
    expect(store.readDocument('settings')).toEqual(settings);
    expect(store.readDocument('clock')).toBe(1_764_000_000_000);
  });

  it('are absent until written, replaced when written again, and removed by undefined', () => {
    const store = openStore(':memory:');
    expect(store.readDocument('settings')).toBeUndefined();
    store.writeDocument('settings', { a: 1, b: 2 });
    store.writeDocument('settings', { a: 3 });
    expect(store.readDocument('settings')).toEqual({ a: 3 });
    store.writeDocument('settings', undefined);
    expect(store.readDocument('settings')).toBeUndefined();
  });
});

describe('ticks in the store', () => {
  it('are kept as they came, repeats too', () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    const store = openStore(path);
    const bare = { instrument: NIFTY, ltp: 25_000.15, time: minute(0), receivedAt: minute(0) };
    const day = { dayVolume: 12, previousClose: 1, dayOpen: 2, dayHigh: 3, dayLow: 0.5 };
    const trade = { quantity: 7, side: 'sell', bid: 99.9, ask: 100.1 } as const;
    store.saveTicks([{ ...bare, instrument: INFY, ...day, ...trade }, bare, bare]);
    const other = new Database(path, { readonly: true });
    const rows = other.prepare('SELECT * FROM tick ORDER BY id').raw().all();
    other.close();
    store.close();
    const times = [minute(0), minute(0)];
    expect(rows).toEqual([
      [1, INFY, ...times, 25_000.15, 12, 1, 2, 3, 0.5, null, 7, 'sell', 99.9, 100.1],
      [2, NIFTY, ...times, 25_000.15, ...Array(10).fill(null)],
      [3, NIFTY, ...times, 25_000.15, ...Array(5).fill(null), 0, ...Array(4).fill(null)],
    ]);
  });
});

describe('the direction of a tick', () => {
  const tick = (ltp: number, instrument = INFY): Tick => ({ instrument, ltp, time: minute(0), receivedAt: minute(0) });
  const directions = (path: string): unknown[] => {
    const db = new Database(path, { readonly: true });
    const rows = db.prepare('SELECT direction FROM tick ORDER BY id').pluck().all();
    db.close();
    return rows;
  };

  it("is up, down or level against the instrument's price before, and unknown for the first", () => {
    const { path, store } = tempStore();
    store.saveTicks([tick(100), tick(25_000, NIFTY), tick(100.05), tick(24_999, NIFTY)]);
    store.saveTicks([tick(100.05), tick(100), tick(24_999.5, NIFTY)]);
    expect(directions(path)).toEqual([null, null, 1, -1, 0, -1, 1]);
  });

  it('goes on after a restart', () => {
    const { path, store, reopen } = tempStore();
    store.saveTicks([tick(100), tick(101), tick(25_000, NIFTY)]);
    const again = reopen();
    again.saveTicks([tick(100.5), tick(25_000, NIFTY)]);
    expect(directions(path)).toEqual([null, 1, null, -1, 0]);
  });

  it('does not count ticks that were refused', () => {
    const { path, store } = tempStore();
    store.saveTicks([tick(100)]);
    expect(() => store.saveTicks([tick(90), tick(Number.NaN, NIFTY)])).toThrow();
    store.saveTicks([tick(95)]);
    expect(directions(path)).toEqual([null, -1]);
  });
});

describe('order books in the store', () => {
  it('are kept as they came, levels as readable JSON', () => {
    const { path, store } = tempStore();
    const book: OrderBook = {
      instrument: INFY,
      time: minute(0),
      receivedAt: minute(1),
      bids: [
        { price: 1_412.35, quantity: 1_250, orders: 12 },
        { price: 1_412.3, quantity: 7, orders: undefined },
      ],
      asks: [],
    };
    store.saveBooks([book, { ...book, asks: book.bids, bids: [] }, book]);
    const db = new Database(path, { readonly: true });
    const rows = db.prepare('SELECT * FROM order_book ORDER BY id').raw().all();
    const best = db.prepare("SELECT bids ->> '$[0][0]' FROM order_book WHERE id = 1").pluck().get();
    db.close();
    const levels = '[[1412.35,1250,12],[1412.3,7,null]]';
    expect(rows).toEqual([
      [1, INFY, minute(0), minute(1), levels, '[]'],
      [2, INFY, minute(0), minute(1), '[]', levels],
      [3, INFY, minute(0), minute(1), levels, '[]'],
    ]);
    expect(best).toBe(1_412.35);
  });
});

describe('corporate actions in the store', () => {
  const split: CorporateAction = {
    instrument: INFY,
    exDate: '2026-03-02' as TradingDate,
    kind: 'split',
    factor: 0.1,
    note: 'one into ten',
  };
  const bonus: CorporateAction = { ...split, exDate: '2025-01-06' as TradingDate, kind: 'bonus', factor: 0.5 };

  it('are a list that is replaced, the oldest first', () => {
    const { store, reopen } = tempStore();
    expect(store.corporateActions()).toEqual([]);
    store.saveCorporateActions([split, bonus]);
    expect(store.corporateActions()).toEqual([bonus, split]);
    store.saveCorporateActions([{ ...split, factor: 0.2 }]);
    expect(reopen().corporateActions()).toEqual([{ ...split, factor: 0.2 }]);
  });

  it('stay as they were when the new list is refused', () => {
    const { store } = tempStore();
    store.saveCorporateActions([split]);
    expect(() => store.saveCorporateActions([bonus, { ...split, factor: 0 }])).toThrow();
    expect(store.corporateActions()).toEqual([split]);
  });

  it('leave the bars as they were traded', () => {
    const { store } = tempStore();
    store.saveBars({ batches: [{ candles: [bar(0, 1_500)], provenance: 'official' }] });
    store.saveCorporateActions([split]);
    expect(store.storedCandles(INFY, '1m', minute(0), minute(1))[0]?.candle).toEqual(bar(0, 1_500));
  });
});

describe('the store', () => {
  it.each([':memory:', 'tickscope.sqlite'])('says how much it takes: %s', (name) => {
    const path = name === ':memory:' ? name : join(tempFolder(), name);
    const store = openStore(path);
    const before = store.sizeBytes();
    expect(before).toBeGreaterThan(0);
    const candles = Array.from({ length: 5_000 }, (_, index) => bar(index, index + 1));
    store.saveBars({ batches: [{ candles, provenance: 'live' }] });
    // A bar is at least six numbers of eight bytes.
    expect(store.sizeBytes() - before).toBeGreaterThan(5_000 * 48);
    store.close();
  });

  it('may be closed twice, and then says so when it is used', () => {
    const store = openStore(join(tempFolder(), 'tickscope.sqlite'));
    store.close();
    store.close();
    expect(appErrorOf(() => store.alerts(1)).code).toBe('storage');
  });
});

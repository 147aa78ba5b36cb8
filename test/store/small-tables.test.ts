import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';
import { bar, INFY, minute, NIFTY } from './sample-bars.ts';

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
    const full = { ...bare, instrument: INFY, dayVolume: 12, previousClose: 1, dayOpen: 2, dayHigh: 3, dayLow: 0.5 };
    store.saveTicks([full, bare, bare]);
    const other = new Database(path, { readonly: true });
    const rows = other.prepare('SELECT * FROM tick ORDER BY id').raw().all();
    other.close();
    store.close();
    const times = [minute(0), minute(0)];
    expect(rows).toEqual([
      [1, INFY, ...times, 25_000.15, 12, 1, 2, 3, 0.5, null],
      [2, NIFTY, ...times, 25_000.15, null, null, null, null, null, null],
      [3, NIFTY, ...times, 25_000.15, null, null, null, null, null, 0],
    ]);
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

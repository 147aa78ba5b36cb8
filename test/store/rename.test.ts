import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { InstrumentKey, TradingDate } from '../../src/core/brand.ts';
import type { Candle, Provenance } from '../../src/core/candle.ts';
import type { SymbolRename } from '../../src/core/corporate-action.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import type { Revision } from '../../src/core/revision.ts';
import { signalId } from '../../src/core/signal.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { sampleAlert } from '../support/sample-alert.ts';
import { sampleTicket } from '../support/sample-ticket.ts';
import { bar, FOREVER, INFY, minute } from './sample-bars.ts';
import { tempStore } from './temp-store.ts';

// Signs that a pattern would take for wildcards, and a name that begins like the old one.
const OLD = 'NSE:M_M%' as InstrumentKey;
const NEW = 'NSE:M&M' as InstrumentKey;
const LIKE_OLD = 'NSE:M_M%FIN' as InstrumentKey;
const RENAME: SymbolRename = { from: OLD, to: NEW, firstSession: '2026-11-20' as TradingDate };

const TABLES = [
  'candle',
  'covered',
  'revision',
  'auction',
  'signal',
  'alert',
  'order_ticket',
  'corporate_action',
  'tick',
  'order_book',
];

const instrument = (key: InstrumentKey): Instrument => ({
  key,
  name: key,
  segment: 'nse-cas',
  sector: undefined,
  tickSize: 0.05,
  priceDecimals: 2,
  lotSize: 1,
});

/** One row of everything for an instrument. */
function fill(store: Store, key: InstrumentKey, { close = 1, at = 0, provenance = 'live' as Provenance } = {}): void {
  const candle = bar(at, close, { instrument: key });
  const { instrument: _key, timeframe: _frame, openTime, ...values } = candle;
  const [place, price] = [{ instrument: key, timeframe: '1m' as const }, values.close];
  const revision: Revision = { ...place, openTime, reason: 'history', at: minute(9), before: undefined, after: values };
  const date = '2026-11-20' as TradingDate;
  store.saveInstruments([instrument(key)]);
  store.saveBars({
    batches: [{ candles: [candle], provenance, marks: ['inferred'] }],
    covered: [{ ...place, provenance, open: openTime, close: minute(at + 1) }],
    revisions: [revision],
    auctions: [{ instrument: key, date, kind: 'closing', openTime: minute(360), ...values }],
  });
  const alert = sampleAlert({ instrument: key, barTime: openTime, price }, { text: key });
  store.addSignal(alert.signal, openTime);
  store.addAlert(alert);
  store.addTicket(sampleTicket({ instrument: key, barTime: openTime }));
  store.saveTicks([{ instrument: key, ltp: close, time: openTime, receivedAt: openTime }]);
  store.saveBooks([{ instrument: key, time: openTime, receivedAt: openTime, bids: [], asks: [] }]);
}

/** How many rows each table has of the instrument. */
function rowsOf(path: string, key: InstrumentKey): Readonly<Record<string, unknown>> {
  const db = new Database(path, { readonly: true });
  const counts = TABLES.map((table) => [
    table,
    db.prepare(`SELECT count(*) FROM ${table} WHERE instrument = ?`).pluck().get(key),
  ]);
  db.close();
  return Object.fromEntries(counts);
}

const everywhere = (count: number) => Object.fromEntries(TABLES.map((table) => [table, count]));

describe('an instrument that trades under another symbol', () => {
  it('takes everything along, and only its own', () => {
    const { path, store, reopen } = tempStore();
    for (const key of [OLD, LIKE_OLD]) fill(store, key);
    const bonus = { exDate: '2026-11-20' as TradingDate, kind: 'bonus' as const, factor: 0.5, note: '1:1' };
    store.saveCorporateActions([OLD, LIKE_OLD].map((key) => ({ instrument: key, ...bonus })));
    expect(store.renameInstrument(RENAME)).toBe(TABLES.length + 1);
    const again = reopen();
    expect(rowsOf(path, OLD)).toEqual(everywhere(0));
    expect(rowsOf(path, NEW)).toEqual(everywhere(1));
    expect(rowsOf(path, LIKE_OLD)).toEqual(everywhere(1));
    expect(again.instruments().map(({ key }) => key)).toEqual([NEW, LIKE_OLD]);
    expect(again.storedCandles(NEW, '1m', ...FOREVER)).toEqual([
      { candle: bar(0, 1, { instrument: NEW }), provenance: 'live', marks: ['inferred'] },
    ]);
    expect(again.corporateActions().map((action) => action.instrument)).toEqual([NEW, LIKE_OLD]);
  });

  it('is not told again what was told under the old one', () => {
    const { store } = tempStore();
    fill(store, OLD);
    store.renameInstrument(RENAME);
    const { signal } = sampleAlert({ instrument: NEW, barTime: minute(0) });
    expect(store.addSignal(signal, minute(1))).toBe(false);
    expect(store.addAlert(sampleAlert(signal))).toBe(false);
    expect(store.alerts(9).map(({ id }) => id)).toEqual([signalId(signal)]);
  });

  it('is renamed once: again does nothing, and neither does a symbol nobody knows', () => {
    const { path, store } = tempStore();
    fill(store, OLD);
    expect(store.renameInstrument(RENAME)).toBeGreaterThan(0);
    const before = rowsOf(path, NEW);
    expect(store.renameInstrument(RENAME)).toBe(0);
    expect(store.renameInstrument({ ...RENAME, from: INFY })).toBe(0);
    expect(store.renameInstrument({ ...RENAME, from: NEW })).toBe(0);
    expect(rowsOf(path, NEW)).toEqual(before);
  });

  it.each<[Provenance, Provenance, 'old' | 'new']>([
    ['live', 'live', 'new'],
    ['live', 'history', 'new'],
    ['history', 'live', 'old'],
    ['official', 'history', 'old'],
    ['official', 'official', 'new'],
  ])('with a bar of %s under the old and of %s under the new symbol keeps the %s one', (old, now, winner) => {
    const { store } = tempStore();
    const save = (candle: Candle, provenance: Provenance): void =>
      store.saveBars({ batches: [{ candles: [candle], provenance }] });
    save(bar(0, 1, { instrument: OLD }), old);
    save(bar(1, 1, { instrument: OLD }), old);
    save(bar(0, 2, { instrument: NEW }), now);
    store.renameInstrument(RENAME);
    expect(store.storedCandles(NEW, '1m', ...FOREVER)).toEqual([
      {
        candle: bar(0, winner === 'old' ? 1 : 2, { instrument: NEW }),
        provenance: winner === 'old' ? old : now,
        marks: [],
      },
      { candle: bar(1, 1, { instrument: NEW }), provenance: old, marks: [] },
    ]);
    expect(store.loadCandles(OLD, '1m', ...FOREVER).close).toHaveLength(0);
  });

  it('keeps what the new symbol has where both have one, and joins their stretches', () => {
    const { path, store } = tempStore();
    fill(store, OLD, { close: 1 });
    fill(store, OLD, { close: 1, at: 1 });
    fill(store, NEW, { close: 2 });
    fill(store, NEW, { close: 2, at: 2 });
    store.renameInstrument(RENAME);
    expect(rowsOf(path, OLD)).toEqual(everywhere(0));
    const twice = {
      candle: 3,
      signal: 3,
      alert: 3,
      order_ticket: 3,
      tick: 4,
      order_book: 4,
      revision: 4,
      auction: 1,
      covered: 1,
    };
    expect(rowsOf(path, NEW)).toEqual({ ...twice, corporate_action: 0 });
    expect(store.covered(NEW, ...FOREVER)).toMatchObject([{ open: minute(0), close: minute(3) }]);
    expect(store.loadAuctions(NEW, ...FOREVER).map(({ close }) => close)).toEqual([2]);
    expect(store.loadCandles(NEW, '1m', ...FOREVER).close).toEqual(Float64Array.of(2, 1, 2));
    const told = store.alerts(9).map(({ signal, text }) => [signal.barTime, text]);
    expect(told.sort()).toEqual([
      [minute(0), NEW],
      [minute(1), OLD],
      [minute(2), NEW],
    ]);
    expect(store.instruments().map(({ key }) => key)).toEqual([NEW]);
  });

  it('is renamed whole or not at all', () => {
    const { path, store } = tempStore();
    fill(store, OLD);
    const other = new Database(path);
    other.exec(`
      CREATE TRIGGER refuse BEFORE UPDATE ON order_book BEGIN SELECT raise(ABORT, 'no'); END;
    `);
    expect(() => store.renameInstrument(RENAME)).toThrow();
    expect(rowsOf(path, OLD)).toMatchObject({ candle: 1, alert: 1, tick: 1, order_book: 1 });
    expect(rowsOf(path, NEW)).toEqual(everywhere(0));
    other.exec('DROP TRIGGER refuse');
    other.close();
    expect(store.renameInstrument(RENAME)).toBeGreaterThan(0);
  });

  it('has its ticks looked for only where the register or a bar knows it: that reads them all', () => {
    const { path, store } = tempStore();
    const time = minute(0);
    store.saveTicks([{ instrument: OLD, ltp: 1, time, receivedAt: time }]);
    expect(store.renameInstrument(RENAME)).toBe(0);
    store.saveInstruments([instrument(OLD)]);
    expect(store.renameInstrument(RENAME)).toBe(2);
    expect(rowsOf(path, NEW)).toMatchObject({ tick: 1 });
  });

  it('goes on with the direction of its price', () => {
    const { path, store } = tempStore();
    fill(store, OLD, { close: 100 });
    store.renameInstrument(RENAME);
    const time = minute(1);
    store.saveTicks([{ instrument: NEW, ltp: 99, time, receivedAt: time }]);
    const db = new Database(path, { readonly: true });
    expect(db.prepare('SELECT instrument, direction FROM tick ORDER BY id').raw().all()).toEqual([
      [NEW, null],
      [NEW, -1],
    ]);
    db.close();
  });
});

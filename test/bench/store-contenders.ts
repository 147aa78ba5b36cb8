import Database from 'better-sqlite3';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import { candlesOf } from '../../src/core/candle-columns.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';

export const TIMEFRAME = '5s';
export const START = Date.parse('2026-11-20T09:15:00+05:30') as EpochMs;
const EVER = [0 as EpochMs, (START * 2) as EpochMs] as const;

/** A file of bars, as one of the contenders keeps it. */
export interface BarFile {
  /** Bars built here, one transaction. */
  write(batch: readonly Candle[]): void;
  /** Bars from history, one transaction. */
  importBars(batch: readonly Candle[]): void;
  /** Every bar of an instrument, oldest first, in the shape in which the contender has them. */
  readAll(instrument: InstrumentKey): unknown;
  /** The newest bars of an instrument, oldest first. */
  readNewest(instrument: InstrumentKey, count: number): unknown;
  /** What `readAll` gives, as candles. */
  candles(instrument: InstrumentKey): readonly Candle[];
  close(): void;
}

/** The store as the app uses it: an import says when, so that each bar it changes would be written down. */
export function ours(path: string): BarFile {
  const store: Store = openStore(path);
  return {
    write: (candles) => store.saveBars({ batches: [{ candles, provenance: 'live' }] }),
    importBars: (candles) => store.saveBars({ batches: [{ candles, provenance: 'history' }], at: START }),
    readAll: (instrument) => store.loadCandles(instrument, TIMEFRAME, ...EVER),
    readNewest: (instrument, count) => store.loadCandlesBefore(instrument, TIMEFRAME, EVER[1], count),
    candles: (instrument) => candlesOf(store.loadCandles(instrument, TIMEFRAME, ...EVER), instrument, TIMEFRAME),
    close: () => store.close(),
  };
}

type Row = Omit<Candle, 'openTime'> & { readonly open_time: EpochMs };

/** better-sqlite3 as its documentation has it: a prepared statement run for each row, inside a transaction. */
export function plain(path: string): BarFile {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`CREATE TABLE candle (
    instrument TEXT NOT NULL, timeframe TEXT NOT NULL, open_time INTEGER NOT NULL,
    open REAL NOT NULL, high REAL NOT NULL, low REAL NOT NULL, close REAL NOT NULL, volume REAL,
    PRIMARY KEY (instrument, timeframe, open_time)) STRICT, WITHOUT ROWID`);
  const insert = db.prepare('INSERT OR REPLACE INTO candle VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const place = 'SELECT * FROM candle WHERE instrument = ? AND timeframe = ?';
  const between = db.prepare<[string, string, number, number], Row>(
    `${place} AND open_time >= ? AND open_time < ? ORDER BY open_time`,
  );
  const before = db.prepare<[string, string, number, number], Row>(
    `${place} AND open_time < ? ORDER BY open_time DESC LIMIT ?`,
  );
  const write = db.transaction((candles: readonly Candle[]) => {
    for (const { instrument, timeframe, openTime, open, high, low, close, volume } of candles)
      insert.run(instrument, timeframe, openTime, open, high, low, close, volume ?? null);
  });
  const readAll = (instrument: InstrumentKey): readonly Row[] => between.all(instrument, TIMEFRAME, ...EVER);
  return {
    write,
    importBars: write,
    readAll,
    readNewest: (instrument, count) => before.all(instrument, TIMEFRAME, EVER[1], count).reverse(),
    candles: (instrument) =>
      readAll(instrument).map(({ open_time: openTime, ...rest }) => ({ ...rest, openTime }) satisfies Candle),
    close: () => db.close(),
  };
}

/** The same with `raw()`: rows as arrays, the fastest that better-sqlite3 reads. */
export function plainRaw(path: string): BarFile {
  const file = plain(path);
  const db = new Database(path, { readonly: true });
  const place = 'SELECT open_time, open, high, low, close, volume FROM candle WHERE instrument = ? AND timeframe = ?';
  const between = db.prepare(`${place} AND open_time >= ? AND open_time < ? ORDER BY open_time`).raw();
  const before = db.prepare(`${place} AND open_time < ? ORDER BY open_time DESC LIMIT ?`).raw();
  return {
    ...file,
    readAll: (instrument) => between.all(instrument, TIMEFRAME, ...EVER),
    readNewest: (instrument, count) => before.all(instrument, TIMEFRAME, EVER[1], count).reverse(),
    close() {
      db.close();
      file.close();
    },
  };
}

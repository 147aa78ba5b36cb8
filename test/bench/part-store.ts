import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import { candlesOf } from '../../src/core/candle-columns.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import type { Entry, Part } from './part.ts';
import { walk } from './prices.ts';

const INSTRUMENTS = Array.from({ length: 50 }, (_, index) => `NSE:SHARE${index}` as InstrumentKey);
const START = Date.parse('2026-11-20T09:15:00+05:30');
const TIMEFRAME = '5s';

/** Bars of all instruments, a row of them for each moment. */
function moments(count: number): readonly (readonly Candle[])[] {
  const closes = walk(count * INSTRUMENTS.length);
  return Array.from({ length: count }, (_, moment) =>
    INSTRUMENTS.map((instrument, index) => {
      const close = closes[index * count + moment] ?? 0;
      const openTime = (START + moment * 5_000) as EpochMs;
      const [open, high, low] = [close - 0.05, close + 0.1, close - 0.1];
      return { instrument, timeframe: TIMEFRAME, openTime, open, high, low, close, volume: 100 + moment };
    }),
  );
}

/** What is written in one transaction, one after another. */
type Batches = readonly (readonly Candle[])[];

/** One instrument after the other, 5,000 bars at a time. */
function backfill(perInstrument: number): Batches {
  const rows = moments(perInstrument);
  const all = INSTRUMENTS.flatMap((_, index) => rows.flatMap((row) => row[index] ?? []));
  return Array.from({ length: all.length / 5_000 }, (_, batch) => all.slice(batch * 5_000, (batch + 1) * 5_000));
}

interface Writer {
  write(batch: readonly Candle[]): void;
  /** Bars of one instrument, oldest first. */
  read(instrument: InstrumentKey): readonly Candle[];
  close(): void;
}

function ours(path: string): Writer {
  const store: Store = openStore(path);
  return {
    write: (candles) => store.saveBars({ batches: [{ candles, provenance: 'live' }] }),
    read: (instrument) =>
      candlesOf(store.loadCandles(instrument, TIMEFRAME, 0 as EpochMs, (START * 2) as EpochMs), instrument, TIMEFRAME),
    close: () => store.close(),
  };
}

/** better-sqlite3 as its documentation has it: a prepared statement run for each row, inside a transaction. */
function plain(path: string): Writer {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`CREATE TABLE candle (
    instrument TEXT NOT NULL, timeframe TEXT NOT NULL, open_time INTEGER NOT NULL,
    open REAL NOT NULL, high REAL NOT NULL, low REAL NOT NULL, close REAL NOT NULL, volume REAL,
    PRIMARY KEY (instrument, timeframe, open_time)) STRICT, WITHOUT ROWID`);
  const insert = db.prepare('INSERT INTO candle VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const select = db.prepare<[string], Omit<Candle, 'openTime'> & { readonly open_time: EpochMs }>(
    'SELECT * FROM candle WHERE instrument = ? ORDER BY open_time',
  );
  const write = db.transaction((candles: readonly Candle[]) => {
    for (const { instrument, timeframe, openTime, open, high, low, close, volume } of candles)
      insert.run(instrument, timeframe, openTime, open, high, low, close, volume ?? null);
  });
  return {
    write,
    read: (instrument) =>
      select.all(instrument).map(({ open_time: openTime, ...rest }) => ({ ...rest, openTime }) satisfies Candle),
    close: () => db.close(),
  };
}

function writing(name: string, open: (path: string) => Writer, batches: () => Batches): Entry {
  const prepare: Entry['prepare'] = () => {
    const folder = mkdtempSync(join(tmpdir(), 'tickscope-bench-'));
    const all = batches();
    let count = 0;
    let writer: Writer | undefined;
    return {
      operations: all.reduce((sum, batch) => sum + batch.length, 0),
      reset() {
        writer?.close();
        count += 1;
        writer = open(join(folder, `${count}.db`));
      },
      run() {
        for (const batch of all) writer?.write(batch);
      },
      finish() {
        writer?.close();
        rmSync(folder, { recursive: true });
      },
    };
  };
  return { name, prepare };
}

const history = (): Batches => backfill(2_000);
const live = (): Batches => moments(200);

function checkAgreement(): void {
  const folder = mkdtempSync(join(tmpdir(), 'tickscope-bench-'));
  const writers = [ours(join(folder, 'ours.db')), plain(join(folder, 'plain.db'))];
  for (const writer of writers) {
    for (const batch of live()) writer.write(batch);
  }
  for (const instrument of INSTRUMENTS) {
    const [first, second] = writers.map((writer) => writer.read(instrument));
    assert.equal(first?.length, 200);
    assert.deepEqual(first, second);
  }
  for (const writer of writers) writer.close();
  rmSync(folder, { recursive: true });
}

export const store: Part = {
  name: 'store',
  check: checkAgreement,
  jobs: [
    {
      title: 'candles in backfill order, 5,000 a transaction, synchronous FULL',
      unit: 'rows',
      entries: [writing('tickscope', ours, history), writing('better-sqlite3, a statement a row', plain, history)],
      reference: 'a statement a row 720-800k, 50 rows a statement 1.75-1.85M (2.2x)',
    },
    {
      title: 'candles in live order, 50 instruments a transaction, synchronous FULL',
      unit: 'rows',
      entries: [writing('tickscope', ours, live), writing('better-sqlite3, a statement a row', plain, live)],
      reference: 'a statement a row 97-101k, with 200 instruments in a table of a million rows',
    },
  ],
};

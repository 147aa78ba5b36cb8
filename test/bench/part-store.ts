import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { Entry, Part } from './part.ts';
import { walk } from './prices.ts';
import { type BarFile, ours, plain, plainRaw, START, TIMEFRAME } from './store-contenders.ts';

const INSTRUMENTS = Array.from({ length: 50 }, (_, index) => `NSE:SHARE${index}` as InstrumentKey);

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

const million = (): Batches => backfill(20_000);
const live = (): Batches => moments(200);

type Open = (path: string) => BarFile;

/** Each run writes all batches into a file of its own, which already has them `again`. */
function writing(
  name: string,
  open: Open,
  batches: () => Batches,
  write: 'write' | 'importBars',
  again = false,
): Entry {
  const prepare: Entry['prepare'] = () => {
    const folder = mkdtempSync(join(tmpdir(), 'tickscope-bench-'));
    const all = batches();
    let count = 0;
    let file: BarFile | undefined;
    return {
      operations: all.reduce((sum, batch) => sum + batch.length, 0),
      reset() {
        if (again && file !== undefined) return;
        file?.close();
        rmSync(join(folder, `${count}.db`), { force: true });
        count += 1;
        file = open(join(folder, `${count}.db`));
        if (again) for (const batch of all) file[write](batch);
      },
      run() {
        for (const batch of all) file?.[write](batch);
      },
      finish() {
        file?.close();
        rmSync(folder, { recursive: true });
      },
    };
  };
  return { name, prepare };
}

/** Each run asks a file of a million bars for every instrument's; an operation is a bar. */
function reading(name: string, open: Open, newest?: number): Entry {
  const prepare: Entry['prepare'] = () => {
    const folder = mkdtempSync(join(tmpdir(), 'tickscope-bench-'));
    const file = open(join(folder, 'million.db'));
    const batches = million();
    for (const batch of batches) file.importBars(batch);
    const bars = newest ?? batches.reduce((sum, batch) => sum + batch.length, 0) / INSTRUMENTS.length;
    return {
      operations: bars * INSTRUMENTS.length,
      run: () =>
        INSTRUMENTS.map((instrument) =>
          newest === undefined ? file.readAll(instrument) : file.readNewest(instrument, newest),
        ).length,
      finish() {
        file.close();
        rmSync(folder, { recursive: true });
      },
    };
  };
  return { name, prepare };
}

function checkAgreement(): void {
  const folder = mkdtempSync(join(tmpdir(), 'tickscope-bench-'));
  const files = [ours(join(folder, 'ours.db')), plain(join(folder, 'plain.db'))];
  for (const file of files) {
    for (const batch of live()) file.write(batch);
    for (const batch of backfill(300)) file.importBars(batch);
  }
  for (const instrument of INSTRUMENTS) {
    const [first, second] = files.map((file) => file.candles(instrument));
    assert.equal(first?.length, 300);
    assert.deepEqual(first, second);
  }
  for (const file of files) file.close();
  rmSync(folder, { recursive: true });
}

const PLAIN = 'better-sqlite3, a statement a row';
/** How the ratio reads: above 1 we are faster. */
const GOAL = 'the goal is 0.77x or more, which is at most 1.3 times as long';

export const store: Part = {
  name: 'store',
  check: checkAgreement,
  jobs: [
    {
      title: 'import of a million candles from history, 5,000 a transaction, synchronous FULL',
      unit: 'rows',
      entries: [writing('tickscope', ours, million, 'importBars'), writing(PLAIN, plain, million, 'importBars')],
      reference: `1.2x; ${GOAL}`,
    },
    {
      title: 'the same import again, over the same candles: none is changed',
      unit: 'rows',
      entries: [
        writing('tickscope', ours, million, 'importBars', true),
        writing(PLAIN, plain, million, 'importBars', true),
      ],
      reference: `2.3x; ${GOAL}`,
    },
    {
      title: 'query of all of a million candles, 20,000 an instrument',
      unit: 'rows',
      entries: [
        reading('tickscope, as columns', ours),
        reading('better-sqlite3, as objects', plain),
        reading('better-sqlite3, as arrays', plainRaw),
      ],
      reference: `2.4x and 1.9x; ${GOAL}`,
    },
    {
      title: 'query of the newest 300 candles of each instrument among a million',
      unit: 'rows',
      entries: [
        reading('tickscope, as columns', ours, 300),
        reading('better-sqlite3, as objects', plain, 300),
        reading('better-sqlite3, as arrays', plainRaw, 300),
      ],
      reference: `1.4x and 0.8-1.4x; ${GOAL}`,
    },
    {
      title: 'candles in live order, 50 instruments a transaction, synchronous FULL',
      unit: 'rows',
      entries: [writing('tickscope', ours, live, 'write'), writing(PLAIN, plain, live, 'write')],
      reference: 'a statement a row 97-101k, with 200 instruments in a table of a million rows',
    },
  ],
};

import type { Database, Statement } from 'better-sqlite3';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Candle } from '../../core/candle.ts';
import { type CandleColumns, createColumns } from '../../core/candle-columns.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import type { CandleBatch, StoredCandle } from '../engine/store-port.ts';
import { bitsOf, marksOf } from './bar-marks.ts';
import { provenanceOf, rankOf } from './provenance-rank.ts';

type CandleRow = readonly [
  openTime: EpochMs,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number | null,
];

/** A row with all that is known of it. */
export type WholeRow = readonly [...CandleRow, rank: number, marks: number];

type Range = [InstrumentKey, Timeframe, EpochMs, EpochMs];

const FIELDS = 10;
/** Rows in one statement: measured twice as fast as row by row, and no faster with more. */
const ROWS = 50;

/** Closed bars. The forming bar lives in memory until it closes. Table: migrations/0001-candles.ts. */
export class CandleRepository {
  readonly #upsertMany: Statement<unknown[]>;
  readonly #upsertOne: Statement<unknown[]>;
  readonly #between: Statement<Range, CandleRow>;
  readonly #before: Statement<[InstrumentKey, Timeframe, EpochMs, number], CandleRow>;
  readonly #wholeBetween: Statement<Range, WholeRow>;
  readonly #moveAll: Statement<[to: InstrumentKey, from: InstrumentKey]>;
  readonly #remove: Statement<[InstrumentKey]>;

  constructor(db: Database) {
    this.#upsertMany = db.prepare(upsert(ROWS));
    this.#upsertOne = db.prepare(upsert(1));
    const columns = 'open_time, open, high, low, close, volume';
    const place = 'FROM candle WHERE instrument = ? AND timeframe = ?';
    const range = `${place} AND open_time >= ? AND open_time < ? ORDER BY open_time`;
    this.#between = db.prepare<Range, CandleRow>(`SELECT ${columns} ${range}`).raw();
    this.#before = db
      .prepare<[InstrumentKey, Timeframe, EpochMs, number], CandleRow>(
        `SELECT ${columns} ${place} AND open_time < ? ORDER BY open_time DESC LIMIT ?`,
      )
      .raw();
    this.#wholeBetween = db.prepare<Range, WholeRow>(`SELECT ${columns}, provenance, marks ${range}`).raw();
    // Of two bars at one place the new symbol's stays, unless the old one's is the stronger word.
    this.#moveAll = db.prepare(`
      INSERT INTO candle (instrument, timeframe, open_time, open, high, low, close, volume, provenance, marks)
      SELECT ?, timeframe, open_time, open, high, low, close, volume, provenance, marks
      FROM candle WHERE instrument = ?
      ${giveWay('excluded.provenance > candle.provenance')}
    `);
    this.#remove = db.prepare('DELETE FROM candle WHERE instrument = ?');
  }

  /** A stored bar gives way unless its provenance is the stronger. Run it inside a transaction. */
  save({ candles, provenance, marks }: CandleBatch): void {
    const [rank, bits] = [rankOf(provenance), bitsOf(marks)];
    const values: unknown[] = [];
    for (const { instrument, timeframe, openTime, open, high, low, close, volume } of candles) {
      values.push(instrument, timeframe, openTime, open, high, low, close, volume ?? null, rank, bits);
      if (values.length < ROWS * FIELDS) continue;
      this.#upsertMany.run(values);
      values.length = 0;
    }
    for (let at = 0; at < values.length; at += FIELDS) this.#upsertOne.run(values.slice(at, at + FIELDS));
  }

  /** Bars with `from` ≤ openTime < `to`, oldest first. */
  load(instrument: InstrumentKey, timeframe: Timeframe, from: EpochMs, to: EpochMs): CandleColumns {
    return toColumns(this.#between.all(instrument, timeframe, from, to));
  }

  /** Up to `limit` bars that open before `time`, oldest first, as charts want them. */
  loadBefore(instrument: InstrumentKey, timeframe: Timeframe, time: EpochMs, limit: number): CandleColumns {
    return toColumns(this.#before.all(instrument, timeframe, time, limit).reverse());
  }

  /** As `load`, with provenance and marks. */
  stored(instrument: InstrumentKey, timeframe: Timeframe, from: EpochMs, to: EpochMs): readonly StoredCandle[] {
    return this.rows(instrument, timeframe, from, to).map(([openTime, open, high, low, close, volume, rank, marks]) => {
      const candle: Candle = { instrument, timeframe, openTime, open, high, low, close, volume: volume ?? undefined };
      return { candle, provenance: provenanceOf(rank), marks: marksOf(marks) };
    });
  }

  /** As `stored`, just as the rows are. */
  rows(instrument: InstrumentKey, timeframe: Timeframe, from: EpochMs, to: EpochMs): readonly WholeRow[] {
    return this.#wholeBetween.all(instrument, timeframe, from, to);
  }

  /** Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    this.#moveAll.run(to, from);
    return this.#remove.run(from).changes;
  }
}

function upsert(rows: number): string {
  return `
    INSERT INTO candle (instrument, timeframe, open_time, open, high, low, close, volume, provenance, marks)
    VALUES ${Array(rows).fill('(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}
    ${giveWay('excluded.provenance >= candle.provenance')}
  `;
}

function giveWay(condition: string): string {
  return `
    ON CONFLICT (instrument, timeframe, open_time) DO UPDATE SET
      open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
      volume = excluded.volume, provenance = excluded.provenance, marks = excluded.marks
    WHERE ${condition}
  `;
}

function toColumns(rows: readonly CandleRow[]): CandleColumns {
  const columns = createColumns(rows.length);
  let index = 0;
  for (const [openTime, open, high, low, close, volume] of rows) {
    columns.openTime[index] = openTime;
    columns.open[index] = open;
    columns.high[index] = high;
    columns.low[index] = low;
    columns.close[index] = close;
    columns.volume[index] = volume ?? Number.NaN;
    index += 1;
  }
  return columns;
}

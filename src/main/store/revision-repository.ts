import type { Database, Statement } from 'better-sqlite3';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { BarValues, Revision, RevisionReason } from '../../core/revision.ts';
import type { Timeframe } from '../../core/timeframe.ts';

type Values<Name extends string, Price> = Readonly<
  Record<`${Name}_${'open' | 'high' | 'low' | 'close'}`, Price> & Record<`${Name}_volume`, number | null>
>;

interface Place {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly open_time: EpochMs;
  readonly reason: RevisionReason;
  readonly at: EpochMs;
}

type RevisionRow = Place & Values<'before', number | null> & Values<'after', number>;

/** Bars that were changed after they had closed. Table: migrations/0006-ledger.ts. */
export class RevisionRepository {
  readonly #insert: Statement<[RevisionRow]>;
  readonly #between: Statement<[EpochMs, EpochMs], RevisionRow>;
  readonly #rename: Statement<[to: InstrumentKey, from: InstrumentKey]>;

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO revision (
        instrument, timeframe, open_time, reason, at,
        before_open, before_high, before_low, before_close, before_volume,
        after_open, after_high, after_low, after_close, after_volume
      ) VALUES (
        @instrument, @timeframe, @open_time, @reason, @at,
        @before_open, @before_high, @before_low, @before_close, @before_volume,
        @after_open, @after_high, @after_low, @after_close, @after_volume
      )
    `);
    this.#between = db.prepare(`
      SELECT * FROM revision WHERE open_time >= ? AND open_time < ? ORDER BY open_time, instrument, timeframe, id
    `);
    this.#rename = db.prepare('UPDATE revision SET instrument = ? WHERE instrument = ?');
  }

  add({ instrument, timeframe, openTime, reason, at, before, after }: Revision): void {
    this.#insert.run({
      instrument,
      timeframe,
      open_time: openTime,
      reason,
      at,
      before_open: before?.open ?? null,
      before_high: before?.high ?? null,
      before_low: before?.low ?? null,
      before_close: before?.close ?? null,
      before_volume: before?.volume ?? null,
      after_open: after.open,
      after_high: after.high,
      after_low: after.low,
      after_close: after.close,
      after_volume: after.volume ?? null,
    });
  }

  /** Of bars with `from` ≤ openTime < `to`: the oldest bar first, and each bar's changes in order. */
  between(from: EpochMs, to: EpochMs): readonly Revision[] {
    return this.#between.all(from, to).map((row) => ({
      instrument: row.instrument,
      timeframe: row.timeframe,
      openTime: row.open_time,
      reason: row.reason,
      at: row.at,
      before: beforeOf(row),
      after: {
        open: row.after_open,
        high: row.after_high,
        low: row.after_low,
        close: row.after_close,
        volume: row.after_volume ?? undefined,
      },
    }));
  }

  /** Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    return this.#rename.run(to, from).changes;
  }
}

/** Undefined when there was no bar. */
function beforeOf(row: RevisionRow): BarValues | undefined {
  const { before_open: open, before_high: high, before_low: low, before_close: close } = row;
  if (open === null || high === null || low === null || close === null) return undefined;
  return { open, high, low, close, volume: row.before_volume ?? undefined };
}

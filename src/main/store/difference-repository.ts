import type { Database, Statement } from 'better-sqlite3';
import type { BarDifference } from '../../core/bar-difference.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { BarValues } from '../../core/revision.ts';
import type { Timeframe } from '../../core/timeframe.ts';

type Values<Name extends string> = Readonly<
  Record<`${Name}_${'open' | 'high' | 'low' | 'close'}`, number> & Record<`${Name}_volume`, number | null>
>;

interface Place {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly open_time: EpochMs;
  readonly venue: string;
  readonly at: EpochMs;
}

type DifferenceRow = Place & Values<'ours'> & Values<'theirs'>;

/** Bars that a venue tells otherwise than we built them. Table: migrations/0009-bar-differences.ts. */
export class DifferenceRepository {
  readonly #insert: Statement<[DifferenceRow]>;
  readonly #between: Statement<[EpochMs, EpochMs], DifferenceRow>;
  readonly #rename: Statement<[to: InstrumentKey, from: InstrumentKey]>;

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT OR REPLACE INTO bar_difference VALUES (
        @instrument, @timeframe, @open_time, @venue, @at,
        @ours_open, @ours_high, @ours_low, @ours_close, @ours_volume,
        @theirs_open, @theirs_high, @theirs_low, @theirs_close, @theirs_volume
      )
    `);
    this.#between = db.prepare(
      'SELECT * FROM bar_difference WHERE open_time >= ? AND open_time < ? ORDER BY open_time, instrument, timeframe, venue',
    );
    this.#rename = db.prepare('UPDATE OR REPLACE bar_difference SET instrument = ? WHERE instrument = ?');
  }

  /** What the same venue said before of the same bar gives way. */
  add({ instrument, timeframe, openTime, venue, at, ours, theirs }: BarDifference): void {
    this.#insert.run({
      instrument,
      timeframe,
      open_time: openTime,
      venue,
      at,
      ours_open: ours.open,
      ours_high: ours.high,
      ours_low: ours.low,
      ours_close: ours.close,
      ours_volume: ours.volume ?? null,
      theirs_open: theirs.open,
      theirs_high: theirs.high,
      theirs_low: theirs.low,
      theirs_close: theirs.close,
      theirs_volume: theirs.volume ?? null,
    });
  }

  /** Of bars with `from` ≤ openTime < `to`, the oldest first. */
  between(from: EpochMs, to: EpochMs): readonly BarDifference[] {
    return this.#between.all(from, to).map((row) => ({
      instrument: row.instrument,
      timeframe: row.timeframe,
      openTime: row.open_time,
      venue: row.venue,
      at: row.at,
      ours: valuesIn(row.ours_open, row.ours_high, row.ours_low, row.ours_close, row.ours_volume),
      theirs: valuesIn(row.theirs_open, row.theirs_high, row.theirs_low, row.theirs_close, row.theirs_volume),
    }));
  }

  /** Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    return this.#rename.run(to, from).changes;
  }
}

function valuesIn(open: number, high: number, low: number, close: number, volume: number | null): BarValues {
  return { open, high, low, close, volume: volume ?? undefined };
}

import type { Database, Statement, Transaction } from 'better-sqlite3';
import type { Tick } from '../../core/tick.ts';

/** Recorded ticks, kept as they came. Table: migrations/0003-ticks.ts. */
export class TickRepository {
  readonly #insert: Statement<unknown[]>;
  readonly #saveAll: Transaction<(ticks: readonly Tick[]) => void>;

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO tick
        (instrument, time, received_at, ltp, day_volume, previous_close, day_open, day_high, day_low)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    `);
    this.#saveAll = db.transaction((ticks) => {
      for (const tick of ticks) this.#insert.run(valuesOf(tick));
    });
  }

  /** One transaction, in order of arrival. */
  save(ticks: readonly Tick[]): void {
    this.#saveAll(ticks);
  }
}

function valuesOf(tick: Tick): unknown[] {
  const { instrument, time, receivedAt, ltp, dayVolume, previousClose, dayOpen, dayHigh, dayLow } = tick;
  const known = [dayVolume, previousClose, dayOpen, dayHigh, dayLow].map((value) => value ?? null);
  return [instrument, time, receivedAt, ltp, ...known];
}

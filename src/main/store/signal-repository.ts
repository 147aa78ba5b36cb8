import type { Database, Statement } from 'better-sqlite3';
import type { EpochMs } from '../../core/brand.ts';
import type { Signal } from '../../core/signal.ts';
import { rowOfSignal, type SignalRow } from './signal-row.ts';

/** What rules found, once each. Table: migrations/0002-signals-and-alerts.ts. */
export class SignalRepository {
  readonly #insert: Statement<[SignalRow & { readonly stored_at: EpochMs }]>;

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO signal (instrument, timeframe, rule, bar_time, side, price, operands, stored_at)
      VALUES (@instrument, @timeframe, @rule, @bar_time, @side, @price, @operands, @stored_at)
      ON CONFLICT (instrument, timeframe, rule, bar_time) DO NOTHING
    `);
  }

  /** False when this very signal (instrument, timeframe, rule, bar) was stored before; the first word stands. */
  add(signal: Signal, at: EpochMs): boolean {
    return this.#insert.run({ ...rowOfSignal(signal), stored_at: at }).changes === 1;
  }
}

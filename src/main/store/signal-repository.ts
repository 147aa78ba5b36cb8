import type { Database, Statement } from 'better-sqlite3';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Inputs, Signal } from '../../core/signal.ts';
import { inputsRank, type MarkedPlace, type MarkedRow, rowOfSignal, type SignalRow } from './signal-row.ts';

/** What rules found, once each. Table: migrations/0002-signals-and-alerts.ts. */
export class SignalRepository {
  readonly #insert: Statement<[SignalRow & { readonly stored_at: EpochMs; readonly inputs: Inputs }]>;
  readonly #mark: Statement<[MarkedPlace], MarkedRow>;
  readonly #rename: Statement<[to: InstrumentKey, from: InstrumentKey]>;
  readonly #remove: Statement<[InstrumentKey]>;

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO signal (instrument, timeframe, rule, bar_time, side, price, operands, stored_at, inputs)
      VALUES (@instrument, @timeframe, @rule, @bar_time, @side, @price, @operands, @stored_at, @inputs)
      ON CONFLICT (instrument, timeframe, rule, bar_time) DO NOTHING
    `);
    this.#mark = db.prepare(`
      UPDATE signal SET inputs = @inputs
      WHERE instrument = @instrument AND timeframe = @timeframe AND bar_time >= @from AND bar_time < @to
        AND ${inputsRank('inputs')} < ${inputsRank('@inputs')}
      RETURNING rule, bar_time
    `);
    this.#rename = db.prepare('UPDATE OR IGNORE signal SET instrument = ? WHERE instrument = ?');
    this.#remove = db.prepare('DELETE FROM signal WHERE instrument = ?');
  }

  /** False when this very signal (instrument, timeframe, rule, bar) was stored before; the first word stands. */
  add(signal: Signal, at: EpochMs, inputs: Inputs): boolean {
    return this.#insert.run({ ...rowOfSignal(signal), stored_at: at, inputs }).changes === 1;
  }

  /** Marks those of bars that open in `[from, to)`, and answers which were not marked so, or worse, before. */
  mark(place: MarkedPlace): readonly MarkedRow[] {
    return this.#mark.all(place);
  }

  /** A signal that both symbols have stays the new one's. Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    return this.#rename.run(to, from).changes + this.#remove.run(from).changes;
  }
}

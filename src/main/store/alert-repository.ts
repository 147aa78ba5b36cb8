import type { Database, Statement } from 'better-sqlite3';
import type { Alert } from '../../core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Inputs } from '../../core/signal.ts';
import {
  inputsRank,
  type MarkedPlace,
  type MarkedRow,
  rowOfSignal,
  type SignalRow,
  signalOfRow,
} from './signal-row.ts';

interface AlertRow extends SignalRow {
  readonly id: string;
  readonly raised_at: EpochMs;
  readonly text: string;
  readonly read: 0 | 1;
  readonly late: 0 | 1;
  readonly inputs: Inputs;
}

/** What a person was told. Table: migrations/0002-signals-and-alerts.ts. */
export class AlertRepository {
  readonly #insert: Statement<[AlertRow]>;
  readonly #newest: Statement<[number], AlertRow>;
  readonly #markRead: Statement<[]>;
  readonly #clear: Statement<[]>;
  readonly #mark: Statement<[MarkedPlace], MarkedRow>;
  readonly #rename: Statement<[{ readonly from: InstrumentKey; readonly to: InstrumentKey }]>;
  readonly #remove: Statement<[InstrumentKey]>;

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO alert
        (id, raised_at, instrument, timeframe, rule, bar_time, side, price, operands, text, read, late, inputs)
      VALUES
        (@id, @raised_at, @instrument, @timeframe, @rule, @bar_time, @side, @price, @operands, @text, @read, @late,
         @inputs)
      ON CONFLICT (id) DO NOTHING
    `);
    this.#newest = db.prepare('SELECT * FROM alert WHERE cleared = 0 ORDER BY raised_at DESC, rowid DESC LIMIT ?');
    this.#markRead = db.prepare('UPDATE alert SET read = 1 WHERE read = 0');
    this.#clear = db.prepare('UPDATE alert SET cleared = 1 WHERE cleared = 0');
    this.#mark = db.prepare(`
      UPDATE alert SET inputs = @inputs
      WHERE instrument = @instrument AND timeframe = @timeframe AND bar_time >= @from AND bar_time < @to
        AND ${inputsRank('inputs')} < ${inputsRank('@inputs')}
      RETURNING rule, bar_time
    `);
    // The id begins with the instrument (signalId); what else it may be stays as it is.
    this.#rename = db.prepare(`
      UPDATE OR IGNORE alert SET
        instrument = @to,
        id = CASE
          WHEN substr(id, 1, length(@from) + 1) = @from || ' ' THEN @to || substr(id, length(@from) + 1)
          ELSE id
        END
      WHERE instrument = @from
    `);
    this.#remove = db.prepare('DELETE FROM alert WHERE instrument = ?');
  }

  /** False when it was stored before, even if it has been cleared since: nobody is told twice. */
  add({ id, raisedAt, signal, text, read, late, inputs }: Alert): boolean {
    const row = { ...rowOfSignal(signal), id, raised_at: raisedAt, text, read: bit(read), late: bit(late), inputs };
    return this.#insert.run(row).changes === 1;
  }

  /** Newest first, without those that were cleared. */
  newest(limit: number): readonly Alert[] {
    return this.#newest.all(limit).map((row) => ({
      id: row.id,
      raisedAt: row.raised_at,
      signal: signalOfRow(row),
      text: row.text,
      read: row.read === 1,
      late: row.late === 1,
      inputs: row.inputs,
    }));
  }

  markAllRead(): void {
    this.#markRead.run();
  }

  /** Takes every alert off the list. The rows stay, so that a signal found again is still known. */
  clear(): void {
    this.#clear.run();
  }

  /** Marks those of bars that open in `[from, to)`, cleared ones too, and answers which were not marked so, or worse, before. */
  mark(place: MarkedPlace): readonly MarkedRow[] {
    return this.#mark.all(place);
  }

  /** An alert that both symbols have stays the new one's. Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    return this.#rename.run({ from, to }).changes + this.#remove.run(from).changes;
  }
}

function bit(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

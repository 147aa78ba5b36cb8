import type { Database, Statement } from 'better-sqlite3';
import type { Alert } from '../../core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Inputs } from '../../core/signal.ts';
import type { ToldAlert } from '../engine/alert-store-port.ts';
import {
  inputsRank,
  type MarkedPlace,
  type MarkedRow,
  rowOfSignal,
  type SignalRow,
  signalOfRow,
} from './signal-row.ts';

export interface AlertRow extends SignalRow {
  readonly id: string;
  readonly raised_at: EpochMs;
  readonly text: string;
  readonly read: 0 | 1;
  readonly late: 0 | 1;
  readonly inputs: Inputs;
  readonly link: number | null;
}

/** What a person was told. Table: migrations/0002-signals-and-alerts.ts; `link` came with 0011-evidence.ts. */
export class AlertRepository {
  readonly #insert: Statement<[AlertRow]>;
  readonly #newest: Statement<[number], AlertRow>;
  readonly #byId: Statement<[string], AlertRow>;
  readonly #all: Statement<[], AlertRow>;
  readonly #markRead: Statement<[]>;
  readonly #clear: Statement<[]>;
  readonly #mark: Statement<[MarkedPlace], MarkedRow>;
  readonly #rename: Statement<[{ readonly from: InstrumentKey; readonly to: InstrumentKey }]>;
  readonly #keep: Statement<[to: InstrumentKey, from: InstrumentKey]>;
  readonly #remove: Statement<[InstrumentKey]>;

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO alert
        (id, raised_at, instrument, timeframe, rule, bar_time, side, price, operands, text, read, late, inputs, link)
      VALUES
        (@id, @raised_at, @instrument, @timeframe, @rule, @bar_time, @side, @price, @operands, @text, @read, @late,
         @inputs, @link)
      ON CONFLICT (id) DO NOTHING
    `);
    this.#newest = db.prepare('SELECT * FROM alert WHERE cleared = 0 ORDER BY raised_at DESC, rowid DESC LIMIT ?');
    this.#byId = db.prepare('SELECT * FROM alert WHERE id = ?');
    this.#all = db.prepare('SELECT * FROM alert ORDER BY rowid');
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
    // One that both symbols have and that has a passport goes off the list, but is not deleted.
    this.#keep = db.prepare('UPDATE alert SET instrument = ?, cleared = 1 WHERE instrument = ? AND link IS NOT NULL');
    this.#remove = db.prepare('DELETE FROM alert WHERE instrument = ?');
  }

  /**
   * False when it was stored before, even if it has been cleared since: nobody is told twice. `link` is the number of
   * the link that holds its passport.
   */
  add({ id, raisedAt, signal, text, read, late, inputs }: Alert, link?: number): boolean {
    const told = { id, raised_at: raisedAt, text, read: bit(read), late: bit(late), inputs, link: link ?? null };
    return this.#insert.run({ ...rowOfSignal(signal), ...told }).changes === 1;
  }

  /** Newest first, without those that were cleared. */
  newest(limit: number): readonly Alert[] {
    return this.#newest.all(limit).map(alertOfRow);
  }

  /** By the id it has now; cleared ones too. */
  find(id: string): ToldAlert | undefined {
    const row = this.#byId.get(id);
    return row && toldOf(row);
  }

  /** All of them, cleared ones too, oldest first. */
  all(): readonly ToldAlert[] {
    return this.#all.all().map(toldOf);
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

  /** Of an alert that both symbols have, the new one's is listed. Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    const moved = this.#rename.run({ from, to }).changes + this.#keep.run(to, from).changes;
    return moved + this.#remove.run(from).changes;
  }
}

function toldOf(row: AlertRow): ToldAlert {
  return { alert: alertOfRow(row), link: row.link ?? undefined };
}

export function alertOfRow(row: AlertRow): Alert {
  return {
    id: row.id,
    raisedAt: row.raised_at,
    signal: signalOfRow(row),
    text: row.text,
    read: row.read === 1,
    late: row.late === 1,
    inputs: row.inputs,
  };
}

function bit(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

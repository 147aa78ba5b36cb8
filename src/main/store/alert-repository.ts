import type { Database, Statement } from 'better-sqlite3';
import type { Alert } from '../../core/alert.ts';
import type { EpochMs } from '../../core/brand.ts';
import { rowOfSignal, type SignalRow, signalOfRow } from './signal-row.ts';

interface AlertRow extends SignalRow {
  readonly id: string;
  readonly raised_at: EpochMs;
  readonly text: string;
  readonly read: 0 | 1;
  readonly late: 0 | 1;
}

/** What a person was told. Table: migrations/0002-signals-and-alerts.ts. */
export class AlertRepository {
  readonly #insert: Statement<[AlertRow]>;
  readonly #newest: Statement<[number], AlertRow>;
  readonly #markRead: Statement<[]>;
  readonly #clear: Statement<[]>;

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO alert
        (id, raised_at, instrument, timeframe, rule, bar_time, side, price, operands, text, read, late)
      VALUES
        (@id, @raised_at, @instrument, @timeframe, @rule, @bar_time, @side, @price, @operands, @text, @read, @late)
      ON CONFLICT (id) DO NOTHING
    `);
    this.#newest = db.prepare('SELECT * FROM alert WHERE cleared = 0 ORDER BY raised_at DESC, rowid DESC LIMIT ?');
    this.#markRead = db.prepare('UPDATE alert SET read = 1 WHERE read = 0');
    this.#clear = db.prepare('UPDATE alert SET cleared = 1 WHERE cleared = 0');
  }

  /** False when it was stored before, even if it has been cleared since: nobody is told twice. */
  add({ id, raisedAt, signal, text, read, late }: Alert): boolean {
    const row = { ...rowOfSignal(signal), id, raised_at: raisedAt, text, read: bit(read), late: bit(late) };
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
      inputs: 'whole',
    }));
  }

  markAllRead(): void {
    this.#markRead.run();
  }

  /** Takes every alert off the list. The rows stay, so that a signal found again is still known. */
  clear(): void {
    this.#clear.run();
  }
}

function bit(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

import type { Database, Statement } from 'better-sqlite3';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Delivery } from '../engine/alert-store-port.ts';
import { type AlertRow, alertOfRow } from './alert-repository.ts';

interface WaitingRow extends AlertRow {
  readonly attempts: number;
  readonly due_at: EpochMs;
}

interface Place {
  readonly alert: string;
  readonly channel: string;
}

/** What channels owe. Table: migrations/0012-deliveries.ts. */
export class DeliveryRepository {
  readonly #insert: Statement<[Place & { readonly at: EpochMs }]>;
  readonly #waiting: Statement<[string, number], WaitingRow>;
  readonly #postpone: Statement<[Place & { readonly dueAt: EpochMs }]>;
  readonly #settle: Statement<[Place & { readonly state: string; readonly at: EpochMs }]>;
  readonly #rename: Statement<[{ readonly from: InstrumentKey; readonly to: InstrumentKey }]>;
  readonly #remove: Statement<[{ readonly from: InstrumentKey }]>;

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO delivery (alert, channel, attempts, due_at, state) VALUES (@alert, @channel, 0, @at, 'waiting')
      ON CONFLICT (alert, channel) DO NOTHING
    `);
    this.#waiting = db.prepare(`
      SELECT alert.*, attempts, due_at FROM delivery JOIN alert ON alert.id = delivery.alert
      WHERE state = 'waiting' AND channel = ?
      ORDER BY alert.raised_at, alert.rowid LIMIT ?
    `);
    const waits = "alert = @alert AND channel = @channel AND state = 'waiting'";
    this.#postpone = db.prepare(`UPDATE delivery SET attempts = attempts + 1, due_at = @dueAt WHERE ${waits}`);
    this.#settle = db.prepare(`UPDATE delivery SET state = @state, settled_at = @at WHERE ${waits}`);
    // An alert's id begins with its instrument (signalId).
    const isOf = "substr(alert, 1, length(@from) + 1) = @from || ' '";
    this.#rename = db.prepare(
      `UPDATE OR IGNORE delivery SET alert = @to || substr(alert, length(@from) + 1) WHERE ${isOf}`,
    );
    this.#remove = db.prepare(`DELETE FROM delivery WHERE ${isOf}`);
  }

  /** From now on each of the channels owes the alert; one that did before still stands where it stood. */
  add(alert: string, channels: readonly string[], at: EpochMs): void {
    for (const channel of channels) this.#insert.run({ alert, channel, at });
  }

  /** What a channel owes, oldest first, due or not. */
  waiting(channel: string, limit: number): readonly Delivery[] {
    return this.#waiting.all(channel, limit).map((row) => ({
      alert: alertOfRow(row),
      channel,
      attempts: row.attempts,
      dueAt: row.due_at,
    }));
  }

  /** Counts an attempt. What is settled stays so. */
  postpone(channel: string, alert: string, dueAt: EpochMs): void {
    this.#postpone.run({ alert, channel, dueAt });
  }

  /** False when it was not owed any more. */
  settle(channel: string, alert: string, state: 'told' | 'failed' | 'quiet', at: EpochMs): boolean {
    return this.#settle.run({ alert, channel, state, at }).changes === 1;
  }

  /** An alert that both symbols have stays the new one's. Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    return this.#rename.run({ from, to }).changes + this.#remove.run({ from }).changes;
  }
}

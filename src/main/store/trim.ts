import type { Database, Transaction } from 'better-sqlite3';
import type { EpochMs } from '../../core/brand.ts';
import type { Retention, TrimReport } from '../engine/store-port.ts';
import { deletions, usedBytes } from './trim-plan.ts';
import type { Deletion } from './trim-statements.ts';

/** Rows deleted in one slice: about 10 ms, and the disk's word that it is written. */
const ROWS = 4_000;
/** What a look costs that finds nothing, in rows. */
const LOOK = 10;
/** Pages given back in one slice: each may move another one, about 10 ms together. */
const PAGES = 300;

/** Deletes what is too old, a slice at a time, then gives the room back to the disk. */
export class Trimmer {
  readonly #db: Database;
  readonly #sliceOf: Transaction<(work: Iterator<Deletion>) => Record<string, number> | undefined>;
  /** What is under way, and what it was begun for. */
  #work: Iterator<Deletion> | undefined;
  #retention = '';
  /** Deletions that were cut short by the end of their slice. */
  #rest: Deletion | undefined;

  constructor(db: Database) {
    this.#db = db;
    this.#sliceOf = db.transaction((work) => this.#deleteSome(work));
  }

  /** One slice. What was begun goes on with the `now` it was begun with, unless the retention is another. */
  trim(retention: Retention, now: EpochMs): TrimReport {
    const asked = JSON.stringify(retention);
    if (this.#work === undefined || asked !== this.#retention) this.#begin(retention, asked, now);
    try {
      const deleted = this.#work && this.#sliceOf.immediate(this.#work);
      if (deleted !== undefined) return { deleted, freedBytes: 0, isDone: false };
      const freedBytes = this.#giveBack();
      if (freedBytes > 0) return { deleted: {}, freedBytes, isDone: false };
    } catch (thrown) {
      this.#work = undefined;
      throw thrown;
    }
    this.#work = undefined;
    return { deleted: {}, freedBytes: 0, isDone: true, ...this.#excess(retention) };
  }

  #begin(retention: Retention, asked: string, now: EpochMs): void {
    this.#retention = asked;
    this.#rest = undefined;
    this.#work = deletions(this.#db, retention, now);
  }

  /** Undefined when nothing was left to delete. */
  #deleteSome(work: Iterator<Deletion>): Record<string, number> | undefined {
    const deleted: Record<string, number> = {};
    let room = ROWS;
    while (room > 0) {
      const next = this.#rest ?? work.next().value;
      if (next === undefined) return Object.keys(deleted).length === 0 ? undefined : deleted;
      const count = next.run(room);
      this.#rest = count < room ? undefined : next;
      if (count > 0) deleted[next.kind] = (deleted[next.kind] ?? 0) + count;
      room -= count + LOOK;
    }
    return deleted;
  }

  /** Some free pages, and at last the log too, which is folded into the file. Answers bytes; 0 when none is left. */
  #giveBack(): number {
    const before = this.#pages();
    this.#db.pragma(`incremental_vacuum(${PAGES})`);
    const freed = before - this.#pages();
    if (freed === 0) this.#foldLog();
    return freed * Number(this.#db.pragma('page_size', { simple: true }));
  }

  /** Not waiting for those who still read what is in the log; the next one to fold it does the rest. */
  #foldLog(): void {
    const patience = Number(this.#db.pragma('busy_timeout', { simple: true }));
    this.#db.pragma('busy_timeout = 0');
    try {
      this.#db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      this.#db.pragma(`busy_timeout = ${patience}`);
    }
  }

  #pages(): number {
    return Number(this.#db.pragma('page_count', { simple: true }));
  }

  #excess({ budgetBytes }: Retention): Pick<TrimReport, 'overBudgetBytes'> {
    const excess = budgetBytes === undefined ? 0 : usedBytes(this.#db) - budgetBytes;
    return excess > 0 ? { overBudgetBytes: excess } : {};
  }
}

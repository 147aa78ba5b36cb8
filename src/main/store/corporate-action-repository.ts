import type { Database, Statement } from 'better-sqlite3';
import type { InstrumentKey, TradingDate } from '../../core/brand.ts';
import type { CorporateAction } from '../../core/corporate-action.ts';

interface ActionRow extends Omit<CorporateAction, 'exDate'> {
  readonly ex_date: TradingDate;
}

/** Splits, bonuses and demergers. Table: migrations/0007-books-and-actions.ts. */
export class CorporateActionRepository {
  readonly #insert: Statement<[ActionRow]>;
  readonly #all: Statement<[], ActionRow>;
  readonly #rename: Statement<[to: InstrumentKey, from: InstrumentKey]>;
  readonly #remove: Statement<[InstrumentKey]>;
  readonly #replaceAll: (actions: readonly CorporateAction[]) => void;

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT OR REPLACE INTO corporate_action (instrument, ex_date, kind, factor, note)
      VALUES (@instrument, @ex_date, @kind, @factor, @note)
    `);
    this.#all = db.prepare('SELECT * FROM corporate_action ORDER BY ex_date, instrument, kind');
    this.#rename = db.prepare('UPDATE OR IGNORE corporate_action SET instrument = ? WHERE instrument = ?');
    this.#remove = db.prepare('DELETE FROM corporate_action WHERE instrument = ?');
    const removeAll = db.prepare('DELETE FROM corporate_action');
    this.#replaceAll = db.transaction((actions) => {
      removeAll.run();
      for (const { exDate, ...rest } of actions) this.#insert.run({ ...rest, ex_date: exDate });
    });
  }

  /** The oldest first. */
  all(): readonly CorporateAction[] {
    return this.#all.all().map(({ ex_date: exDate, ...rest }) => ({ ...rest, exDate }));
  }

  /** Replaces the list. */
  replace(actions: readonly CorporateAction[]): void {
    this.#replaceAll(actions);
  }

  /** Where both symbols have one of the same day and kind, the new symbol's stays. Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    return this.#rename.run(to, from).changes + this.#remove.run(from).changes;
  }
}

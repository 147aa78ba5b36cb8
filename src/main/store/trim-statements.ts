import type { Database, Statement } from 'better-sqlite3';
import type { Timeframe } from '../../core/timeframe.ts';

/** Deletes up to `limit` rows and answers how many; fewer than `limit` means that none is left. */
export interface Deletion {
  readonly kind: string;
  run(limit: number): number;
}

type Place = [instrument: string, timeframe: Timeframe];
type Recorded = 'tick' | 'order_book';

/** The statements that trimming is made of, prepared once for all instruments. Run deletions in a transaction. */
export class TrimStatements {
  readonly #db: Database;
  readonly #forget: Statement<[...Place, number]>;
  readonly #shorten: Statement<[number, ...Place, number, number]>;
  readonly #removeBars: Statement<[...Place, number, number]>;
  readonly #firstBar: Statement<Place, number | null>;
  readonly #nextInstrument: Statement<[string], string | null>;

  constructor(db: Database) {
    this.#db = db;
    const place = 'WHERE instrument = ? AND timeframe = ?';
    this.#forget = db.prepare(`DELETE FROM covered ${place} AND close <= ?`);
    this.#shorten = db.prepare(`UPDATE covered SET open = ? ${place} AND close > ? AND open < ?`);
    this.#removeBars = db.prepare(`DELETE FROM candle ${place} AND open_time < ? ORDER BY open_time LIMIT ?`);
    this.#firstBar = db.prepare<Place, number | null>(`SELECT min(open_time) FROM candle ${place}`).pluck();
    this.#nextInstrument = db
      .prepare<[string], string | null>('SELECT min(instrument) FROM candle WHERE instrument > ?')
      .pluck();
  }

  /** From one instrument to the next by the primary key: bars have no index by instrument alone. */
  *instruments(): Generator<string> {
    const next = this.#nextInstrument;
    for (let each = next.get(''); typeof each === 'string'; each = next.get(each)) yield each;
  }

  /** Takes back first what is said to be covered, so that no moment of it is without its bars. */
  bars(kind: string, instrument: string, timeframe: Timeframe, time: number): Deletion {
    return {
      kind,
      run: (limit) => {
        this.#forget.run(instrument, timeframe, time);
        this.#shorten.run(time, instrument, timeframe, time, time);
        return this.#removeBars.run(instrument, timeframe, time, limit).changes;
      },
    };
  }

  /**
   * Ticks and books lie in order of arrival, and so nearly in order of time: deleting ends at the first stretch
   * of rows that has a newer one. An old one behind it goes when that one does.
   */
  recorded(kind: string, table: Recorded, time: number): Deletion {
    const remove = this.#db.prepare<[number, number]>(
      `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} ORDER BY id LIMIT ?) AND time < ?`,
    );
    return { kind, run: (limit) => remove.run(limit, time).changes };
  }

  revisions(timeframes: readonly Timeframe[], time: number): Deletion {
    const frames = timeframes.map((timeframe) => `'${timeframe}'`).join(', ');
    const remove = this.#db.prepare<[number, number]>(
      `DELETE FROM revision WHERE open_time < ? AND timeframe IN (${frames}) ORDER BY open_time LIMIT ?`,
    );
    return { kind: 'revisions', run: (limit) => remove.run(time, limit).changes };
  }

  differences(time: number): Deletion {
    const remove = this.#db.prepare<[number, number]>(
      'DELETE FROM bar_difference WHERE open_time < ? ORDER BY open_time LIMIT ?',
    );
    return { kind: 'differences', run: (limit) => remove.run(time, limit).changes };
  }

  /** When the oldest bar opens. */
  firstBar(instrument: string, timeframe: Timeframe): number | undefined {
    return this.#firstBar.get(instrument, timeframe) ?? undefined;
  }

  /** The time of the first to arrive. */
  firstRecorded(table: Recorded): number | undefined {
    return this.#db.prepare<[], number>(`SELECT time FROM ${table} ORDER BY id LIMIT 1`).pluck().get();
  }
}

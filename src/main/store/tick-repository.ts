import type { Database, Statement } from 'better-sqlite3';
import type { InstrumentKey } from '../../core/brand.ts';
import type { Tick } from '../../core/tick.ts';

/**
 * How far back the price before is looked for when a program starts: minutes of two hundred busy instruments, read
 * in 25 ms. An index by instrument would find every one, and was measured at two fifths of the table's size.
 */
const LOOK_BACK_ROWS = 100_000;

/** Recorded ticks, kept as they came. Table: migrations/0003-ticks.ts, 0005 and 0008. */
export class TickRepository {
  readonly #insert: Statement<unknown[]>;
  readonly #newest: Statement<[], readonly [InstrumentKey, number, id: number]>;
  readonly #rename: Statement<[to: InstrumentKey, from: InstrumentKey]>;
  readonly #saveAll: (ticks: readonly Tick[]) => ReadonlyMap<InstrumentKey, number>;
  /** Each instrument's price in the newest row. */
  #prices: Map<InstrumentKey, number> | undefined;

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO tick
        (instrument, time, received_at, ltp, day_volume, previous_close, day_open, day_high, day_low, direction,
         quantity, side, bid, ask)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    `);
    // Columns beside max() are those of its row: https://sqlite.org/lang_select.html, 2.5.
    this.#newest = db
      .prepare<[], readonly [InstrumentKey, number, number]>(`
        SELECT instrument, ltp, max(id) FROM tick
        WHERE id > (SELECT max(id) FROM tick) - ${LOOK_BACK_ROWS} GROUP BY instrument
      `)
      .raw();
    this.#rename = db.prepare('UPDATE tick SET instrument = ? WHERE instrument = ?');
    this.#saveAll = db.transaction((ticks) => this.#write(ticks));
  }

  /** One transaction, in order of arrival. Each with its direction against the instrument's tick before. */
  save(ticks: readonly Tick[]): void {
    // Only once they are on disk: ticks that were refused will be brought again.
    for (const [instrument, ltp] of this.#saveAll(ticks)) this.#known().set(instrument, ltp);
  }

  /** Reads the whole table. Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    const { changes } = this.#rename.run(to, from);
    this.#prices = undefined;
    return changes;
  }

  #write(ticks: readonly Tick[]): ReadonlyMap<InstrumentKey, number> {
    const known = this.#known();
    const prices = new Map<InstrumentKey, number>();
    for (const tick of ticks) {
      const { instrument, time, receivedAt, ltp, dayVolume, previousClose, dayOpen, dayHigh, dayLow } = tick;
      const { quantity, side, bid, ask } = tick;
      const before = prices.get(instrument) ?? known.get(instrument);
      const direction = before === undefined ? undefined : Math.sign(ltp - before);
      const day = [dayVolume, previousClose, dayOpen, dayHigh, dayLow];
      const optional = [...day, direction, quantity, side, bid, ask].map((value) => value ?? null);
      this.#insert.run(instrument, time, receivedAt, ltp, ...optional);
      prices.set(instrument, ltp);
    }
    return prices;
  }

  #known(): Map<InstrumentKey, number> {
    this.#prices ??= new Map(this.#newest.all().map(([instrument, ltp]) => [instrument, ltp]));
    return this.#prices;
  }
}

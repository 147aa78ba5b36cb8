import type { Database, Statement, Transaction } from 'better-sqlite3';
import type { InstrumentKey } from '../../core/brand.ts';
import type { Instrument, Segment } from '../../core/instrument.ts';

interface InstrumentRow {
  readonly key: InstrumentKey;
  readonly name: string;
  readonly segment: Segment;
  readonly sector: string | null;
  readonly tick_size: number;
  readonly price_decimals: number;
  readonly lot_size: number;
}

/** Every instrument this store has bars or signals of. Table: migrations/0010-fractional-lots.ts. */
export class InstrumentRepository {
  readonly #upsert: Statement<[InstrumentRow]>;
  readonly #all: Statement<[], InstrumentRow>;
  readonly #rename: Statement<[to: InstrumentKey, from: InstrumentKey]>;
  readonly #remove: Statement<[InstrumentKey]>;
  readonly #saveAll: Transaction<(instruments: readonly Instrument[]) => void>;

  constructor(db: Database) {
    this.#upsert = db.prepare(`
      INSERT INTO instrument (key, name, segment, sector, tick_size, price_decimals, lot_size)
      VALUES (@key, @name, @segment, @sector, @tick_size, @price_decimals, @lot_size)
      ON CONFLICT (key) DO UPDATE SET
        name = excluded.name, segment = excluded.segment, sector = excluded.sector,
        tick_size = excluded.tick_size, price_decimals = excluded.price_decimals, lot_size = excluded.lot_size
    `);
    this.#all = db.prepare('SELECT * FROM instrument ORDER BY rowid');
    this.#rename = db.prepare('UPDATE OR IGNORE instrument SET key = ? WHERE key = ?');
    this.#remove = db.prepare('DELETE FROM instrument WHERE key = ?');
    this.#saveAll = db.transaction((instruments) => {
      for (const instrument of instruments) this.#upsert.run(rowOf(instrument));
    });
  }

  /** In the order in which they were first saved. */
  all(): readonly Instrument[] {
    return this.#all.all().map((row) => ({
      key: row.key,
      name: row.name,
      segment: row.segment,
      sector: row.sector ?? undefined,
      tickSize: row.tick_size,
      priceDecimals: row.price_decimals,
      lotSize: row.lot_size,
    }));
  }

  /** Adds or updates. None is removed: its bars are still here. */
  save(instruments: readonly Instrument[]): void {
    this.#saveAll(instruments);
  }

  /** Where both symbols are known the new one stays. Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    return this.#rename.run(to, from).changes + this.#remove.run(from).changes;
  }
}

function rowOf({ key, name, segment, sector, tickSize, priceDecimals, lotSize }: Instrument): InstrumentRow {
  return {
    key,
    name,
    segment,
    sector: sector ?? null,
    tick_size: tickSize,
    price_decimals: priceDecimals,
    lot_size: lotSize,
  };
}

import type { Database, Statement } from 'better-sqlite3';
import type { AuctionBar, AuctionKind } from '../../core/auction.ts';
import type { EpochMs, InstrumentKey, TradingDate } from '../../core/brand.ts';

interface AuctionRow {
  readonly instrument: InstrumentKey;
  readonly date: TradingDate;
  readonly kind: AuctionKind;
  readonly open_time: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | null;
}

/** What auctions traded. Table: migrations/0006-ledger.ts. */
export class AuctionRepository {
  readonly #upsert: Statement<[AuctionRow]>;
  readonly #between: Statement<[InstrumentKey, EpochMs, EpochMs], AuctionRow>;
  readonly #rename: Statement<[to: InstrumentKey, from: InstrumentKey]>;
  readonly #remove: Statement<[InstrumentKey]>;

  constructor(db: Database) {
    this.#upsert = db.prepare(`
      INSERT OR REPLACE INTO auction (instrument, date, kind, open_time, open, high, low, close, volume)
      VALUES (@instrument, @date, @kind, @open_time, @open, @high, @low, @close, @volume)
    `);
    this.#between = db.prepare(
      'SELECT * FROM auction WHERE instrument = ? AND open_time >= ? AND open_time < ? ORDER BY open_time',
    );
    this.#rename = db.prepare('UPDATE OR IGNORE auction SET instrument = ? WHERE instrument = ?');
    this.#remove = db.prepare('DELETE FROM auction WHERE instrument = ?');
  }

  /** One a day and kind: the newer word replaces the older. */
  save({ openTime, volume, ...rest }: AuctionBar): void {
    this.#upsert.run({ ...rest, open_time: openTime, volume: volume ?? null });
  }

  /** Those with `from` ≤ openTime < `to`, oldest first. */
  between(instrument: InstrumentKey, from: EpochMs, to: EpochMs): readonly AuctionBar[] {
    return this.#between.all(instrument, from, to).map(({ open_time: openTime, volume, ...rest }) => {
      return { ...rest, openTime, volume: volume ?? undefined };
    });
  }

  /** Where both symbols have one of the same day and kind, the new symbol's stays. Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    return this.#rename.run(to, from).changes + this.#remove.run(from).changes;
  }
}

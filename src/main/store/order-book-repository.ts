import type { Database, Statement } from 'better-sqlite3';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { BookLevel, OrderBook } from '../../core/order-book.ts';

type BookValues = [instrument: InstrumentKey, time: EpochMs, receivedAt: EpochMs, bids: string, asks: string];

/** Recorded order books, kept as they came. Table: migrations/0007-books-and-actions.ts. */
export class OrderBookRepository {
  readonly #insert: Statement<BookValues>;
  readonly #rename: Statement<[to: InstrumentKey, from: InstrumentKey]>;
  readonly #saveAll: (books: readonly OrderBook[]) => void;

  constructor(db: Database) {
    this.#insert = db.prepare(
      'INSERT INTO order_book (instrument, time, received_at, bids, asks) VALUES (?, ?, ?, ?, ?)',
    );
    this.#rename = db.prepare('UPDATE order_book SET instrument = ? WHERE instrument = ?');
    this.#saveAll = db.transaction((books) => {
      for (const { instrument, time, receivedAt, bids, asks } of books)
        this.#insert.run(instrument, time, receivedAt, jsonOf(bids), jsonOf(asks));
    });
  }

  /** One transaction, in order of arrival. */
  save(books: readonly OrderBook[]): void {
    this.#saveAll(books);
  }

  /** Reads the whole table. Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    return this.#rename.run(to, from).changes;
  }
}

function jsonOf(levels: readonly BookLevel[]): string {
  return JSON.stringify(levels.map(({ price, quantity, orders }) => [price, quantity, orders ?? null]));
}

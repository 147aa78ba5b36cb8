import type { EpochMs, InstrumentKey } from './brand.ts';
import type { BookSides } from './order-book.ts';

/** One market update for one instrument, already in our units. Absent fields are unknown, never zero. */
export interface Tick {
  readonly instrument: InstrumentKey;
  /** Last traded price, in the instrument's currency. */
  readonly ltp: number;
  /** Quantity traded since the session opened. Cumulative, never per trade; absent for indices. */
  readonly dayVolume?: number | undefined;
  /**
   * Quantity of this very trade, where the venue tells each trade by itself: bars add it up. Such a tick has no
   * `dayVolume` to count from; one that has is screen news only.
   */
  readonly quantity?: number | undefined;
  /** Who came to the other's price, where the venue tells. */
  readonly side?: 'buy' | 'sell' | undefined;
  /** Best prices waiting at that moment. */
  readonly bid?: number | undefined;
  readonly ask?: number | undefined;
  /** Close of the previous session: what the day's change is counted from. */
  readonly previousClose?: number | undefined;
  readonly dayOpen?: number | undefined;
  readonly dayHigh?: number | undefined;
  readonly dayLow?: number | undefined;
  /** When the exchange stamped it; `receivedAt` where the venue sends no stamp. Decides the bar. */
  readonly time: EpochMs;
  /** When it reached us. Decides latency and staleness. */
  readonly receivedAt: EpochMs;
  /** The best orders at that moment; only where the venue sends them and they are wanted (`Feed.books`). */
  readonly book?: BookSides | undefined;
}

import type { AuctionBar } from '../../core/auction.ts';
import type { BarDifference } from '../../core/bar-difference.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { Candle, Provenance } from '../../core/candle.ts';
import type { CoveredSpan } from '../../core/day-coverage.ts';
import { AppError } from '../../core/errors.ts';
import type { OrderBook } from '../../core/order-book.ts';
import type { Revision } from '../../core/revision.ts';
import type { Tick } from '../../core/tick.ts';
import type { Clock } from './ports.ts';
import type { BarMark, CandleBatch, DoubtedSpan, Store } from './store-port.ts';

/** One transaction for whatever closed in a quarter of a second: scattered single inserts would cost eight times as much. */
const FLUSH_MS = 250;

/** Bars and ticks held back while the disk refuses them: an hour of fifty instruments' base bars. */
const MAX_HELD = 36_000;

/** What waits to be stored together. */
interface Waiting {
  /** By provenance and marks. */
  readonly batches: Map<string, CandleBatch & { readonly candles: Candle[] }>;
  /** By instrument, timeframe and provenance. */
  readonly covered: Map<string, CoveredSpan[]>;
  readonly doubted: DoubtedSpan[];
  /** The newest word on each stands. */
  readonly auctions: Map<string, AuctionBar>;
  readonly revisions: Revision[];
  readonly differences: BarDifference[];
  readonly ticks: Tick[];
  readonly books: OrderBook[];
}

export interface JournalParts {
  readonly store: Store;
  /** The clock on the wall. */
  readonly clock: Clock;
  onTrouble(error: AppError): void;
  /** Bars that open at this time or later were given up: the disk refused them too long. */
  onGivenUp?(from: EpochMs): void;
}

/** Gathers what is to be kept and stores it together. What it holds can be had again from history. */
export class Journal {
  readonly #parts: JournalParts;
  #waiting = nothing();
  #held = 0;
  #cancel: (() => void) | undefined;
  /** Bars and ticks given up because the disk refused them too long. */
  dropped = 0;

  constructor(parts: JournalParts) {
    this.#parts = parts;
  }

  candle(candle: Candle, provenance: Provenance, marks: readonly BarMark[] = NO_MARKS): void {
    const kind = marks.length === 0 ? provenance : `${provenance} ${marks.join()}`;
    const batch = this.#waiting.batches.get(kind);
    if (batch === undefined) this.#waiting.batches.set(kind, { candles: [candle], provenance, marks });
    else batch.candles.push(candle);
    this.#arm();
  }

  /** A stretch that is whole once all that was handed in before it is stored. */
  covered(span: CoveredSpan): void {
    const { instrument, timeframe, provenance } = span;
    const { covered } = this.#waiting;
    const kind = `${instrument} ${timeframe} ${provenance}`;
    const spans = covered.get(kind) ?? [];
    const last = spans.at(-1);
    // A stretch that grows is written once, as long as it is.
    if (last !== undefined && span.open >= last.open && span.open <= last.close)
      spans[spans.length - 1] = span.close > last.close ? { ...last, close: span.close } : last;
    else spans.push(span);
    covered.set(kind, spans);
    this.#arm(0);
  }

  /** What the feed was said to have told from then on it may not have told whole, whether that is stored or waits. */
  takeBack(doubted: DoubtedSpan): void {
    const { covered } = this.#waiting;
    for (const [kind, spans] of covered)
      covered.set(
        kind,
        spans.flatMap((span) => {
          if (span.instrument !== doubted.instrument || span.provenance !== 'live' || span.close <= doubted.from)
            return [span];
          return span.open < doubted.from ? [{ ...span, close: doubted.from }] : [];
        }),
      );
    this.#waiting.doubted.push(doubted);
    this.#arm(0);
  }

  auction(bar: AuctionBar): void {
    this.#waiting.auctions.set(`${bar.instrument} ${bar.date} ${bar.kind}`, bar);
    this.#arm();
  }

  revision(revision: Revision): void {
    this.#waiting.revisions.push(revision);
    this.#arm();
  }

  difference(difference: BarDifference): void {
    this.#waiting.differences.push(difference);
    this.#arm();
  }

  tick(tick: Tick): void {
    this.#waiting.ticks.push(tick);
    this.#arm();
  }

  book(book: OrderBook): void {
    this.#waiting.books.push(book);
    this.#arm();
  }

  /** Stores what is waiting, now; false when the disk refuses it. Readers call it first, so that what they read is whole. */
  flush(): boolean {
    if (this.#cancel === undefined) return true;
    this.#cancel();
    this.#cancel = undefined;
    const { store, onTrouble } = this.#parts;
    const { batches, covered, doubted, auctions, revisions, differences, ticks, books } = this.#waiting;
    try {
      store.saveBars({
        batches: [...batches.values()],
        doubted,
        covered: [...covered.values()].flat(),
        auctions: [...auctions.values()],
        revisions,
        differences,
      });
      // What is stored is not stored again, should the ticks be refused.
      this.#waiting = { ...nothing(), ticks, books };
      if (ticks.length > 0) store.saveTicks(ticks);
      if (books.length > 0) store.saveBooks(books);
      this.#forget();
      return true;
    } catch (thrown) {
      const error = AppError.from(thrown);
      onTrouble(error);
      if (this.#held > MAX_HELD) this.#giveUp(error);
      else this.#arm(0);
      return false;
    }
  }

  #giveUp(error: AppError): void {
    const { onTrouble, onGivenUp } = this.#parts;
    this.dropped += this.#held;
    const lost = `${this.#held} bars and ticks could not be stored and are given up. ${error.message}`;
    onTrouble(new AppError(error.code, lost, { cause: error }));
    let oldest: EpochMs | undefined;
    for (const { candles } of this.#waiting.batches.values())
      for (const { openTime } of candles) if (oldest === undefined || openTime < oldest) oldest = openTime;
    this.#forget();
    if (oldest !== undefined) onGivenUp?.(oldest);
  }

  #arm(held = 1): void {
    this.#held += held;
    this.#cancel ??= this.#parts.clock.after(FLUSH_MS, () => this.flush());
  }

  #forget(): void {
    this.#waiting = nothing();
    this.#held = 0;
  }
}

const NO_MARKS: readonly BarMark[] = [];

function nothing(): Waiting {
  const lists = { doubted: [], revisions: [], differences: [], ticks: [], books: [] };
  return { batches: new Map(), covered: new Map(), auctions: new Map(), ...lists };
}

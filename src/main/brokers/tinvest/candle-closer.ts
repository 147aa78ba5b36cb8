import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import type { VenueCandle } from './messages.ts';

/** A candle, and whether its time is over. */
export interface JudgedCandle {
  readonly candle: VenueCandle;
  readonly closed: boolean;
}

/** How long after its end a candle without a successor is taken for closed: trades arrive late. */
const GRACE_MS = 3 * SECOND_MS;
/** No month is longer. */
const LONGEST_MONTH_MS = 31 * 86_400 * SECOND_MS;

interface Running {
  candle: VenueCandle;
  isClosed: boolean;
}

/**
 * Tells when streamed candles have closed: the stream does not say. One has when a later one of the same instrument and
 * interval comes, or three seconds after its end. A candle that comes again after that is a correction, and closed.
 *
 * With `arriveClosed` (`waitingClose`) each is closed when it comes.
 */
export class CandleCloser {
  readonly #running = new Map<string, Running>();
  readonly #arriveClosed: boolean;

  constructor(arriveClosed = false) {
    this.#arriveClosed = arriveClosed;
  }

  take(candle: VenueCandle): readonly JudgedCandle[] {
    if (this.#arriveClosed) return [{ candle, closed: true }];
    const key = `${candle.uid || candle.figi} ${candle.interval.name}`;
    const running = this.#running.get(key);
    if (running === undefined || candle.openTime > running.candle.openTime) {
      this.#running.set(key, { candle, isClosed: false });
      const now = { candle, closed: false };
      return running === undefined || running.isClosed ? [now] : [{ candle: running.candle, closed: true }, now];
    }
    if (candle.openTime < running.candle.openTime) return [{ candle, closed: true }];
    running.candle = candle;
    return [{ candle, closed: running.isClosed }];
  }

  /** Candles whose time is over by now and that nothing followed. */
  due(now: EpochMs): readonly JudgedCandle[] {
    const over: JudgedCandle[] = [];
    for (const running of this.#running.values()) {
      if (running.isClosed || endOf(running.candle) + GRACE_MS > now) continue;
      running.isClosed = true;
      over.push({ candle: running.candle, closed: true });
    }
    return over;
  }

  /** Whatever was running is not heard of any more. */
  forget(): void {
    this.#running.clear();
  }
}

function endOf({ openTime, interval }: VenueCandle): number {
  return openTime + (interval.timeframe === '1mo' ? LONGEST_MONTH_MS : interval.seconds * SECOND_MS);
}

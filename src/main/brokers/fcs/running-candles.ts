import type { FcsBar } from './read-fields.ts';
import type { FcsMessage } from './read-message.ts';

/** A bar of the venue's that changed, and whether it has ended. */
export interface CandleNews {
  readonly bar: FcsBar;
  readonly closed: boolean;
}

/** The frames that say something of a candle. */
export type CandleMessage = Extract<FcsMessage, { readonly kind: 'initial' | 'candle' | 'askbid' }>;

/**
 * The running candle of each symbol and timeframe, as FCS tells it: no frame says that a candle has ended, only the
 * next one's start does.
 *
 * - A later start ends the running candle, which is told once more as closed.
 * - An earlier start is a late word about a candle that ended: told as closed, the running one stays.
 * - An ask and bid frame brings the last price too, and moves the close of the candle it names, high and low with it;
 *   it never makes a candle.
 */
export class RunningCandles {
  readonly #running = new Map<string, FcsBar>();

  /** What is new, in order: the bar that ended before the one that runs. */
  take(message: CandleMessage): readonly CandleNews[] {
    const place = `${message.symbol} ${message.timeframe.room}`;
    const running = this.#running.get(place);
    if (message.kind === 'askbid') return this.#move(place, running, message);
    const { bar } = message;
    if (running !== undefined && bar.openTime < running.openTime) return [{ bar, closed: true }];
    const isSame = running?.openTime === bar.openTime;
    // The picture after a reconnect has no volume; what was known of the same candle stays.
    const next = isSame && bar.volume === undefined ? { ...bar, volume: running.volume } : bar;
    this.#running.set(place, next);
    const ended = running === undefined || isSame ? [] : [{ bar: running, closed: true }];
    return [...ended, { bar: next, closed: false }];
  }

  /** The symbol is no longer heard, or has not been for a while: what runs now may have ended since, nobody knows how. */
  forget(symbol: string): void {
    for (const place of this.#running.keys()) if (place.startsWith(`${symbol} `)) this.#running.delete(place);
  }

  #move(
    place: string,
    running: FcsBar | undefined,
    { openTime, close }: Extract<CandleMessage, { readonly kind: 'askbid' }>,
  ): readonly CandleNews[] {
    if (running === undefined || close === undefined || openTime !== running.openTime || close === running.close)
      return [];
    const bar = { ...running, close, high: Math.max(running.high, close), low: Math.min(running.low, close) };
    this.#running.set(place, bar);
    return [{ bar, closed: false }];
  }
}

import type { EpochMs } from '../../../core/brand.ts';
import { MINUTE_MS } from '../../../core/brand.ts';
import type { Session } from '../../../core/calendar.ts';
import { type AuctionRow, auctionResult } from './auction-tape.ts';
import type { StreamKey } from './random.ts';

/**
 * One session of one instrument, minute by minute. Prices are whole steps of the instrument's tick size.
 * A minute without a trade has `trades` 0 and stands at the price before it.
 */
export interface MarketDay {
  readonly session: Session;
  /** Names the streams of what happens within the minutes. */
  readonly key: StreamKey;
  /** The close of the session before: its closing auction's price, where it had one. */
  readonly previousClose: number;
  /** What is told of the day's auctions, oldest first; of those it has. */
  readonly auctions: readonly AuctionRow[];
  /** Opening instants, epoch ms. */
  readonly minutes: Float64Array;
  readonly open: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly close: Int32Array;
  /** Seconds in which it trades: its ticks. At most sixty. */
  readonly trades: Uint8Array;
  readonly volume: Float64Array;
  /** What the day came to before each minute, its opening auction included. */
  readonly highBefore: Int32Array;
  readonly lowBefore: Int32Array;
  readonly volumeBefore: Float64Array;
  /** False for an index. */
  readonly hasVolume: boolean;
}

/** A day of zeros, to be filled in minute by minute and then by `finishDay`. */
export function blankDay(
  given: Pick<MarketDay, 'session' | 'key' | 'previousClose' | 'minutes' | 'hasVolume'>,
): MarketDay {
  const { length } = given.minutes;
  return {
    ...given,
    auctions: [],
    open: new Int32Array(length),
    high: new Int32Array(length),
    low: new Int32Array(length),
    close: new Int32Array(length),
    trades: new Uint8Array(length),
    volume: new Float64Array(length),
    highBefore: new Int32Array(length),
    lowBefore: new Int32Array(length),
    volumeBefore: new Float64Array(length),
  };
}

/** The day with its auctions, and what it came to before each minute filled in. Every day opens with a trade. */
export function finishDay(blank: MarketDay, auctions: readonly AuctionRow[]): MarketDay {
  const day: MarketDay = { ...blank, auctions };
  let high = firstPrice(day);
  let low = high;
  let volume = auctionResult(day.auctions, 'pre-open')?.volume ?? 0;
  for (let minute = 0; minute < day.minutes.length; minute += 1) {
    day.highBefore[minute] = high;
    day.lowBefore[minute] = low;
    day.volumeBefore[minute] = volume;
    high = Math.max(high, day.high[minute] ?? high);
    low = Math.min(low, day.low[minute] ?? low);
    volume += day.volume[minute] ?? 0;
  }
  return day;
}

/** The day's first price: its opening auction's, or that of the first trade. */
export function firstPrice(day: MarketDay): number {
  return auctionResult(day.auctions, 'pre-open')?.price ?? day.open[0] ?? day.previousClose;
}

/** Number of the newest minute that began at or before `time`; -1 before the open. */
export function minuteAtOrBefore({ session, minutes }: MarketDay, time: EpochMs): number {
  let before = 0;
  for (const part of session.parts) {
    if (time < part.open) return before - 1;
    const length = Math.round((part.close - part.open) / MINUTE_MS);
    if (time < part.close) return before + Math.floor((time - part.open) / MINUTE_MS);
    before += length;
  }
  return Math.min(before, minutes.length) - 1;
}

import type { EpochMs, InstrumentKey } from './brand.ts';
import type { Candle } from './candle.ts';

/** What an order hears of the market: one price, or all prices of a bar that has closed. */
export interface PricePrint {
  readonly instrument: InstrumentKey;
  /** When the exchange stamped the price; of a bar, when it opened. */
  readonly time: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Best prices waiting, where they are known; of a bar they never are. */
  readonly bid: number | undefined;
  readonly ask: number | undefined;
  readonly isBar: boolean;
}

export function printOfPrice(
  instrument: InstrumentKey,
  ltp: number,
  time: EpochMs,
  bid: number | undefined,
  ask: number | undefined,
): PricePrint {
  return { instrument, time, open: ltp, high: ltp, low: ltp, close: ltp, bid, ask, isBar: false };
}

export function printOfBar({ instrument, openTime, open, high, low, close }: Candle): PricePrint {
  return { instrument, time: openTime, open, high, low, close, bid: undefined, ask: undefined, isBar: true };
}

/** Whether the print came into being after `at`: a price with a later stamp, a bar that opened no earlier. */
export function isAfter({ time, isBar }: PricePrint, at: EpochMs): boolean {
  return isBar ? time >= at : time > at;
}

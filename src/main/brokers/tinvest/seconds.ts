import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import type { VenueTrade } from './messages.ts';

/** A bar of one second. Volume in lots. */
export interface SecondBar {
  readonly openTime: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/**
 * Bars of one second made of trades: the venue has none. Equal stamps keep their order; a second without a trade has
 * no bar.
 */
export function secondBars(trades: readonly Pick<VenueTrade, 'price' | 'quantity' | 'time'>[]): readonly SecondBar[] {
  const bars: SecondBar[] = [];
  for (const { price, quantity, time } of [...trades].sort((a, b) => a.time - b.time)) {
    const openTime = (Math.floor(time / SECOND_MS) * SECOND_MS) as EpochMs;
    const last = bars.at(-1);
    if (last?.openTime !== openTime) {
      bars.push({ openTime, open: price, high: price, low: price, close: price, volume: quantity });
      continue;
    }
    const { open, high, low, volume } = last;
    const grown = { high: Math.max(high, price), low: Math.min(low, price), volume: volume + quantity };
    bars[bars.length - 1] = { openTime, open, ...grown, close: price };
  }
  return bars;
}

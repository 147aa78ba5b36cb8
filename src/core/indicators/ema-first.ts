import { smoothed } from './ema.ts';
import { checkPeriod, type Indicator } from './indicator.ts';

/**
 * Exponential moving average seeded with the first close, so it has a value from the first bar on (Metastock's
 * way, and that of many JavaScript libraries). Differs from `ema` by 0.01 % of the first gap after about
 * `4.6 × period` bars. Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function emaFirst(period: number): Indicator {
  checkPeriod('EMA', period);
  return { value: undefined, next: (close) => smoothed(period, close) };
}

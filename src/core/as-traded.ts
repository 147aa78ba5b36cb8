import type { EpochMs } from './brand.ts';
import type { Calendar } from './calendar.ts';
import type { Candle } from './candle.ts';
import type { CorporateAction } from './corporate-action.ts';

/**
 * Candles as they were traded, of candles that a venue adjusted to the day it was asked: what the store keeps.
 *
 * Of one instrument, oldest first; `actions` are those of that instrument in force when the venue was asked
 * (`actionsInForce`). A venue may be late: where the candles reach over an ex-date and still jump there, it has
 * not adjusted them yet, and they are left as they are. Volumes come out whole and prices to four decimals,
 * which takes the noise of dividing away, but not what the venue lost by rounding to its price step.
 */
export function asTraded(
  candles: readonly Candle[],
  actions: readonly CorporateAction[],
  calendar: Calendar,
): readonly Candle[] {
  const [oldest] = candles;
  if (oldest === undefined) return candles;
  const changes = changesOf(actions, calendar).filter((change) => {
    return change.time > oldest.openTime && isApplied(change, candles);
  });
  if (changes.length === 0) return candles;
  return candles.map((candle) => {
    let price = 1;
    let shares = 1;
    for (const change of changes) {
      if (change.time <= candle.openTime) continue;
      price *= change.venueFactor;
      shares *= change.shares;
    }
    return price === 1 && shares === 1 ? candle : rescaled(candle, price, shares);
  });
}

/** All that happened on one ex-date. */
interface Change {
  readonly time: EpochMs;
  /** What the market made of it. */
  readonly factor: number;
  /** What the venue multiplies by. */
  readonly venueFactor: number;
  readonly shares: number;
}

function changesOf(actions: readonly CorporateAction[], calendar: Calendar): readonly Change[] {
  const byTime = new Map<EpochMs, Change>();
  for (const { exDate, kind, factor, costShare } of actions) {
    const time = calendar.midnight(exDate);
    const known = byTime.get(time) ?? { time, factor: 1, venueFactor: 1, shares: 1 };
    byTime.set(time, {
      time,
      factor: known.factor * factor,
      venueFactor: known.venueFactor * (costShare ?? factor),
      shares: known.shares * (kind === 'demerger' ? 1 : factor),
    });
  }
  return [...byTime.values()];
}

/** Whether the step from the last bar before to the first bar after looks adjusted. Yes, when there is nothing to look at. */
function isApplied({ time, factor, venueFactor }: Change, candles: readonly Candle[]): boolean {
  const at = candles.findIndex(({ openTime }) => openTime >= time);
  const [before, after] = [candles[at - 1], candles[at]];
  if (before === undefined || after === undefined) return true;
  const step = Math.log(after.open / before.close);
  return Math.abs(step - Math.log(factor / venueFactor)) <= Math.abs(step - Math.log(factor));
}

function rescaled(candle: Candle, price: number, shares: number): Candle {
  const { open, high, low, close, volume } = candle;
  return {
    ...candle,
    open: toDecimals(open / price),
    high: toDecimals(high / price),
    low: toDecimals(low / price),
    close: toDecimals(close / price),
    volume: volume === undefined ? undefined : Math.round(volume * shares),
  };
}

function toDecimals(price: number): number {
  return Math.round(price * 10_000) / 10_000;
}

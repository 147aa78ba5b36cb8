import type { EpochMs, TradingDate } from './brand.ts';
import type { Calendar } from './calendar.ts';
import type { CandleColumns } from './candle-columns.ts';
import type { CorporateAction } from './corporate-action.ts';

/** What splits and bonuses usually make of a price: 2 for 3 is a bonus of one for two, 1 for 5 a split into five. */
const USUAL_FACTORS = [2 / 3, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 10, 1 / 20] as const;
/** A share may open this much above or below what the split alone would make of it. */
const TOLERANCE = 0.06;

/** A night over which the price changed as a split would change it, though none is known. */
export interface PriceJump {
  /** First session at the new price. */
  readonly date: TradingDate;
  /** Open over the close before. */
  readonly ratio: number;
  /** The usual factor nearest to it. */
  readonly factor: number;
}

/**
 * Nights of unadjusted daily bars that look like a split or bonus nobody told us of: the open is near a simple
 * part of the close before, and no action has that ex-date. `actions` are the instrument's.
 */
export function unexplainedJumps(
  daily: CandleColumns,
  actions: readonly CorporateAction[],
  calendar: Calendar,
): readonly PriceJump[] {
  const known = new Set(actions.map(({ exDate }) => exDate));
  const jumps: PriceJump[] = [];
  for (let row = 1; row < daily.openTime.length; row += 1) {
    // Both rows are within the columns, which have one length.
    const ratio = (daily.open[row] as number) / (daily.close[row - 1] as number);
    const factor = USUAL_FACTORS.find((usual) => Math.abs(ratio / usual - 1) <= TOLERANCE);
    if (factor === undefined) continue;
    const date = calendar.dateOf(daily.openTime[row] as EpochMs);
    if (!known.has(date)) jumps.push({ date, ratio, factor });
  }
  return jumps;
}

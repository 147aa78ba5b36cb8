import type { EpochMs } from './brand.ts';
import type { Calendar } from './calendar.ts';
import { type CandleColumns, createColumns } from './candle-columns.ts';
import type { CorporateAction } from './corporate-action.ts';

/**
 * The bars of one instrument as if today's shares had always been traded: prices before an ex-date times its
 * factor, volumes over it. A demerger leaves the number of shares, and so the volume, as it is. Nothing is rounded.
 *
 * `actions` are those of the instrument, in any order. Answers `columns` itself when none of them applies.
 */
export function adjustColumns(
  columns: CandleColumns,
  actions: readonly CorporateAction[],
  calendar: Calendar,
): CandleColumns {
  return rescale(columns, stepsOf(actions, calendar));
}

/** The inverse of `adjustColumns`: bars as they were traded, of bars in today's shares. */
export function unadjustColumns(
  columns: CandleColumns,
  actions: readonly CorporateAction[],
  calendar: Calendar,
): CandleColumns {
  const steps = stepsOf(actions, calendar);
  return rescale(
    columns,
    steps.map(({ time, price, shares }) => ({ time, price: 1 / price, shares: 1 / shares })),
  );
}

/** From `time` on the unit is another. */
interface Step {
  readonly time: EpochMs;
  /** Prices before it are multiplied by this, and volumes divided by `shares`. */
  readonly price: number;
  readonly shares: number;
}

/** The newest first. */
function stepsOf(actions: readonly CorporateAction[], calendar: Calendar): readonly Step[] {
  return actions
    .map(({ exDate, factor, kind }) => ({
      time: calendar.midnight(exDate),
      price: factor,
      shares: kind === 'demerger' ? 1 : factor,
    }))
    .sort((a, b) => b.time - a.time);
}

function rescale(columns: CandleColumns, steps: readonly Step[]): CandleColumns {
  const first = columns.openTime[0] ?? Number.POSITIVE_INFINITY;
  if (!steps.some(({ time }) => time > first)) return columns;
  const { length } = columns.openTime;
  const out = createColumns(length);
  out.openTime.set(columns.openTime);
  let price = 1;
  let shares = 1;
  let next = 0;
  for (let row = length - 1; row >= 0; row -= 1) {
    // Row is within the columns, which have one length.
    const openTime = columns.openTime[row] as number;
    for (let step = steps[next]; step !== undefined && step.time > openTime; step = steps[next]) {
      price *= step.price;
      shares *= step.shares;
      next += 1;
    }
    out.open[row] = (columns.open[row] as number) * price;
    out.high[row] = (columns.high[row] as number) * price;
    out.low[row] = (columns.low[row] as number) * price;
    out.close[row] = (columns.close[row] as number) * price;
    out.volume[row] = (columns.volume[row] as number) / shares;
  }
  return out;
}

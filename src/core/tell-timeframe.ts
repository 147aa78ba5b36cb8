import { DAY_MS, HOUR_MS } from './brand.ts';
import { INTRADAY_MS, isIntraday, TIMEFRAMES, type Timeframe } from './timeframe.ts';

/** Days, weeks and months differ in length: an evening session and the next morning's are less than a day apart. */
const CALENDAR_MS: readonly (readonly [Timeframe, from: number, to: number])[] = [
  ['1d', 12 * HOUR_MS, 2 * DAY_MS],
  ['1w', 6 * DAY_MS, 8 * DAY_MS],
  ['1mo', 27 * DAY_MS, 33 * DAY_MS],
];

/**
 * The step that most neighbours are apart, in ms, whatever the order of `times`; the shorter one of two that are
 * as common. Undefined where there are not two different times. NaN is left out.
 */
export function commonStep(times: readonly number[]): number | undefined {
  const sorted = Float64Array.from(times.filter((time) => !Number.isNaN(time))).sort();
  const counts = new Map<number, number>();
  for (let at = 1; at < sorted.length; at += 1) {
    const step = (sorted[at] ?? 0) - (sorted[at - 1] ?? 0);
    if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  let best: number | undefined;
  for (const [step, count] of counts) {
    const most = best === undefined ? 0 : (counts.get(best) ?? 0);
    if (count > most || (count === most && step < (best ?? step))) best = step;
  }
  return best;
}

/** The timeframe of bars that are `stepMs` apart; undefined when we have none like it. */
export function timeframeOfStep(stepMs: number): Timeframe | undefined {
  const exact = TIMEFRAMES.find((timeframe) => isIntraday(timeframe) && INTRADAY_MS[timeframe] === stepMs);
  return exact ?? CALENDAR_MS.find(([, from, to]) => stepMs >= from && stepMs < to)?.[0];
}

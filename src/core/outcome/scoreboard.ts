import type { HitRate, Moment, Outcome, RandomEntries, Scoreboard } from '../outcome.ts';

/** A signal's outcome, and what random entries beside it came to. */
export interface Graded {
  readonly outcome: Outcome;
  readonly random?: RandomEntries | undefined;
}

/** Half of the middle 95 % of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * The 95 % interval of a share by Wilson's score: it stays within [0, 1] and is of use for a handful of trials
 * (https://www.itl.nist.gov/div898/handbook/prc/section2/prc241.htm). `count` is above 0.
 */
export function wilson(hits: number, count: number): { readonly low: number; readonly high: number } {
  const rate = hits / count;
  const square = Z ** 2;
  const middle = rate + square / (2 * count);
  const half = Z * Math.sqrt((rate * (1 - rate)) / count + square / (4 * count ** 2));
  const scale = 1 + square / count;
  // Rounding must not push an end beyond what a share can be.
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
}

/** Outcomes taken together. A hit is a gain; no change is none. */
export function scoreboardOf(graded: readonly Graded[]): Scoreboard {
  return {
    count: graded.length,
    after5: hitRate(graded, 'after5'),
    after15: hitRate(graded, 'after15'),
    after60: hitRate(graded, 'after60'),
    atClose: hitRate(graded, 'atClose'),
    best: meanOf(graded, 'best'),
    worst: meanOf(graded, 'worst'),
  };
}

function hitRate(graded: readonly Graded[], moment: Moment): HitRate {
  let [count, sum, hits, draws, gains] = [0, 0, 0, 0, 0];
  for (const { outcome, random } of graded) {
    const percent = outcome[moment];
    if (percent === undefined) continue;
    count += 1;
    sum += percent;
    if (percent > 0) hits += 1;
    draws += random?.[moment].count ?? 0;
    gains += random?.[moment].gains ?? 0;
  }
  const random = draws === 0 ? undefined : gains / draws;
  if (count === 0) return { count, hits, rate: undefined, low: undefined, high: undefined, random, mean: undefined };
  return { count, hits, rate: hits / count, ...wilson(hits, count), random, mean: sum / count };
}

function meanOf(graded: readonly Graded[], excursion: 'best' | 'worst'): number | undefined {
  let [count, sum] = [0, 0];
  for (const { outcome } of graded) {
    const percent = outcome[excursion];
    if (percent === undefined) continue;
    count += 1;
    sum += percent;
  }
  return count === 0 ? undefined : sum / count;
}

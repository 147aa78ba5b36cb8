import type { Random } from './random.ts';

/** How much of a drift's direction lives on in the next minute: half of it after 35. */
const PERSISTENCE = 0.98;
/** Keeps the drift's own variance at 1. */
const RENEWAL = Math.sqrt(1 - PERSISTENCE * PERSISTENCE);
/** What persistence does to the variance of a long sum: (1 + p) / (1 - p). */
const PILING_UP = (1 + PERSISTENCE) / (1 - PERSISTENCE);
/** Share of the variance that comes from drifts: enough for moving averages to part and to cross. */
const DRIFT_SHARE = 0.25;
const DRIFT = Math.sqrt(DRIFT_SHARE / PILING_UP);
const NOISE = Math.sqrt(1 - DRIFT_SHARE);

/**
 * A random path from `start` to `end`, its value at the end of each step: a Brownian bridge whose steps partly
 * keep their direction. `variance` is the share of the variance up to each step's end, `deviation` that of the
 * whole way. The last value is `end`, exactly.
 */
export function bridge(
  random: Random,
  start: number,
  end: number,
  deviation: number,
  variance: Float64Array,
): Float64Array {
  const steps = variance.length;
  const path = new Float64Array(steps);
  let drift = random.bell();
  let wandered = 0;
  let before = 0;
  for (let step = 0; step < steps; step += 1) {
    // One length holds for all.
    const share = variance[step] as number;
    drift = PERSISTENCE * drift + RENEWAL * random.bell();
    wandered += deviation * Math.sqrt(share - before) * (NOISE * random.bell() + DRIFT * drift);
    before = share;
    path[step] = wandered;
  }
  const miss = end - start - wandered;
  for (let step = 0; step < steps; step += 1)
    path[step] = start + (path[step] as number) + (variance[step] as number) * miss;
  path[steps - 1] = end;
  return path;
}

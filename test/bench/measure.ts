import type { Contender } from './part.ts';

const WARM_UP_MS = 250;
const ROUNDS = 3;
const ROUND_MS = 120;

/** Somewhere for results to go, so that the optimizer has to compute them. */
export const sink: { last: unknown } = { last: undefined };

/** Operations a second in each round. Garbage is collected before a round (start Node with --expose-gc). */
export function measure(contender: Contender): readonly number[] {
  lap(contender, WARM_UP_MS);
  const rounds = Array.from({ length: ROUNDS }, () => {
    globalThis.gc?.();
    return lap(contender, ROUND_MS);
  });
  contender.finish?.();
  return rounds;
}

/** Runs for at least `least` ms, and at least once. Resetting is not timed. */
function lap(contender: Contender, least: number): number {
  let elapsed = 0;
  let operations = 0;
  do {
    contender.reset?.();
    const start = performance.now();
    sink.last = contender.run();
    elapsed += performance.now() - start;
    operations += contender.operations;
  } while (elapsed < least);
  return (operations * 1_000) / elapsed;
}

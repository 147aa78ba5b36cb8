import type { Contender } from './part.ts';

const WARM_UP_MS = 250;
const ROUNDS = 3;
const ROUND_MS = 120;

/** Somewhere for results to go, so that the optimizer has to compute them. */
export const sink: { last: unknown } = { last: undefined };

/** Operations a second in each round. Garbage is collected before a round (start Node with --expose-gc). */
export async function measure(contender: Contender): Promise<readonly number[]> {
  await lap(contender, WARM_UP_MS);
  const rounds: number[] = [];
  while (rounds.length < ROUNDS) {
    globalThis.gc?.();
    rounds.push(await lap(contender, ROUND_MS));
  }
  await contender.finish?.();
  return rounds;
}

/** Runs for at least `least` ms, and at least once. Resetting is not timed. */
async function lap(contender: Contender, least: number): Promise<number> {
  let elapsed = 0;
  let operations = 0;
  do {
    contender.reset?.();
    const start = performance.now();
    const result = contender.run();
    sink.last = result instanceof Promise ? await result : result;
    elapsed += performance.now() - start;
    operations += contender.operations;
  } while (elapsed < least);
  return (operations * 1_000) / elapsed;
}

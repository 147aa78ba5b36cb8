import { describe, expect, it } from 'vitest';
import { Slices } from '../../src/main/engine/slices.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { settle } from '../support/world.ts';

/** Pieces that take so many milliseconds each. */
function pieces(ms: number) {
  const clock = new FakeClock(1_000);
  const stop = new AbortController();
  const slices = new Slices(clock, stop.signal);
  const done: number[] = [];
  const run = (name: number): Promise<void> =>
    slices.run(() => {
      done.push(name);
      clock.advance(ms);
    });
  return { clock, stop, slices, done, run };
}

describe('Slices', () => {
  it('gives way after twenty milliseconds, and keeps the order', async () => {
    const { clock, done, run } = pieces(11);
    const all = Promise.all([1, 2, 3, 4, 5].map(run));
    await settle();
    expect(done).toEqual([1, 2]);
    clock.advance(0);
    await settle();
    expect(done).toEqual([1, 2, 3, 4]);
    clock.advance(0);
    await all;
    expect(done).toEqual([1, 2, 3, 4, 5]);
  });

  it('begins anew after a rest, and goes on after a piece that throws', async () => {
    const { clock, slices, done, run } = pieces(1);
    await run(1);
    clock.advance(5_000);
    await expect(
      slices.run(() => {
        throw new Error('No.');
      }),
    ).rejects.toThrow('No.');
    await run(2);
    expect(done).toEqual([1, 2]);
  });

  it('leaves undone what has not begun when all ends', async () => {
    const { stop, done, run } = pieces(30);
    const all = Promise.all([1, 2, 3].map(run));
    await settle();
    stop.abort();
    await all;
    expect(done).toEqual([1]);
  });
});

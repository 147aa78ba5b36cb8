import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../../src/main/brokers/transport/rate-limit.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const never = new AbortController().signal;
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

/** Takes `count` turns and notes when each came. */
async function timesOf(count: number, burst: number, everyMs: number, until: number): Promise<number[]> {
  const clock = new FakeClock();
  const limit = createRateLimit(clock, { burst, everyMs });
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) void limit.take(never).then(() => times.push(clock.now()));
  for (let ms = 0; ms <= until; ms += 50) {
    await settle();
    clock.advance(50);
  }
  return times;
}

describe('a rate limit', () => {
  it('spaces requests out, first come first served', async () => {
    const clock = new FakeClock();
    const limit = createRateLimit(clock, { burst: 1, everyMs: 350 });
    const order: string[] = [];
    for (const name of ['a', 'b', 'c']) void limit.take(never).then(() => order.push(`${name} ${clock.now()}`));
    await settle();
    clock.advance(349);
    await settle();
    expect(order).toEqual(['a 0']);
    clock.advance(1);
    await settle();
    clock.advance(350);
    await settle();
    expect(order).toEqual(['a 0', 'b 350', 'c 700']);
  });

  it('allows a burst after a rest, then the steady pace', async () => {
    expect(await timesOf(5, 3, 100, 400)).toEqual([0, 0, 0, 100, 200]);
  });

  it('saves no more than its burst', async () => {
    const clock = new FakeClock();
    const limit = createRateLimit(clock, { burst: 2, everyMs: 100 });
    clock.advance(60_000);
    let taken = 0;
    for (let turn = 0; turn < 4; turn += 1) void limit.take(never).then(() => (taken += 1));
    await settle();
    expect(taken).toBe(2);
  });

  it('never gives more than the burst and the pace allow', async () => {
    const step = 10; // Everything below counts in these, so that each turn is noted at its own moment.
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 15 }),
        async (burst, pace, gaps) => {
          const clock = new FakeClock();
          const limit = createRateLimit(clock, { burst, everyMs: pace * step });
          const times: number[] = [];
          const pass = async (steps: number): Promise<void> => {
            await settle();
            for (let passed = 0; passed < steps; passed += 1) {
              clock.advance(step);
              await settle();
            }
          };
          for (const gap of gaps) {
            void limit.take(never).then(() => times.push(clock.now()));
            await pass(gap);
          }
          await pass(pace * gaps.length);
          expect(times, 'everybody is served').toHaveLength(gaps.length);
          times.forEach((from, first) => {
            times.slice(first).forEach((to, served) => {
              expect(served + 1).toBeLessThanOrEqual(burst + Math.floor((to - from) / (pace * step)));
            });
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('lets go of a caller who gave up, and serves the next', async () => {
    const clock = new FakeClock();
    const limit = createRateLimit(clock, { burst: 1, everyMs: 1_000 });
    await limit.take(never);
    const gaveUp = new AbortController();
    const left = limit.take(gaveUp.signal);
    let isServed = false;
    void limit.take(never).then(() => (isServed = true));
    gaveUp.abort(new Error('not any more'));
    await expect(left).rejects.toThrow('not any more');
    clock.advance(1_000);
    await settle();
    expect(isServed).toBe(true);
    await expect(limit.take(AbortSignal.abort(new Error('never mind')))).rejects.toThrow('never mind');
  });

  it('holds everybody when the venue says "too many"', async () => {
    const clock = new FakeClock();
    const limit = createRateLimit(clock, { burst: 1, everyMs: 100 });
    limit.hold(5_000);
    limit.hold(1_000);
    let servedAt: number | undefined;
    void limit.take(never).then(() => (servedAt = clock.now()));
    clock.advance(4_999);
    await settle();
    expect(servedAt, 'a shorter hold does not end a longer one').toBeUndefined();
    clock.advance(1);
    await settle();
    expect(servedAt).toBe(5_000);
  });

  it('makes nobody wait longer because the clock was set back', async () => {
    let now = 10_000_000;
    const clock = new FakeClock();
    const shifted = { now: () => (clock.now() + now) as never, after: clock.after.bind(clock) };
    const limit = createRateLimit(shifted, { burst: 1, everyMs: 1_000 });
    await limit.take(never);
    limit.hold(2_000);
    now -= 3_600_000;
    let isServed = false;
    void limit.take(never).then(() => (isServed = true));
    clock.advance(2_000);
    await settle();
    expect(isServed).toBe(true);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateBudget, type RateWindow } from '../../../src/main/brokers/transport/rate-budget.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { UneasyClock } from '../../support/uneasy-clock.ts';
import { settle } from './supervised.ts';

const never = new AbortController().signal;

/** When each of `count` turns came, all asked for at once. */
async function timesOf(count: number, windows: readonly RateWindow[], untilMs: number): Promise<number[]> {
  const clock = new FakeClock();
  const budget = createRateBudget(clock, windows);
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) void budget.take(never).then(() => times.push(clock.now()));
  for (let ms = 0; ms <= untilMs; ms += 100) {
    await settle();
    clock.advance(100);
  }
  return times;
}

describe('a rate budget', () => {
  it('keeps within the second, the minute and the day at once', async () => {
    const windows = [
      { count: 2, perMs: 1_000 },
      { count: 3, perMs: 60_000 },
      { count: 5, perMs: 86_400_000 },
    ];
    expect(await timesOf(6, windows, 200_000)).toEqual([0, 0, 1_000, 60_000, 60_000]);
    expect(await timesOf(6, windows, 86_402_000)).toEqual([0, 0, 1_000, 60_000, 60_000, 86_400_000]);
  });

  it('never gives more than any window has, wherever it begins, and gives everybody a turn', async () => {
    const window = fc.record({ count: fc.integer({ min: 1, max: 4 }), perMs: fc.integer({ min: 1, max: 20 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(window, { minLength: 1, maxLength: 3 }),
        fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 15 }),
        async (windows, gaps) => {
          const clock = new FakeClock();
          const budget = createRateBudget(clock, windows);
          const times: number[] = [];
          const pass = async (ms: number): Promise<void> => {
            for (let passed = 0; passed < ms; passed += 1) {
              await settle();
              clock.advance(1);
            }
            await settle();
          };
          for (const gap of gaps) {
            void budget.take(never).then(() => times.push(clock.now()));
            await pass(gap);
          }
          await pass(20 * gaps.length);
          expect(times).toHaveLength(gaps.length);
          for (const { count, perMs } of windows)
            for (const from of times)
              expect(times.filter((time) => time >= from && time < from + perMs).length).toBeLessThanOrEqual(count);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('holds everybody when the venue says "too many", and serves the rest when one gives up', async () => {
    const clock = new FakeClock();
    const budget = createRateBudget(clock, [{ count: 1, perMs: 1_000 }]);
    budget.hold(5_000);
    const served: string[] = [];
    const gaveUp = new AbortController();
    const left = expect(budget.take(gaveUp.signal)).rejects.toThrow('enough');
    void budget.take(never).then(() => served.push(`at ${clock.now()}`));
    gaveUp.abort(new Error('enough'));
    await left;
    clock.advance(4_999);
    await settle();
    expect(served).toEqual([]);
    clock.advance(1);
    await settle();
    expect(served).toEqual(['at 5000']);
  });

  it('makes nobody wait longer because the clock was set back', async () => {
    const clock = new UneasyClock(10_000_000);
    const budget = createRateBudget(clock, [{ count: 1, perMs: 1_000 }]);
    await budget.take(never);
    let served = false;
    void budget.take(never).then(() => (served = true));
    clock.set(-3_600_000);
    for (let half = 0; half < 4; half += 1) {
      clock.advance(500);
      await settle();
    }
    expect(served).toBe(true);
  });
});

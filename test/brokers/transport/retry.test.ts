import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../src/core/errors.ts';
import { withRetries } from '../../../src/main/brokers/transport/retry.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const never = new AbortController().signal;

/** Fails with `code` until the attempt numbered `succeedsAt`. */
function venue(code: ErrorCode, succeedsAt: number) {
  const clock = new FakeClock();
  const times: number[] = [];
  const attempt = (): Promise<string> => {
    times.push(clock.now());
    return times.length >= succeedsAt ? Promise.resolve('answer') : Promise.reject(new AppError(code, 'Failed.'));
  };
  const run = (stop: AbortSignal = never) => withRetries(attempt, { clock, jitter: () => 0.5 }, stop);
  const pass = async (): Promise<void> => {
    for (let second = 0; second < 30; second += 1) {
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      clock.advance(1_000);
    }
  };
  return { run, pass, times };
}

describe('withRetries', () => {
  it('tries again after 1, 2 and 4 seconds', async () => {
    const { run, pass, times } = venue('network', 4);
    const answer = run();
    await pass();
    expect(await answer).toBe('answer');
    expect(times).toEqual([0, 1_000, 3_000, 7_000]);
  });

  it('gives up after four attempts with the last error', async () => {
    const { run, pass, times } = venue('rate-limited', 99);
    const answer = expect(run()).rejects.toMatchObject({ code: 'rate-limited' });
    await pass();
    await answer;
    expect(times).toHaveLength(4);
  });

  it.each(['auth-expired', 'forbidden', 'invalid-input', 'not-found'] as const)('does not repeat %s', async (code) => {
    const { run, times } = venue(code, 99);
    await expect(run()).rejects.toMatchObject({ code });
    expect(times).toHaveLength(1);
  });

  it('stops waiting when told to', async () => {
    const { run, times } = venue('network', 99);
    const stop = new AbortController();
    const answer = expect(run(stop.signal)).rejects.toThrow('enough');
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    stop.abort(new Error('enough'));
    await answer;
    expect(times).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../src/core/brand.ts';
import { AppError } from '../../../src/core/errors.ts';
import { ServerClock } from '../../../src/main/brokers/kucoin/server-clock.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function serverClock(answer: (clock: FakeClock) => unknown) {
  const clock = new FakeClock(NOW);
  const logger = new QuietLogger();
  let asked = 0;
  const api = {
    async get(): Promise<unknown> {
      asked += 1;
      return answer(clock);
    },
  };
  return { clock, logger, asked: () => asked, subject: new ServerClock({ api, clock, logger }) };
}

describe("KuCoin's time", () => {
  it('is ours and what ours is off by, counted from half way, and asked again every hour', async () => {
    const { clock, logger, asked, subject } = serverClock((way) => {
      way.advance(100);
      const time = way.now() - 50 + 5_000;
      way.advance(0);
      return time;
    });
    expect(subject.now()).toBe(NOW);
    const stop = new AbortController();
    const kept = subject.keep(stop.signal);
    await settle();
    expect(subject.now() - clock.now()).toBe(5_000);
    expect(logger.lines.join()).toContain('"offsetMs":5000');
    await subject.freshen(stop.signal);
    expect(asked()).toBe(1);
    clock.advance(HOUR_MS);
    await settle();
    expect(asked()).toBe(2);
    stop.abort();
    await kept;
  });

  it.each([
    ['no answer', () => Promise.reject(new AppError('network', 'KuCoin cannot be reached.'))],
    ['nonsense', () => 'noon'],
    ['a time of another age', () => 12],
  ])('stays ours after %s', async (_case, answer) => {
    const { clock, subject } = serverClock(answer);
    await subject.freshen(new AbortController().signal);
    expect(subject.now()).toBe(clock.now());
  });
});

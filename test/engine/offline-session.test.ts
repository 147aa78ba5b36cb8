import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import type { FeedStatus } from '../../src/core/feed-status.ts';
import { offlineSession } from '../../src/main/engine/offline-session.ts';
import { recordingSink } from '../brokers/recording-sink.ts';
import { FakeClock } from '../support/fake-clock.ts';

const DOWN = new AppError('network', 'Kite cannot be reached.');
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A session of a broker that fails with `answers`, one after another, and then opens. */
function knocking(...answers: readonly AppError[]) {
  const clock = new FakeClock(1_000);
  const sink = recordingSink();
  const stop = new AbortController();
  const left = [...answers];
  const seen = { opened: 0, reachable: 0 };
  const { feed } = offlineSession([], DOWN, {
    clock,
    waitMs: (failures) => failures * 1_000,
    async open() {
      seen.opened += 1;
      const answer = left.shift();
      if (answer !== undefined) throw answer;
    },
    onReachable() {
      seen.reachable += 1;
    },
  });
  return { clock, sink, stop, seen, feed };
}

const states = (statuses: readonly FeedStatus[]): readonly string[] => statuses.map(({ state }) => state);

describe('a broker that could not be opened', () => {
  it('stays shut where trying again cannot help', async () => {
    const sink = recordingSink();
    const error = new AppError('auth-expired', 'Kite needs a login.');
    await offlineSession([], error).feed.run(sink, new AbortController().signal);
    expect(sink.statuses).toEqual([{ state: 'stopped', reason: 'auth-expired', message: 'Kite needs a login.' }]);
  });

  it('is tried again until it opens, and says when', async () => {
    const { clock, sink, stop, seen, feed } = knocking(DOWN, DOWN);
    const ran = feed.run(sink, stop.signal);
    expect(sink.statuses).toEqual([{ state: 'waiting', retryAt: 2_000, reason: DOWN.message }]);
    for (const waitMs of [1_000, 2_000, 3_000]) {
      clock.advance(waitMs - 1);
      const { opened } = seen;
      await settle();
      expect(seen.opened, 'not before its time').toBe(opened);
      clock.advance(1);
      await settle();
    }
    await ran;
    expect(seen).toEqual({ opened: 3, reachable: 1 });
    expect(states(sink.statuses)).toEqual([
      ...['waiting', 'connecting', 'waiting', 'connecting', 'waiting', 'connecting'],
      'stopped',
    ]);
  });

  it('is not tried again once the login is refused', async () => {
    const refused = new AppError('auth-expired', 'Kite needs a login.');
    const { clock, sink, stop, seen, feed } = knocking(refused);
    const ran = feed.run(sink, stop.signal);
    clock.advance(1_000);
    await ran;
    expect(seen).toEqual({ opened: 1, reachable: 0 });
    expect(sink.statuses.at(-1)).toEqual({ state: 'stopped', reason: 'auth-expired', message: refused.message });
  });

  it('is tried at once when a person asks', async () => {
    const { sink, stop, seen, feed } = knocking();
    const first = feed.run(sink, stop.signal);
    stop.abort();
    await first;
    expect(seen.opened).toBe(0);
    expect(sink.statuses.at(-1)).toEqual({ state: 'stopped', reason: 'by-user' });
    await feed.run(sink, new AbortController().signal);
    expect(seen).toEqual({ opened: 1, reachable: 1 });
  });

  it('holds nobody up who wants to end, however long the opening takes', async () => {
    const clock = new FakeClock();
    const sink = recordingSink();
    const stop = new AbortController();
    const onReachable = (): void => expect.unreachable();
    const never = (): Promise<never> => new Promise(() => undefined);
    const { feed } = offlineSession([], DOWN, { clock, waitMs: () => 1, open: never, onReachable });
    const ran = feed.run(sink, stop.signal);
    clock.advance(1);
    await settle();
    stop.abort();
    await ran;
    expect(sink.statuses.at(-1)).toEqual({ state: 'stopped', reason: 'by-user' });
  });
});

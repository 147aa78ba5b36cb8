import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import type { FeedStatus } from '../../../src/core/feed-status.ts';
import { mergeStatuses } from '../../../src/main/brokers/transport/merge-status.ts';

const at = (ms: number): EpochMs => ms as EpochMs;
const live = (since = 1): FeedStatus => ({ state: 'live', since: at(since) });
const connecting: FeedStatus = { state: 'connecting', attempt: 1 };
const stale: FeedStatus = { state: 'stale', lastTickAt: at(1) };
const waiting = (retryAt: number): FeedStatus => ({
  state: 'waiting',
  retryAt: at(retryAt),
  reason: 'The connection was cut.',
});
const byUser: FeedStatus = { state: 'stopped', reason: 'by-user' };
const refused: FeedStatus = { state: 'stopped', reason: 'auth-expired', message: 'Log in again.' };

function merged() {
  const told: FeedStatus[] = [];
  return { told, report: mergeStatuses((status) => told.push(status)) };
}

describe('the status of several sockets', () => {
  it('is that of the only one', () => {
    const { told, report } = merged();
    for (const status of [connecting, live(), waiting(5), byUser]) report(0, status);
    expect(told).toEqual([connecting, live(), waiting(5), byUser]);
  });

  it('is that of the worst, told when it changes', () => {
    const { told, report } = merged();
    report(0, connecting);
    report(1, connecting);
    report(0, live());
    expect(told, 'one is still connecting').toEqual([connecting]);
    report(1, live(2));
    report(1, live(3));
    report(0, stale);
    report(1, waiting(5));
    report(1, waiting(9));
    report(1, connecting);
    report(1, live(4));
    report(0, live(5));
    expect(told.slice(1)).toEqual(
      [live(), stale, waiting(5), waiting(9), connecting, stale, live(5)].map((status) =>
        status.state === 'live' ? expect.objectContaining({ state: 'live' }) : status,
      ),
    );
  });

  it('keeps the reason one socket stopped for when the others follow it', () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ] as const) {
      const { told, report } = merged();
      report(order[0], live());
      report(order[1], refused);
      report(order[0], byUser);
      expect(told.at(-1)).toEqual(refused);
    }
  });
});

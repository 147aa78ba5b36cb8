import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { TickHold } from '../../src/main/engine/tick-hold.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { INFY } from '../support/tape.ts';
import { pairAt, START } from '../support/venue-pair.ts';

const EXPIRED = { state: 'stopped', reason: 'auth-expired', message: 'Log in.' } as const;

describe('while the second venue carries', () => {
  it('what becomes of the first is still seen, and its login asked for', async () => {
    const asks: string[] = [];
    const { seconds, state, first, clock, events } = await pairAt(START, asks);
    seconds(5, { first: 100, second: 100 });
    first.lost(clock.now());
    first.line.status({ state: 'connecting', attempt: 2 });
    first.line.status(EXPIRED);
    clock.advance(300);
    expect(asks).toEqual(['kite']);
    const feeds = events.flatMap((event) => (event.type === 'feed' ? [event.feed.standby?.first.state] : []));
    expect(feeds.at(-1)).toBe('stopped');
    expect(state().status.state).toBe('live');
  });

  it('and breaks, a first that is still mute is not taken for live', async () => {
    const { seconds, state, second, clock } = await pairAt();
    seconds(5, { first: 100, second: 100 });
    seconds(5, { second: 101 });
    expect(state().standby?.isCarrying).toBe(true);
    second.lost(clock.now());
    expect(state().status).toMatchObject({ state: 'stale' });
    seconds(1, { first: 102 });
    expect(state().status.state).toBe('live');
  });
});

describe('who looks into a venue of the two', () => {
  it('sees its own line, not what stands in for it', async () => {
    const { seconds, first, clock, world } = await pairAt();
    seconds(5, { first: 100, second: 100 });
    const lastOfFirst = clock.now();
    first.line.status(EXPIRED);
    seconds(5, { second: 101 });
    expect(world.feed.running('kite')?.status).toMatchObject({ state: 'stopped' });
    expect(world.feed.running('kite')?.receivedAt(INFY.key)).toBe(lastOfFirst);
    expect(world.feed.running('fyers')?.status).toMatchObject({ state: 'live' });
    expect(world.feed.running('fyers')?.receivedAt(INFY.key)).toBe(clock.now());
    expect(world.feed.running('nobody')).toBeUndefined();
  });
});

describe('what the second told', () => {
  const tick = (time: number, receivedAt = time) => ({
    instrument: INFY.key,
    ltp: 1,
    time: time as EpochMs,
    receivedAt: receivedAt as EpochMs,
  });

  it('is no stall of the first in a quiet market, where it only came later', () => {
    const clock = new FakeClock(0);
    const hold = new TickHold(clock);
    hold.firstTold([tick(0)]);
    clock.advance(100);
    hold.secondTold([tick(0, 100)]);
    clock.advance(60_000);
    expect(hold.isFirstStalled(2_500)).toBe(false);
    hold.secondTold([tick(60_000, 60_100)]);
    expect(hold.isFirstStalled(2_500), 'the first may say so in a moment').toBe(false);
    clock.advance(2_500);
    expect(hold.isFirstStalled(2_500)).toBe(true);
  });

  it('is not told hours later', () => {
    const clock = new FakeClock(0);
    const hold = new TickHold(clock);
    hold.firstTold([tick(0)]);
    hold.secondTold([tick(1_000, 0)]);
    clock.advance(3_600_000);
    hold.secondTold([tick(3_600_000)]);
    expect(hold.release().map(({ time }) => time)).toEqual([3_600_000]);
  });
});

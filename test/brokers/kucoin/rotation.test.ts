import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/core/brand.ts';
import type { KucoinVenue } from '../../fakes/kucoin-venue.ts';
import { JumpingClock } from './jumping-clock.ts';
import { eventually, key, startFeed, tradeOn } from './running-feed.ts';

/** A day's venue: its heartbeat is that of the real one. */
const start = async () => {
  const clock = new JumpingClock();
  const venue = { pingIntervalMs: 18 * SECOND_MS, pingTimeoutMs: 10 * SECOND_MS };
  // A jump of hours is no silence.
  const patience = { silenceMs: DAY_MS * 9, staleMs: DAY_MS * 9, dataMs: DAY_MS * 9 };
  const started = await startFeed({ context: { clock }, venue, tuning: { patience } });
  await started.live();
  const rotations = (): number | undefined => started.feed.connections?.()[0]?.rotations;
  /** Something is heard, so that no ping goes unanswered when time jumps on. */
  const settle = async (): Promise<void> => {
    const before = started.notes.tickCount;
    await started.venue.trade('ETH-USDT');
    await eventually(() => started.notes.tickCount).toBeGreaterThan(before);
  };
  return { clock, rotations, settle, ...started };
};

describe('a KuCoin connection that grows old', () => {
  it('is replaced before its day is over: no gap, no duplicate, and the old one leaves last', async () => {
    const { venue, clock, notes, rotations, settle } = await start();
    notes.forget();
    const stopTrading = tradeOn(venue);
    await eventually(() => notes.recent.length).toBeGreaterThan(20);
    // Five minutes earlier than the 23 hours, as the jitter of 0.5 says.
    clock.jump(23 * HOUR_MS - 6 * MINUTE_MS);
    await settle();
    expect(venue.clients).toHaveLength(1);
    clock.jump(2 * MINUTE_MS);
    await eventually(rotations).toBe(1);
    const atRotation = notes.recent.length;
    await eventually(() => notes.recent.length).toBeGreaterThan(atRotation + 20);
    const told = stopTrading();
    const trades = () => notes.recent.filter(({ instrument }) => instrument === key('BTC-USDT'));
    await eventually(() => trades().length).toBe(told);

    expect(trades().map(({ ltp }) => ltp)).toEqual(Array.from({ length: told }, (_none, index) => 60_001 + index));
    expect(notes.story).toBe('connecting live');
    expect(notes.rejects).toEqual([]);
    expect(venue.tokens).toHaveLength(2);
    await eventually(() => venue.clients.map(({ closeCode }) => closeCode)).toEqual([1000, undefined]);
    expect(venue.clients[1]?.topics).toEqual(venue.clients[0]?.topics);
    expect(venue.clients[1]?.topics.size).toBe(6);
  });

  it('is replaced again a day later', async () => {
    const { clock, rotations } = await start();
    clock.jump(23 * HOUR_MS);
    await eventually(rotations).toBe(1);
    clock.jump(23 * HOUR_MS);
    await eventually(rotations).toBe(2);
  });

  it('goes on when there is no token to be had, and is replaced a minute later', async () => {
    const { venue, clock, notes, rotations, logger } = await start();
    venue.faults.api = 500;
    clock.jump(23 * HOUR_MS);
    await eventually(() => logger.lines.join('\n')).toContain('could not be had');
    notes.forget();
    await venue.trade('BTC-USDT');
    await eventually(() => notes.recent.length).toBe(1);
    venue.faults.api = undefined;
    expect(venue.clients).toHaveLength(1);
    clock.jump(MINUTE_MS);
    await eventually(rotations).toBe(1);
    expect(notes.story).toBe('connecting live');
  });

  it.each([
    ['is not welcome', (venue: KucoinVenue) => Object.assign(venue.faults, { welcomeMs: undefined }), [10]],
    [
      'gets no acks, though it asks twice',
      (venue: KucoinVenue) => Object.assign(venue.faults, { ackMs: undefined }),
      [10, 10],
    ],
  ])('goes on when the fresh one %s', async (_case, break_, waits) => {
    const { venue, clock, notes, rotations, settle, logger } = await start();
    const well = { ...venue.faults };
    break_(venue);
    clock.jump(23 * HOUR_MS);
    for (const [index, seconds] of waits.entries()) {
      const asked = (index + 1) * 2;
      await eventually(() => venue.clients.length).toBe(2);
      if (venue.faults.ackMs === undefined)
        await eventually(() => venue.frames.filter(({ client, frame }) => client === 1 && frame.topic).length).toBe(
          asked,
        );
      await settle();
      clock.jump(seconds * SECOND_MS);
    }
    await settle();
    await eventually(() => logger.lines.join('\n')).toContain('could not be had');
    expect(notes.story).toBe('connecting live');
    Object.assign(venue.faults, well);
    clock.jump(MINUTE_MS);
    await eventually(rotations).toBe(1);
    expect(notes.rejects).toEqual([]);
  });

  it('comes back the ordinary way when it dies while its successor is not ready', async () => {
    const { venue, clock, notes, reach, settle } = await start();
    venue.faults.ackMs = undefined;
    clock.jump(23 * HOUR_MS);
    await eventually(() => venue.clients[1]?.topics.size).toBe(6);
    venue.faults.ackMs = 0;
    venue.clients[0]?.drop();
    await reach('waiting');
    clock.jump(2 * SECOND_MS);
    await eventually(() => venue.clients[2]?.topics.size).toBe(6);
    await settle();
    await reach('live');
    expect(notes.story).toBe('connecting live waiting connecting live');
    // Asked again, the successor is told yes, and takes over after all.
    clock.jump(10 * SECOND_MS);
    await eventually(() => venue.clients.map(({ isOpen }) => isOpen)).toEqual([false, true, false]);
    notes.forget();
    await venue.trade('BTC-USDT');
    await eventually(() => notes.recent.length).toBe(1);
  });

  it('hands over what is wanted by then', async () => {
    const { venue, feed, clock, rotations } = await start();
    venue.faults.ackMs = 80;
    clock.jump(23 * HOUR_MS);
    await eventually(() => venue.clients[1]?.topics.size).toBe(6);
    feed.watch(new Set([key('ETH-USDT')]));
    await eventually(rotations).toBe(1);
    await eventually(() => [...(venue.clients[1]?.topics ?? [])]).toEqual([
      '/market/match:ETH-USDT',
      '/market/ticker:ETH-USDT',
    ]);
  });

  it('leaves nothing behind when it is stopped half way', async () => {
    const { venue, clock, stop, ran } = await start();
    venue.faults.ackMs = undefined;
    clock.jump(23 * HOUR_MS);
    await eventually(() => venue.clients.length).toBe(2);
    stop.abort();
    await ran;
    await eventually(() => venue.clients.filter(({ isOpen }) => isOpen)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { handWorld, minutesOf } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { INFY } from '../support/tape.ts';

const at = (time: string): EpochMs => ist(`2026-11-20 ${time}`);

/** A world at 10:01:10 that has heard a bar of three prints: [10:00:30, 10:00:35), open 100, high 103, low 99, close 101. */
async function afterABar(start = '09:59:50', { historyFails = false } = {}) {
  const clock = new FakeClock(at(start));
  const hand = await handWorld(clock, { told: minutesOf(at('09:15:00'), Array(46).fill(100)) });
  const { venue, to, store, world } = hand;
  venue.historyFails = historyFails;
  for (const [time, price, dayVolume] of [
    ['10:00:31', 100, 50],
    ['10:00:32', 103, 55],
    ['10:00:33', 99, 60],
    ['10:00:34', 101, 70],
  ] as const) {
    await to(`2026-11-20 ${time}`);
    venue.tick(at(time), price, { dayVolume });
  }
  await to('2026-11-20 10:01:10');
  return {
    ...hand,
    /** The tick arrives now, and is worked off. */
    async late(time: string, price: number): Promise<void> {
      venue.tick(at(time), price, { dayVolume: 58 });
      await to(`2026-11-20 ${new Date(clock.now() + 2_000 + 330 * 60_000).toISOString().slice(11, 19)}`);
    },
    bar: () => store.storedCandles(INFY.key, '5s', at('10:00:30'), at('10:00:35'))[0],
    revisions: () => store.revisions(at('09:00:00'), at('16:00:00')),
    stats: () => world.snapshot().stats,
  };
}

describe('a tick that comes after its bar closed', () => {
  it('is the close, and its quantity counts, when nothing newer had come: the line was slow', async () => {
    const { to, venue, store, revisions, world } = await afterABar();
    venue.tick(at('10:00:34'), 102, { dayVolume: 75 });
    venue.tick(at('10:00:52'), 104, { dayVolume: 80 });
    venue.tick(at('10:00:53'), 103, { dayVolume: 82 });
    await to('2026-11-20 10:01:13');
    const stored = store.storedCandles(INFY.key, '5s', at('10:00:30'), at('10:01:00'));
    expect(stored.map(({ candle: { close, volume } }) => [close, volume])).toEqual([
      [102, 25],
      [103, 7],
    ]);
    expect(revisions()).toHaveLength(3);
    await world.close();
  });

  it('widens the stored bar, leaves its close and volume, and is written down with a number', async () => {
    const { late, bar, revisions, stats, world } = await afterABar();
    await late('10:00:33', 95);
    await late('10:00:32', 110);
    expect(bar()?.candle).toMatchObject({ open: 100, high: 110, low: 95, close: 101, volume: 20 });
    expect(revisions()).toMatchObject([
      { timeframe: '5s', reason: 'late-tick', before: { low: 99 }, after: { low: 95, high: 103, close: 101 } },
      { timeframe: '5s', reason: 'late-tick', before: { low: 95 }, after: { low: 95, high: 110 } },
    ]);
    expect(stats()).toMatchObject({ late: 2, revised: 2 });
    await world.close();
  });

  it('changes nothing when its price lay in the bar, nor when it comes twice', async () => {
    const { late, bar, revisions, stats, world } = await afterABar();
    const before = bar();
    await late('10:00:33', 102);
    await late('10:00:33', 99);
    expect([bar(), revisions()]).toEqual([before, []]);
    await late('10:00:33', 95);
    await late('10:00:33', 95);
    expect(revisions()).toHaveLength(1);
    expect(stats().late, 'though each is counted').toBe(4);
    await world.close();
  });

  it('makes a bar where there was none, of no quantity: the next total counted it', async () => {
    const { late, store, revisions, world } = await afterABar();
    await late('10:00:41', 98);
    expect(store.storedCandles(INFY.key, '5s', at('10:00:40'), at('10:00:45'))).toMatchObject([
      { candle: { open: 98, high: 98, low: 98, close: 98, volume: 0 }, provenance: 'live' },
    ]);
    expect(revisions()).toMatchObject([{ reason: 'late-tick', before: undefined, after: { close: 98 } }]);
    await world.close();
  });

  it('forgets nothing that was known of the bar', async () => {
    const { late, bar, world } = await afterABar('10:00:31', { historyFails: true });
    expect(bar()?.marks, 'begun a second after its opening').toEqual(['partial']);
    await late('10:00:33', 95);
    expect(bar()).toMatchObject({ candle: { low: 95 }, marks: ['partial'] });
    await world.close();
  });

  it('is no news where history has told the minute', async () => {
    const { venue, to, late, revisions, world } = await afterABar('10:00:10');
    venue.told = minutesOf(at('09:15:00'), Array(46).fill(100));
    // The minute was not heard from its start, so history is asked for it.
    await to('2026-11-20 10:01:20');
    expect(venue.asked.at(-1)).toMatchObject({ from: at('10:00:00'), to: at('10:01:00') });
    await late('10:00:33', 95);
    expect(revisions()).toEqual([]);
    await world.close();
  });
});

import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { barOf, handWorld } from '../support/hand-venue.ts';
import { INFY } from '../support/tape.ts';

const START = Date.parse('2026-11-20T10:00:00+05:30');

async function minuteOfTrades(disk = openStore(':memory:')) {
  const clock = new FakeClock(START - 30_000);
  const opened = await handWorld(clock, { told: [], store: disk });
  const { venue, store } = opened;
  for (let second = 0; second < 70; second += 1) {
    clock.advance(1_000);
    venue.tick(clock.now(), 100 + (second % 3), { dayVolume: 1_000 + 10 * second });
  }
  clock.advance(25_000);
  const differences = () => {
    clock.advance(3_000);
    return store.differences(START as EpochMs, clock.now());
  };
  const ours = store.storedCandles(INFY.key, '5s', START as EpochMs, (START + 60_000) as EpochMs);
  return { ...opened, clock, differences, ours };
}

describe("the venue's own bars, held against ours", () => {
  it('say nothing where they are equal', async () => {
    const { venue, differences, ours, world } = await minuteOfTrades();
    expect(ours.length).toBeGreaterThan(5);
    const open = ours[0]?.candle.open ?? Number.NaN;
    const close = ours.at(-1)?.candle.close ?? Number.NaN;
    const volume = ours.reduce((sum, { candle }) => sum + (candle.volume ?? 0), 0);
    venue.line.candle(barOf(START as EpochMs, [open, 102, 100, close], volume), true);
    expect(differences()).toEqual([]);
    expect(world.snapshot().stats.differing).toBe(0);
  });

  it('are written down, with both words, where they differ', async () => {
    const { venue, differences, world } = await minuteOfTrades();
    venue.line.candle(barOf(START as EpochMs, [99, 103, 99, 101], 7), true);
    expect(differences()).toMatchObject([
      { instrument: INFY.key, timeframe: '1m', openTime: START, venue: 'kite', theirs: { high: 103, low: 99 } },
    ]);
    expect(world.snapshot().stats.differing).toBe(1);
  });

  it('cannot end the app when the disk is gone', async () => {
    const disk = openStore(':memory:');
    let isGone = false;
    const store = new Proxy(disk, {
      get: (target, name, receiver) => {
        const method: unknown = Reflect.get(target, name, receiver);
        if (name !== 'loadCandles' || !isGone) return method;
        return () => {
          throw new AppError('storage', 'The disk is gone.');
        };
      },
    });
    const { venue, clock, troubles } = await minuteOfTrades(store);
    isGone = true;
    venue.line.candle(barOf(START as EpochMs, [99, 103, 99, 101], 7), true);
    expect(() => clock.advance(3_000)).not.toThrow();
    expect(troubles.map(({ message }) => message)).toContain('The disk is gone.');
  });

  it('are no matter while they run, nor of a minute that was not told whole', async () => {
    const { venue, differences } = await minuteOfTrades();
    venue.line.candle(barOf(START as EpochMs, [1, 2, 1, 2]), false);
    venue.line.candle(barOf((START - 60_000) as EpochMs, [1, 2, 1, 2]), true);
    venue.line.candle({ ...barOf(START as EpochMs, 1), instrument: 'NSE:NOBODY' as never }, true);
    expect(differences()).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { barOf, handWorld, minutesOf } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { INFY } from '../support/tape.ts';

const at = (time: string): EpochMs => ist(`2026-11-20 ${time}`);
const hhmm = (time: number): string => new Date(time + 330 * MINUTE_MS).toISOString().slice(11, 16);
const morning = minutesOf(
  at('09:15:00'),
  Array.from({ length: 45 }, (_bar, index) => 100 + (index % 7)),
);

/** A world whose venue answers the morning's first request with these bars. */
async function answered(told: readonly Candle[], start = '10:00:10') {
  const clock = new FakeClock(at(start));
  const hand = await handWorld(clock, { told });
  const { store, world } = hand;
  return {
    ...hand,
    clock,
    stored: () => [...store.loadCandles(INFY.key, '1m', at('09:00:00'), at('16:00:00')).openTime].map(hhmm),
    holes: () => (world.ledger(null).rows[0]?.holes ?? []).map(({ open, close }) => `${hhmm(open)}-${hhmm(close)}`),
    stats: () => world.snapshot().stats,
  };
}

const times = morning.map(({ openTime }) => hhmm(openTime));

describe('what a venue’s history answers', () => {
  it('is stored, covers what was asked, and of today is not the last word', async () => {
    const { stored, holes, store, stats, world } = await answered(morning);
    expect([stored(), holes(), stats().badBars]).toEqual([times, [], 0]);
    expect(store.storedCandles(INFY.key, '1m', at('09:15:00'), at('09:16:00'))[0]?.provenance).toBe('history');
    await world.close();
  });

  it('is put in order, and what it says twice is said once', async () => {
    const { stored, holes, stats, world } = await answered([...morning.toReversed(), ...morning.slice(3, 9)]);
    expect([stored(), holes(), stats().badBars]).toEqual([times, [], 0]);
    await world.close();
  });

  it('is taken at its first word where it contradicts itself', async () => {
    const { stored, store, stats, world } = await answered([...morning, barOf(at('09:20:00'), 999)]);
    expect([stored(), stats().badBars, stats().rejects]).toEqual([times, 1, { 'bar contradiction': 1 }]);
    expect(store.loadCandles(INFY.key, '1m', at('09:20:00'), at('09:21:00')).close[0]).toBe(105);
    await world.close();
  });

  it('is refused row by row: a bar that cannot be leaves a hole, which is asked for again', async () => {
    const broken = morning.map((bar, row) =>
      row === 5 ? { ...bar, high: 1, low: 500 } : row === 9 ? { ...bar, low: 0 } : bar,
    );
    const { stored, holes, stats, venue, to, world } = await answered(broken);
    expect(stored()).toEqual(times.filter((time) => time !== '09:20' && time !== '09:24'));
    expect(stats()).toMatchObject({ badBars: 2, rejects: { 'bar high-below-low': 1, 'bar bad-price': 1 } });
    expect(holes()).toEqual(['09:20-09:21', '09:24-09:25']);
    venue.told = morning;
    await to('2026-11-20 10:02:00');
    venue.line.heard(1);
    expect(stored().slice(0, 45)).toEqual(times);
    expect(holes()).toEqual([]);
    await world.close();
  });

  it('is refused and covers nothing when it is of another zone', async () => {
    const shifted = morning.map((bar) => ({
      ...bar,
      openTime: (bar.openTime + 330 * MINUTE_MS + 60 * MINUTE_MS) as EpochMs,
    }));
    const { stored, stats, world } = await answered(shifted, '18:00:00');
    expect(stored()).toEqual([]);
    expect(stats().badBars).toBeGreaterThan(0);
    expect(world.ledger(null).rows[0]).toMatchObject({ missing: 360 });
    await world.close();
  });

  it('tells nothing of a minute that has only just ended, even if it brings it', async () => {
    const { to, venue, stored, holes, world } = await answered(morning, '09:59:30');
    venue.told = [...morning, barOf(at('10:00:00'), 100)];
    await to('2026-11-20 10:00:07');
    expect(venue.asked.at(-1)?.to).toBe(at('10:00:00'));
    expect([stored().at(-1), holes()]).toEqual(['09:59', []]);
    await world.close();
  });

  it('counts the minutes of an auction as its bar, once each', async () => {
    const late = minutesOf(at('15:10:00'), [100, 101, 102, 103, 104]);
    const auction = [
      barOf(at('15:15:00'), 104, 0),
      barOf(at('15:31:00'), 107, 900),
      barOf(at('15:32:00'), [107, 107, 107, 107], 100),
      barOf(at('15:32:00'), [107, 107, 107, 107], 100),
    ];
    const { stored, store, stats, world } = await answered([...late, ...auction], '15:40:00');
    expect(stored()).toEqual(['15:10', '15:11', '15:12', '15:13', '15:14']);
    expect(store.loadAuctions(INFY.key, at('09:00:00'), at('16:00:00'))).toMatchObject([
      { kind: 'closing', openTime: at('15:15:00'), open: 107, close: 107, volume: 1_000 },
    ]);
    expect(stats().badBars).toBe(0);
    await world.close();
  });
});

describe('an auction of which only the end is told', () => {
  it('keeps what is known of the whole', async () => {
    const whole = [barOf(at('15:31:00'), 107, 900), barOf(at('15:32:00'), 107, 100)];
    const { store, venue, world } = await answered(whole, '15:40:00');
    const asked = { instrument: INFY.key, open: at('15:32:00'), close: at('15:33:00') };
    venue.line.bars(whole.slice(1), 'history', asked);
    expect(store.loadAuctions(INFY.key, at('09:00:00'), at('16:00:00'))).toMatchObject([{ volume: 1_000 }]);
    await world.close();
  });
});

describe('the newest minute that can be asked for', () => {
  it.each([
    ['10:00:04', '09:59:00'],
    ['10:00:05', '10:00:00'],
    ['10:00:59', '10:00:00'],
  ])('at %s is up to %s', async (start, until) => {
    const { venue, world } = await answered(morning, start);
    expect(venue.asked.at(-1)?.to).toBe(at(until));
    await world.close();
  });
});

describe('trouble of many instruments', () => {
  it('is one sentence, and what was told of others stays', async () => {
    const { venue, clock, troubles, to, world } = await answered(morning);
    venue.line.heard(1);
    venue.lost(clock.now());
    venue.historyFails = true;
    await to('2026-11-20 10:02:10');
    expect(troubles.map(({ message }) => message)[0]).toMatch(
      /^History of 1 of 1 instruments is missing and will be asked again\./,
    );
    expect(clock.now() - at('10:00:10')).toBe(120 * SECOND_MS);
    await world.close();
  });
});

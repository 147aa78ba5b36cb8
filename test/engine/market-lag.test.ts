import { describe, expect, it } from 'vitest';
import { type EpochMs, SECOND_MS } from '../../src/core/brand.ts';
import { MarketLag } from '../../src/main/engine/market-lag.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { nse } from '../support/nse.ts';
import { INFY, TapeVenue, TCS, tapeOf } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';

describe('MarketLag', () => {
  it('is nothing before the first tick, and the least that was seen after', () => {
    const lag = new MarketLag();
    expect(lag.ms).toBe(0);
    lag.observe(1_000, 301_000);
    expect(lag.ms, 'a quiet name was stamped five minutes ago').toBe(300_000);
    lag.observe(301_500, 302_000);
    expect(lag.ms, 'a busy one tells better').toBe(500);
    lag.observe(301_600, 303_000);
    expect(lag.ms).toBe(500);
  });

  it('forgets a minute or two after, as clocks are set', () => {
    const lag = new MarketLag();
    for (let second = 0; second < 300; second += 1)
      lag.observe(second * 1_000 - (second < 100 ? 500 : 9_000), second * 1_000);
    expect(lag.ms).toBe(9_000);
  });

  it('knows nothing from a leap of our clock to the next stamp', () => {
    const lag = new MarketLag();
    expect(lag.isBlind, 'at first it is taken to be right').toBe(false);
    lag.observe(1_000, 1_500);
    lag.forget();
    expect([lag.isBlind, lag.ms]).toEqual([true, 0]);
    lag.observe(2_000, 92_000);
    expect([lag.isBlind, lag.ms], 'what was measured before the leap is forgotten').toEqual([false, 90_000]);
  });

  it('follows a clock that was set back with the first stamp', () => {
    const lag = new MarketLag();
    lag.observe(100_000, 100_300);
    lag.observe(101_000, 11_200);
    expect(lag.ms).toBe(-89_800);
  });

  it('goes below zero where our clock is behind', () => {
    const lag = new MarketLag();
    lag.observe(10_000, 4_000);
    expect(lag.ms).toBe(-6_000);
  });
});

const calendar = nse();
const at = (text: string) => Date.parse(`${text}+05:30`) as EpochMs;
const tape = tapeOf([INFY, TCS], ['2026-07-30', '2026-07-31'], calendar);

/** What an engine stores and tells in two hours whose clock is off by so much. */
async function withClockOff(offMs: number) {
  const clock = new FakeClock(at('2026-07-31T09:15:00') + offMs);
  const exchange = { now: () => (clock.now() - offMs) as EpochMs, after: clock.after.bind(clock) };
  const venue = new TapeVenue([INFY, TCS], tape, exchange, calendar);
  const session = { ...venue.session, history: undefined };
  const { world, store, signals, told } = openWorld(session, clock, { rule: { timeframe: '1m' } });
  await world.start();
  for (let second = 0; second < 2 * 3_600; second += 1) {
    clock.advance(SECOND_MS);
    await settle();
  }
  const { late } = world.stats.totals;
  await world.close();
  const bars = store.loadCandles(INFY.key, '5s', at('2026-07-31T09:15:00'), at('2026-07-31T11:14:00'));
  return { bars, signals, late, told: told.map(({ id }) => id) };
}

describe('an engine whose computer has the wrong time', () => {
  it.each([
    ['a minute fast', 60_000],
    ['a minute slow', -60_000],
    ['a weekend fast', 2 * 86_400_000],
  ])('builds the same bars and tells the same signals: %s', async (_case, offMs) => {
    const right = await withClockOff(0);
    const off = await withClockOff(offMs);
    expect(right.bars.openTime.length).toBeGreaterThan(1_000);
    expect(off).toEqual(right);
    expect(off.late).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { barOf, handWorld, minutesOf } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { INFY, stock } from '../support/tape.ts';
import { settle } from '../support/world.ts';

const at = (time: string): EpochMs => ist(`2026-11-19 ${time}`);
const wall = (time: number): string => new Date(time + 330 * MINUTE_MS).toISOString().slice(5, 16);
const told = minutesOf(at('09:15:00'), Array(360).fill(100));
const CASH: Instrument = { ...stock('SMALL'), segment: 'nse-cash' };

async function running(start: string, instruments = [INFY], timeframes: readonly ('1m' | '1d')[] = ['1m']) {
  const clock = new FakeClock(ist(start));
  const hand = await handWorld(clock, { told, instruments, timeframes });
  hand.venue.asked.length = 0;
  return {
    ...hand,
    clock,
    /** Time passes by the minute: nothing is traded. */
    async pass(until: string): Promise<void> {
      while (clock.now() < ist(until)) {
        for (let second = 0; second < 60 && clock.now() < ist(until); second += 1) clock.advance(SECOND_MS);
        await settle();
      }
    },
    /** Whole sessions that were asked for. */
    read: () =>
      hand.venue.asked
        .filter(({ from, to }) => to - from > 5 * 60 * MINUTE_MS)
        .map(({ instrument, timeframe, from, to }) => `${instrument} ${timeframe} ${wall(from)} to ${wall(to)}`),
  };
}

describe('DayDesk', () => {
  it('reads the day again when its last auction is over, and once more when the next one opens', async () => {
    const { pass, read, store, world } = await running('2026-11-19 15:10');
    await pass('2026-11-19 15:36:50');
    expect(read(), 'the venue needs a moment').toEqual([]);
    await pass('2026-11-19 16:30');
    expect(read()).toEqual(['NSE:INFY 1m 11-19T09:15 to 11-19T15:35']);
    await pass('2026-11-20 09:14');
    expect(read()).toHaveLength(1);
    await pass('2026-11-20 09:16');
    expect(read().slice(1)).toEqual(['NSE:INFY 1m 11-19T09:15 to 11-19T15:35']);
    const [bar] = store.storedCandles(INFY.key, '1m', at('10:00:00'), at('10:01:00'));
    expect(bar?.provenance, 'now it is the last word').toBe('official');
    await world.close();
  });

  it('reads each segment when its own day ends, with the official day where the venue has it', async () => {
    const { pass, read, venue, world } = await running('2026-11-19 15:00', [INFY, CASH], ['1m', '1d']);
    await pass('2026-11-19 15:33');
    expect(read()).toEqual(['NSE:SMALL 1m 11-19T09:15 to 11-19T15:30', 'NSE:SMALL 1d 11-19T09:15 to 11-19T15:30']);
    venue.asked.length = 0;
    await pass('2026-11-19 15:40');
    expect(read().map((each) => each.slice(0, 11))).toEqual(['NSE:INFY 1m', 'NSE:INFY 1d']);
    await world.close();
  });

  it('asks again when the venue did not answer', async () => {
    const { pass, read, venue, store, world } = await running('2026-11-19 15:10');
    venue.historyFails = true;
    await pass('2026-11-19 15:38');
    venue.historyFails = false;
    venue.told = [...told.slice(1), barOf(at('09:15:00'), 105)].toSorted((a, b) => a.openTime - b.openTime);
    await pass('2026-11-19 15:50');
    expect(read()).toEqual(['NSE:INFY 1m 11-19T09:15 to 11-19T15:35']);
    expect(store.loadCandles(INFY.key, '1m', at('09:15:00'), at('09:16:00')).close[0]).toBe(105);
    await pass('2026-11-19 18:00');
    expect(read()).toHaveLength(1);
    await world.close();
  });

  it('asks seldom while the venue does not answer for hours', async () => {
    const { pass, venue, troubles, world } = await running('2026-11-19 15:10');
    venue.historyFails = true;
    await pass('2026-11-19 15:36');
    troubles.length = 0;
    await pass('2026-11-19 19:36');
    expect(troubles.length).toBeGreaterThan(3);
    expect(troubles.length).toBeLessThan(30);
    await world.close();
  });

  it('leaves a day that was over when it came to the start', async () => {
    const { pass, read, world } = await running('2026-11-19 17:00');
    await pass('2026-11-19 18:00');
    expect(read()).toEqual([]);
    await world.close();
  });

  it('is not led back to the day before by a stamp that comes late at the open', async () => {
    const { clock, venue, to, read, world } = await running('2026-11-19 09:14:30');
    await to('2026-11-19 09:15:03');
    // The first tick: by the exchange's clock it is before the open again.
    venue.tick(ist('2026-11-19 09:14:50'), 100);
    await to('2026-11-19 09:15:40');
    expect(venue.asked.filter(({ from, to: end }) => from >= end)).toEqual([]);
    expect(read().filter((each) => each.includes('11-18T09:15 to 11-18T15:35'))).toHaveLength(1);
    expect(clock.now()).toBe(ist('2026-11-19 09:15:40'));
    await world.close();
  });
});

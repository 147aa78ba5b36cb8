import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { barOf, handWorld, minutesOf } from '../support/hand-venue.ts';
import { day, ist } from '../support/ist.ts';
import { INFY, stock, TCS } from '../support/tape.ts';
import { settle } from '../support/world.ts';

const at = (time: string, date = '2026-11-20'): EpochMs => ist(`${date} ${time}`);
const CASH: Instrument = { ...stock('SMALL'), segment: 'nse-cash' };
const dayOf = (instrument: Instrument, date = '2026-11-20') =>
  minutesOf(at('09:15:00', date), Array(375).fill(100), instrument);

async function running(start: string, instruments: readonly Instrument[] = [INFY], store = openStore(':memory:')) {
  const clock = new FakeClock(ist(start));
  const told = instruments.flatMap((instrument) => [...dayOf(instrument, '2026-11-19'), ...dayOf(instrument)]);
  const hand = await handWorld(clock, { instruments, told, store });
  return {
    ...hand,
    clock,
    async hear(seconds: number): Promise<void> {
      for (let second = 0; second < seconds; second += 1) {
        clock.advance(SECOND_MS);
        for (const instrument of instruments)
          hand.venue.tick(clock.now(), 100, { dayVolume: Math.floor(clock.now() / 6_000) }, instrument);
        await settle();
      }
    },
  };
}

describe('the ledger of a day', () => {
  it('counts the newest session so far, minute by minute, for each instrument by its own hours', async () => {
    const { world, hear } = await running('2026-11-20 15:10:00', [INFY, CASH]);
    await hear(10 * 60);
    const { date, countedAt, rows } = world.ledger(null);
    expect([date, countedAt]).toEqual(['2026-11-20', at('15:20:00')]);
    expect(
      rows.map(({ instrument, expected, received, repaired, missing }) => [
        instrument,
        expected,
        received,
        repaired,
        missing,
      ]),
    ).toEqual([
      [INFY.key, 360, 5, 355, 0],
      [CASH.key, 365, 10, 355, 0],
    ]);
    await world.close();
  });

  it('is of the day before until the next one opens', async () => {
    const { world } = await running('2026-11-20 09:10:00');
    expect(world.ledger(null)).toMatchObject({ date: '2026-11-19', rows: [{ date: '2026-11-19', expected: 360 }] });
    await world.close();
  });

  it('has no rows for a day without a session, nor for one that has not begun', async () => {
    const { world } = await running('2026-11-20 10:00:00');
    expect(world.ledger(day('2026-11-15'))).toEqual({ date: '2026-11-15', countedAt: at('10:00:00'), rows: [] });
    expect(world.ledger(day('2026-11-23')).rows).toEqual([]);
    await world.close();
  });

  it('counts what waits in memory too, and remembers it over a restart', async () => {
    const store = openStore(':memory:');
    const first = await running('2026-11-20 10:00:00', [INFY], store);
    await first.hear(5 * 60);
    const before = first.world.ledger(null).rows[0];
    expect(before).toMatchObject({ received: 5, missing: 0 });
    await first.hear(20);
    await first.world.close();
    const second = await running('2026-11-21 12:00:00', [INFY], store);
    expect(second.world.ledger(day('2026-11-20')).rows[0]).toMatchObject({
      received: 5,
      expected: 360,
      grade: 'green',
    });
    await second.world.close();
  });

  it('names the hole, amber while it can be filled, red when history never could', async () => {
    const { world, venue, clock, hear, to } = await running('2026-11-20 15:00:00');
    await hear(5 * 60);
    venue.historyFails = true;
    await to('2026-11-20 15:05:02');
    venue.lost(clock.now());
    await to('2026-11-20 15:15:10');
    expect(world.ledger(null).rows[0]).toMatchObject({
      missing: 10,
      grade: 'amber',
      holes: [{ open: at('15:05:00'), close: at('15:15:00') }],
    });
    await world.close();
  });

  it('is red where history is asked no more, whatever is being repaired today', async () => {
    const { world, venue, clock, to } = await running('2026-11-20 10:00:10');
    venue.historyFails = true;
    venue.lost(clock.now());
    await to('2026-11-20 10:03:00');
    expect(world.ledger(null).rows[0]?.grade).toBe('amber');
    expect(world.ledger(day('2024-01-01')).rows[0], 'nobody asks for so old a day').toMatchObject({
      missing: 375,
      grade: 'red',
    });
    await world.close();
  });

  it('tells how history differed, for each instrument its own', async () => {
    const { world, venue, hear, to } = await running('2026-11-20 15:08:30', [INFY, TCS]);
    await hear(6 * 60 + 35);
    venue.told = venue.told.map((bar) =>
      bar.instrument === TCS.key && bar.openTime === at('15:12:00') ? barOf(bar.openTime, 103, 10, '1m', TCS) : bar,
    );
    await to('2026-11-20 15:38:00');
    const rows = world.ledger(null).rows;
    expect(
      rows.map(({ instrument, differences }) => [
        instrument,
        differences.map(({ field, largest }) => `${field} ${largest}`),
      ]),
    ).toEqual([
      [INFY.key, []],
      [TCS.key, ['open 3', 'high 3', 'low 3', 'close 3']],
    ]);
    expect(rows.map(({ expected }) => expected * MINUTE_MS)).toEqual([6 * 60 * MINUTE_MS, 6 * 60 * MINUTE_MS]);
    await world.close();
  });
});

import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { handWorld, minutesOf } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { INFY, TCS } from '../support/tape.ts';
import { settle } from '../support/world.ts';

const at = (time: string): EpochMs => ist(`2026-11-20 ${time}`);
const hhmm = (time: number): string => new Date(time + 330 * MINUTE_MS).toISOString().slice(11, 16);
const told = [INFY, TCS].flatMap((instrument) => minutesOf(at('09:15:00'), Array(360).fill(100), instrument));

/** A world that was warm at 10:00 and has lost nothing yet. */
async function running() {
  const clock = new FakeClock(at('10:00:10'));
  const hand = await handWorld(clock, { told, instruments: [INFY, TCS] });
  await hand.to('2026-11-20 10:01:20');
  const { venue } = hand;
  venue.asked.length = 0;
  return {
    ...hand,
    clock,
    async breakFor(seconds: number): Promise<void> {
      venue.tick(clock.now(), 100);
      venue.lost(clock.now());
      for (let second = 0; second < seconds; second += 1) {
        clock.advance(SECOND_MS);
        await settle();
      }
      venue.back(clock.now());
      venue.line.heard(1);
    },
    asked: () =>
      venue.asked.map(({ instrument, from, to }) => `${hhmm(clock.now())} ${instrument} ${hhmm(from)}-${hhmm(to)}`),
  };
}

describe('RepairDesk', () => {
  it('asks for the minutes of a break once the last of them has settled, and for nothing else', async () => {
    const { breakFor, to, venue, world } = await running();
    await breakFor(20);
    await to('2026-11-20 10:02:05');
    expect(venue.asked).toEqual([]);
    await to('2026-11-20 10:02:07');
    expect(venue.asked.map(({ instrument, from, to: end }) => [instrument, hhmm(from), hhmm(end)])).toEqual([
      [INFY.key, '10:01', '10:02'],
      [TCS.key, '10:01', '10:02'],
    ]);
    await to('2026-11-20 10:10:00');
    expect(venue.asked).toHaveLength(2);
    await world.close();
  });

  it('asks less and less often while the venue does not answer, and is done when it does', async () => {
    const { breakFor, to, venue, troubles, world } = await running();
    venue.historyFails = true;
    await breakFor(20);
    await to('2026-11-20 10:12:00');
    expect(troubles.length, 'at 10:02, 10:03, 10:05 and 10:09').toBe(4);
    venue.historyFails = false;
    await to('2026-11-20 10:17:10');
    expect(venue.asked).toHaveLength(2);
    expect(world.ledger(null).rows.map(({ holes }) => holes.filter(({ open }) => open < at('10:02:00')))).toEqual([
      [],
      [],
    ]);
    await world.close();
  });

  it('lets no new hole wait for what is asked in vain', async () => {
    const { breakFor, to, venue, world } = await running();
    // INFY's 10:01 can never be read.
    venue.told = told.map((bar) =>
      bar.instrument === INFY.key && bar.openTime === at('10:01:00') ? { ...bar, low: -1 } : bar,
    );
    await breakFor(20);
    await to('2026-11-20 10:10:20');
    expect(venue.asked.filter(({ instrument }) => instrument === INFY.key)).toHaveLength(4);
    venue.asked.length = 0;
    await breakFor(20);
    await to('2026-11-20 10:11:10');
    expect(venue.asked.map(({ instrument, from }) => [instrument, hhmm(from)])).toContainEqual([TCS.key, '10:10']);
    await world.close();
  });

  it('is still at work while an answer is on its way: the day is amber, not red', async () => {
    const clock = new FakeClock(at('15:11:30'));
    const { venue, to, world } = await handWorld(clock, { told });
    await to('2026-11-20 15:12:30');
    venue.historyFails = true;
    venue.line.heard(1);
    await to('2026-11-20 15:12:40');
    venue.lost(clock.now());
    await to('2026-11-20 15:52:10');
    venue.historyFails = false;
    venue.answersAfter = new Promise(() => undefined);
    venue.asked.length = 0;
    await to('2026-11-20 16:10:00');
    expect(venue.asked.length).toBeGreaterThan(0);
    expect(world.ledger(null).rows[0]).toMatchObject({ missing: 3, grade: 'amber' });
    await world.close();
  });

  it('stops with its world', async () => {
    const { breakFor, clock, venue, world } = await running();
    await breakFor(20);
    await world.close();
    clock.advance(10 * MINUTE_MS);
    await settle();
    expect(venue.asked).toEqual([]);
  });
});

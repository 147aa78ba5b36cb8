import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/contract/events.ts';
import { SECOND_MS } from '../../src/core/brand.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY, TapeVenue, tapeOf } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';

const calendar = nse();
const tape = tapeOf([INFY], ['2026-07-30', '2026-07-31'], calendar);

/** What the screen heard of forming signals within three hours, with the market time of each. */
async function heard(forming: boolean) {
  const clock = new FakeClock(ist('2026-07-31T09:15:00'));
  const venue = new TapeVenue([INFY], tape, clock, calendar);
  const { world, events, store, signals } = openWorld(venue.session, clock, { rule: { timeframe: '5m', forming } });
  await world.start();
  await settle();
  const told: { readonly at: number; readonly event: EngineEvent & { type: 'forming-signal' } }[] = [];
  for (let second = 0; second < 3 * 3_600; second += 1) {
    clock.advance(SECOND_MS);
    await settle();
    for (const event of events.splice(0)) if (event.type === 'forming-signal') told.push({ at: clock.now(), event });
  }
  const shown = world.snapshot().formingSignals;
  await world.close();
  return { told, shown, store, signals };
}

describe('forming signals', () => {
  it('come and go at most once in five seconds, and are never stored', async () => {
    const { told, store, signals } = await heard(true);
    expect(told.length, 'the tape comes near the line').toBeGreaterThan(10);
    const times = told.filter(({ event }) => event.signal !== null).map(({ at: time }) => time);
    for (const [index, time] of times.entries()) {
      const before = times[index - 1];
      if (before !== undefined) expect(time - before).toBeGreaterThanOrEqual(5 * SECOND_MS);
    }
    expect(
      told.some(({ event }) => event.signal === null),
      'some vanish',
    ).toBe(true);
    const forming = told.flatMap(({ event }) => (event.signal === null ? [] : [event.signal.barTime]));
    const stored = store.alerts(1_000).map(({ signal }) => signal.barTime);
    expect(stored.toSorted()).toEqual(signals.map(({ barTime }) => barTime).toSorted());
    expect(
      forming.some((barTime) => !stored.includes(barTime)),
      'a forming signal that never was one is not kept',
    ).toBe(true);
  });

  it('are gone when their bar has closed', async () => {
    const { told } = await heard(true);
    for (const { event, at: time } of told)
      if (event.signal !== null) expect(time - event.signal.barTime).toBeLessThanOrEqual(303_000);
  });

  it('are not looked for when nobody wants them', async () => {
    const { told, shown } = await heard(false);
    expect([told, shown]).toEqual([[], []]);
  });
});

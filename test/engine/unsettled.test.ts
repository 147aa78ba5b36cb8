import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY, TapeVenue, tapeOf } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';

const DAYS = ['2026-10-28', '2026-10-29', '2026-10-30'] as const;
const START = ist('2026-10-30 09:20:30');

/** A morning in which the past cannot be had until `minute`; then until 11:20 it can. */
async function morning(bend: (venue: TapeVenue, minute: number) => void, store: Store = openStore(':memory:')) {
  const clock = new FakeClock(START);
  const venue = new TapeVenue([INFY], tapeOf([INFY], DAYS, nse()), clock, nse());
  bend(venue, 0);
  const opened = openWorld(venue.session, clock, { rule: { timeframe: '1m', fast: 3, slow: 8, momentum: 0 } }, store);
  await opened.world.start();
  await settle();
  for (let minute = 1; minute <= 120; minute += 1) {
    bend(venue, minute);
    for (let second = 0; second < 60; second += 1) {
      clock.advance(1_000);
      await settle();
    }
  }
  const alerts = [...store.alerts(1_000)].sort((a, b) => a.signal.barTime - b.signal.barTime);
  await opened.world.close();
  return { ...opened, alerts };
}

const fresh = (alerts: Awaited<ReturnType<typeof morning>>['alerts']) =>
  alerts.filter(({ signal }) => signal.barTime > START + 70 * MINUTE_MS).map(({ id, inputs }) => `${id} ${inputs}`);

describe('a past that cannot be had at the start', () => {
  it('is asked for again, and the rule then stands where it would have stood', async () => {
    const told = await morning(() => undefined);
    const late = await morning((venue, minute) => {
      venue.historyFails = minute < 30;
    });
    expect(fresh(told.alerts).length).toBeGreaterThan(2);
    expect(fresh(late.alerts)).toEqual(fresh(told.alerts));
  });

  it('is not known while the disk refuses it, and signals meanwhile say so', async () => {
    const store = openStore(':memory:');
    let isFull = true;
    const full: Store = {
      ...store,
      saveBars(write) {
        if (isFull) throw new AppError('storage', 'The disk is full.');
        store.saveBars(write);
      },
    };
    const told = await morning(() => undefined);
    const late = await morning((_venue, minute) => {
      isFull = minute < 45;
    }, full);
    expect(fresh(late.alerts)).toEqual(fresh(told.alerts));
    const early = late.alerts.filter(({ raisedAt }) => raisedAt < START + 45 * MINUTE_MS);
    expect(early.filter(({ inputs }) => inputs === 'whole')).toEqual([]);
  });
});

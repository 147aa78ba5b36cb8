import { describe, expect, it } from 'vitest';
import type { Passport } from '../../src/core/passport.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { deskOf, PROOF_RULES } from '../support/raised-alerts.ts';
import { INFY, stock, TapeVenue, TCS, tapeOf } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';

const DAYS = ['2026-10-28', '2026-10-29', '2026-10-30'] as const;
const INSTRUMENTS = [INFY, TCS, stock('SBIN')];

/** A morning of ticks after two days of history, judged by rules of many kinds. */
async function morning(
  store: Store = openStore(':memory:'),
  { from = '2026-10-30 09:10:00', minutes = 130, bend = (_venue: TapeVenue, _minute: number): void => undefined } = {},
) {
  const clock = new FakeClock(ist(from));
  const venue = new TapeVenue(INSTRUMENTS, tapeOf(INSTRUMENTS, DAYS, nse()), clock, nse());
  bend(venue, 0);
  const { world } = openWorld(venue.session, clock, {}, store, { rules: () => PROOF_RULES });
  await world.start();
  await settle();
  for (let second = 0; second < minutes * 60; second += 1) {
    if (second % 60 === 0) bend(venue, second / 60);
    clock.advance(1_000);
    await settle();
  }
  await world.close();
  return store;
}

function passportsOf(store: Store): readonly Passport[] {
  return store.toldAlerts().flatMap(({ alert }) => {
    const link = deskOf(store).passport(alert.id);
    return link?.content.kind === 'alert' ? [link.content.passport] : [];
  });
}

describe('alerts that a live market raised', () => {
  it('have passports that say how they came about, and come out the same of what was stored', {
    timeout: 60_000,
  }, async () => {
    const store = await morning();
    const told = store.toldAlerts();
    expect(told.length).toBeGreaterThan(15);
    const proofs = [...deskOf(store).proveAll()];
    expect(proofs).toEqual(
      told.map(({ alert }) => ({ alert: alert.id, kind: 'reproduced', bars: expect.any(Number) })),
    );

    const all = passportsOf(store);
    expect(all).toHaveLength(told.length);
    // Those of the day before, found at the start, are late.
    const passports = all.filter(({ ledger }) => !ledger.late);
    expect(passports.length).toBeGreaterThan(5);
    for (const { times, bars, feed, ledger, barTime, operands } of passports) {
      const { exchange, received, barClosed, judged, stored } = times;
      expect(exchange === null).toBe(received === null);
      const path = [exchange ?? barTime, received ?? judged, judged, stored];
      expect(path).toEqual([...path].sort((a, b) => a - b));
      expect(exchange ?? barTime).toBeGreaterThanOrEqual(barTime);
      expect(exchange ?? barTime).toBeLessThan(barClosed);
      expect(barClosed).toBeLessThanOrEqual(judged);
      expect(bars[0]).toMatchObject({ openTime: barTime, provenance: 'live' });
      expect(feed).toEqual({ source: 'kite', label: expect.any(String), mode: 'streaming', status: 'live' });
      expect(ledger).toEqual({ inputs: 'whole', bar: 'live', late: false });
      expect(operands.length).toBeGreaterThan(0);
    }
    expect(passports.filter(({ times }) => times.exchange !== null).length).toBeGreaterThan(passports.length / 2);
    expect(passports.filter(({ rule }) => rule.id === 'longer').map(({ bars }) => bars.at(-1)?.timeframe)).toContain(
      '15m',
    );

    // Begun again at noon, the same day is caught up on: what was told stands as it was, to the byte.
    const links = told.flatMap(({ alert }) => store.evidence(alert.id));
    await morning(store, { from: '2026-10-30 12:00:00', minutes: 20 });
    const again = store.toldAlerts();
    expect(again.slice(0, told.length)).toEqual(told);
    expect(
      told.flatMap(({ alert }) => store.evidence(alert.id).filter(({ content }) => content.kind === 'alert')),
    ).toEqual(links.filter(({ content }) => content.kind === 'alert'));
    expect(again.length).toBeGreaterThan(told.length);
    expect(new Set([...deskOf(store).proveAll()].map(({ kind }) => kind))).toEqual(new Set(['reproduced']));
  });

  it('come out the same when their readings were computed anew in the midst of the day', {
    timeout: 60_000,
  }, async () => {
    const store = await morning(undefined, {
      from: '2026-10-30 09:20:30',
      bend: (venue, minute) => {
        venue.historyFails = minute < 33;
      },
    });
    // By noon the two days before are known, and the lane begins with them.
    const anew = passportsOf(store).filter(({ firstBar }) => firstBar < ist('2026-10-30 09:00'));
    expect(anew.length).toBeGreaterThan(5);
    const kinds = new Set(anew.map(({ alert }) => deskOf(store).prove(alert).kind));
    expect(kinds).toEqual(new Set(['reproduced']));
  });
});

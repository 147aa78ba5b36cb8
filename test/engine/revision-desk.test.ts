import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import { defaultLane } from '../support/default-lane.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { barOf, handWorld, minutesOf } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY } from '../support/tape.ts';

const at = (time: string): EpochMs => ist(`2026-11-20 ${time}`);
const hhmm = (time: number): string => new Date(time + 330 * MINUTE_MS).toISOString().slice(11, 16);
const prices = Array.from({ length: 360 }, (_price, index) => 100 + ((index * 7) % 11));
const told = minutesOf(at('09:15:00'), prices);

/** A world that has heard the day's last minutes, one trade at half past each. */
async function lateAfternoon(start = '14:59:10') {
  const clock = new FakeClock(at(start));
  const hand = await handWorld(clock, { told });
  const { venue, to, store } = hand;
  return {
    ...hand,
    clock,
    async trade(until: string): Promise<void> {
      const end = at(until);
      for (let time = clock.now(); time < end; time = clock.now()) {
        const price = prices[Math.floor((time - at('09:15:00')) / MINUTE_MS)] ?? Number.NaN;
        if (time % MINUTE_MS === 30 * SECOND_MS) venue.tick(time, price, { dayVolume: Math.floor(time / 6_000) });
        await to(`2026-11-20 ${new Date(time + SECOND_MS + 330 * MINUTE_MS).toISOString().slice(11, 19)}`);
      }
    },
    revisions: () => store.revisions(at('09:00:00'), at('16:00:00')),
    alerts: () => store.alerts(1_000).toSorted((a, b) => a.signal.barTime - b.signal.barTime),
  };
}

/** History's bars with some of them replaced. */
const withBars = (...changed: readonly Candle[]): readonly Candle[] =>
  told.map((bar) => changed.find(({ openTime }) => openTime === bar.openTime) ?? bar);

describe('history that says otherwise', () => {
  it('is written down minute by minute, and overrules what was heard', async () => {
    const { venue, trade, to, store, revisions, world } = await lateAfternoon();
    await trade('15:15:00');
    venue.told = withBars(barOf(at('15:05:00'), [107, 109, 101, 108], 77), barOf(at('15:08:00'), 200, 10));
    await to('2026-11-20 15:37:10');
    const found = revisions().filter(({ timeframe }) => timeframe === '1m');
    expect(found.map(({ openTime }) => hhmm(openTime))).toEqual(['15:05', '15:08']);
    expect(found[0]).toMatchObject({
      reason: 'history',
      at: at('15:37:00'),
      before: { open: 108, high: 108, low: 108, close: 108, volume: 10 },
      after: { open: 107, high: 109, low: 101, close: 108, volume: 77 },
    });
    expect(store.storedCandles(INFY.key, '1m', at('15:08:00'), at('15:09:00'))).toMatchObject([
      { candle: { close: 200 }, provenance: 'history' },
    ]);
    expect(world.ledger(null).rows[0]?.differences.map(({ field, bars }) => [field, bars])).toEqual([
      ['open', 2],
      ['high', 2],
      ['low', 2],
      ['close', 1],
      ['volume', 1],
    ]);
    await world.close();
  });

  it('marks the signals from the changed close on, raises none twice, and none that it would have found', async () => {
    const { venue, trade, to, alerts, told: shouted, signals, events, world } = await lateAfternoon();
    await trade('15:15:10');
    const before = alerts();
    const heard = shouted.length;
    venue.told = withBars(barOf(at('15:08:00'), 300, 10));
    events.length = 0;
    await to('2026-11-20 15:37:10');
    expect(before.length).toBeGreaterThan(5);
    expect(alerts().map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect([shouted.length, signals.length]).toEqual([heard, signals.length]);
    for (const { signal, inputs } of alerts())
      expect(inputs, hhmm(signal.barTime)).toBe(signal.barTime >= at('15:08:00') ? 'revised' : 'whole');
    const types = new Set(events.map(({ type }) => type));
    expect([types.has('alerts-changed'), types.has('candles-revised'), types.has('alert')]).toEqual([
      true,
      true,
      false,
    ]);
    await world.close();
  });

  it('leaves signals alone when no close changed', async () => {
    const { venue, trade, to, alerts, world } = await lateAfternoon();
    await trade('15:15:10');
    venue.told = withBars(barOf(at('15:08:00'), [106, 190, 50, prices[353] ?? 0], 5));
    await to('2026-11-20 15:37:10');
    expect(new Set(alerts().map(({ inputs }) => inputs))).toEqual(new Set(['whole']));
    await world.close();
  });

  it('lets the next bar be judged on the corrected closes', async () => {
    const { venue, trade, to, world } = await lateAfternoon();
    await trade('15:15:10');
    const wrong = world.snapshot().quotes[0]?.rsi;
    venue.told = withBars(barOf(at('15:14:00'), 300, 10));
    await to('2026-11-20 15:37:10');
    const lane = defaultLane(INFY, '1m', nse(), { fast: 1, slow: 2, rsi: 2, momentum: 0 });
    for (const bar of venue.told) lane.close(bar);
    const ltp = world.snapshot().quotes[0]?.ltp ?? Number.NaN;
    expect(world.snapshot().quotes[0]?.rsi).toBe(lane.preview(ltp)?.rsi);
    expect(wrong).not.toBe(lane.preview(ltp)?.rsi);
    await world.close();
  });

  it('repairs what was never whole, which is no revision', async () => {
    const { venue, trade, to, revisions, world } = await lateAfternoon();
    await trade('15:02:00');
    await to('2026-11-20 15:15:00');
    venue.line.heard(1);
    await to('2026-11-20 15:37:10');
    // 15:02 to 15:15 was heard and nothing traded, so that history's bars differ; 14:59 was half heard.
    expect(hhmm(revisions()[0]?.openTime ?? 0)).toBe('15:02');
    expect(revisions().every(({ before }) => before === undefined)).toBe(true);
    await world.close();
  });

  it('is compared once: the same answer again changes nothing', async () => {
    const { venue, trade, to, revisions, world } = await lateAfternoon();
    await trade('15:15:10');
    venue.told = withBars(barOf(at('15:08:00'), 300, 10));
    await to('2026-11-20 15:37:10');
    expect(revisions()).toHaveLength(1);
    const asked = venue.asked.length;
    await to('2026-11-20 15:40:00');
    expect(venue.asked.length).toBe(asked);
    expect(revisions()).toHaveLength(1);
    await world.close();
  });
});

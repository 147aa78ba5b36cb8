import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import { holds, joinSpans } from '../../src/core/spans.ts';
import { handWorld, minutesOf } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { INFY } from '../support/tape.ts';
import { UneasyClock } from '../support/uneasy-clock.ts';
import { settle } from '../support/world.ts';

const DATE = '2026-11-20';
const at = (time: string): EpochMs => ist(`${DATE} ${time}`);
const iso = (time: number): string => new Date(time + 330 * MINUTE_MS).toISOString().slice(11, 19);

/** A day whose exchange trades each second at a price of its own; our clock may be off from it. */
async function running(start = '10:00:00') {
  const clock = new UneasyClock(at(start));
  let offMs = 0;
  let isDead = false;
  const hand = await handWorld(clock, {
    told: minutesOf(
      at('09:15:00'),
      Array.from({ length: 360 }, (_bar, index) => 100 + index),
    ),
  });
  const { venue, store } = hand;
  const exchangeNow = (): EpochMs => (clock.now() - offMs) as EpochMs;
  const priceAt = (time: number): number => 100 + Math.floor((time - at('09:15:00')) / MINUTE_MS);
  return {
    ...hand,
    clock,
    exchangeNow,
    /** Seconds of ordinary trading. */
    async trade(seconds: number): Promise<void> {
      for (let second = 0; second < seconds; second += 1) {
        clock.advance(SECOND_MS);
        const now = exchangeNow();
        if (!isDead)
          venue.tick((Math.floor(now / SECOND_MS) * SECOND_MS) as EpochMs, priceAt(now), { dayVolume: now % 1e9 });
        await settle();
      }
    },
    setClock(byMs: number): void {
      offMs += byMs;
      clock.set(byMs);
    },
    /** Whether the line is dead: then nobody hears the exchange. */
    setDead(dead: boolean): void {
      isDead = dead;
    },
    /** The live stretches on disk, on the exchange's wall. */
    claimed(): readonly string[] {
      const spans = store.covered(INFY.key, at('09:00:00'), at('16:00:00'));
      return spans
        .filter(({ provenance }) => provenance === 'live')
        .map(({ open, close }) => `${iso(open)}-${iso(close)}`);
    },
    bars(from: string, to: string) {
      return store.storedCandles(INFY.key, '5s', at(from), at(to));
    },
  };
}

describe('a computer that sleeps', () => {
  it.each(['stand still', 'go on'] as const)(
    'claims nothing of what it slept through, and asks history for it: timers %s',
    async (timers) => {
      const { trade, clock, claimed, venue, world } = await running();
      await trade(5 * 60);
      venue.asked.length = 0;
      clock.sleep(40 * MINUTE_MS, timers);
      await trade(5 * 60);
      expect(claimed()).toEqual(['10:00:00-10:04:55', expect.stringMatching(/^10:45:0[01]-10:49:55$/)]);
      expect(venue.asked.map(({ from, to }) => `${iso(from)}-${iso(to)}`)[0]).toMatch(/^10:05:00-10:4[56]:00$/);
      expect(world.ledger(null).rows[0]).toMatchObject({ missing: 0, grade: 'green' });
      await world.close();
    },
  );

  it('goes on closing bars by the clock when it is awake again', async () => {
    const { trade, clock, bars, world } = await running();
    await trade(60);
    clock.sleep(40 * MINUTE_MS);
    await trade(63);
    // Nothing trades any more: only the clock can close the last bar.
    const before = bars('10:42:00', '10:42:05').length;
    clock.advance(5 * SECOND_MS);
    await settle();
    expect([before, bars('10:42:00', '10:42:05').length]).toEqual([0, 1]);
    await world.close();
  });

  it('hears at once when its first word on waking comes before any timer', async () => {
    const { clock, trade, venue, claimed, world } = await running();
    await trade(5 * 60);
    clock.sleep(40 * MINUTE_MS);
    venue.line.heard(1);
    venue.tick(at('10:45:00'), 190);
    await trade(3 * 60);
    expect(claimed()[0]).toBe('10:00:00-10:04:55');
    expect(claimed()).toHaveLength(2);
    await world.close();
  });

  it('does not ask and ask again while the market says nothing after it woke', async () => {
    const { clock, trade, events, world } = await running();
    await trade(60);
    clock.sleep(40 * MINUTE_MS);
    events.length = 0;
    for (let second = 0; second < 30; second += 1) {
      clock.advance(SECOND_MS);
      await settle();
    }
    expect(events.filter(({ type }) => type === 'coverage-changed').length).toBeLessThanOrEqual(4);
    await world.close();
  });
});

describe('a computer whose clock is set while it runs', () => {
  it.each([90_000, -90_000])('closes no bar early and claims nothing unheard: %i ms', async (byMs) => {
    const { trade, setClock, claimed, bars, exchangeNow, world } = await running();
    await trade(5 * 60 + 2);
    setClock(byMs);
    for (let second = 0; second < 240; second += 1) {
      await trade(1);
      const newest = bars('10:00:00', '15:15:00').at(-1)?.candle.openTime ?? 0;
      expect(newest + 5 * SECOND_MS, iso(exchangeNow())).toBeLessThanOrEqual(exchangeNow());
      expect((claimed().at(-1) ?? '').slice(9) <= iso(exchangeNow()), claimed().join()).toBe(true);
    }
    await world.close();
    const minute = bars('10:06:00', '10:07:00');
    expect(minute.map(({ candle }) => candle.close)).toEqual(Array(12).fill(151));
    expect(world.stats.totals.late).toBe(0);
  });

  it('claims nothing of the time that never was, though the line breaks right after', async () => {
    const { trade, setClock, venue, world, setDead, exchangeNow, clock } = await running();
    await trade(5 * 60);
    setClock(90_000);
    // The line speaks before any timer rings, breaks, and comes back two minutes later.
    venue.tick(exchangeNow(), 150);
    venue.lost(clock.now());
    setDead(true);
    await trade(120);
    venue.back(clock.now());
    setDead(false);
    await trade(120);
    const asked = joinSpans(venue.asked.map(({ from, to }) => ({ open: from, close: to })));
    expect(holds(asked, { open: at('10:05:00'), close: at('10:07:00') }), 'both minutes of the break').toBe(true);
    expect(world.ledger(null).rows[0]).toMatchObject({ received: 7, missing: 0 });
    await world.close();
  });

  it('closes the bar of a quiet instrument on time after the clock was set back', async () => {
    const { trade, setClock, venue, clock, bars, exchangeNow, world } = await running();
    await trade(60);
    setClock(-90_000);
    await trade(10);
    expect(iso(exchangeNow())).toBe('10:01:10');
    venue.line.heard(1);
    // Five seconds and the grace of two, and a moment to reach the disk.
    clock.advance(7_500);
    await settle();
    expect(bars('10:01:10', '10:01:15')).toHaveLength(1);
    await world.close();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/core/alert.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { barOf, handWorld, minutesOf } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { settle } from '../support/world.ts';

const OPEN = ist('2026-11-20 09:15');
const START = ist('2026-11-20 10:00');
const MINUTES = 25;

/** A trade every ten seconds or so: by how much the price moved, and how long the line took, in seconds. */
const trades = fc.array(
  fc.record({
    step: fc.integer({ min: -4, max: 4 }),
    // Mostly at once; now and then after its bar has closed, or the next.
    delay: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 150 })),
    again: fc.boolean(),
  }),
  { minLength: MINUTES * 6, maxLength: MINUTES * 6 },
);

/** Minutes of which history says something else afterwards. */
const corrections = fc.array(fc.record({ minute: fc.nat(MINUTES - 1), close: fc.integer({ min: 60, max: 140 }) }), {
  maxLength: 4,
});

interface Arrival {
  readonly at: number;
  readonly time: number;
  readonly ltp: number;
}

function arrivalsOf(drawn: readonly { step: number; delay: number; again: boolean }[]): readonly Arrival[] {
  let ltp = 100;
  const arrivals: Arrival[] = [];
  for (const [index, { step, delay, again }] of drawn.entries()) {
    ltp += step;
    const time = START + index * 10 * SECOND_MS;
    arrivals.push({ at: time + delay * SECOND_MS, time, ltp });
    if (again) arrivals.push({ at: time + (delay + 7) * SECOND_MS, time, ltp });
  }
  return arrivals.sort((a, b) => a.at - b.at);
}

/** What nobody may ever change of an alert. */
const fixed = ({ read: _read, inputs: _inputs, ...rest }: Alert): string => JSON.stringify(rest);

describe('alerts', () => {
  it('never change and never go, whatever comes late, twice, out of order or corrected', {
    timeout: 120_000,
  }, async () => {
    let alertsSeen = 0;
    let revisedSeen = 0;
    await fc.assert(
      fc.asyncProperty(trades, corrections, async (drawn, changed) => {
        const clock = new FakeClock(START);
        const warm = Array.from({ length: 45 }, (_price, index) => 100 + (index % 3));
        const { world, venue, store, events, to } = await handWorld(clock, { told: minutesOf(OPEN, warm) });
        const told: Alert[] = [];
        const collect = (): void => {
          for (const event of events.splice(0)) if (event.type === 'alert') told.push(event.alert);
        };
        for (const { at, time, ltp } of arrivalsOf(drawn)) {
          if (at > clock.now()) clock.advance(at - clock.now());
          venue.tick(time as EpochMs, ltp, { receivedAt: at as EpochMs });
          await settle();
          collect();
        }
        const bars = changed.map(({ minute, close }) => barOf((START + minute * MINUTE_MS) as EpochMs, close));
        venue.told = [...venue.told, ...bars];
        const asked = { instrument: bars[0]?.instrument ?? ('' as never), open: START, close: clock.now() };
        if (bars.length > 0)
          venue.line.bars(
            bars.sort((a, b) => a.openTime - b.openTime),
            'history',
            asked,
          );
        await to('2026-11-20 10:35');
        collect();
        const kept = store.alerts(1_000);
        expect(kept.map(fixed).sort()).toEqual(told.map(fixed).sort());
        expect(store.brokenLink()).toBeUndefined();
        expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
        alertsSeen += kept.length;
        revisedSeen += kept.filter(({ inputs }) => inputs === 'revised').length;
        await world.close();
      }),
      { numRuns: 25 },
    );
    expect(alertsSeen, 'something was told').toBeGreaterThan(25);
    expect(revisedSeen, 'and some of it was marked afterwards').toBeGreaterThan(0);
  });
});

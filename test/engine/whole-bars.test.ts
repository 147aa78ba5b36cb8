import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import { defaultSignals } from '../support/default-lane.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { barOf, handWorld, minutesOf } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY } from '../support/tape.ts';

const at = (time: string): EpochMs => ist(`2026-11-20 ${time}`);
const hhmm = (time: number): string => new Date(time + 330 * MINUTE_MS).toISOString().slice(11, 16);

/** Prices that turn with every bar or two, so that each bar counts. */
const prices = Array.from({ length: 360 }, (_price, index) => 100 + ((index * 7) % 11) + index / 100);
const told = minutesOf(at('09:15:00'), prices);
const priceAt = (time: EpochMs): number => prices[Math.floor((time - at('09:15:00')) / MINUTE_MS)] ?? Number.NaN;

/** Minutes in which somebody who has these bars finds a signal. */
function signalsIn(bars: readonly Candle[], from: string, to: string): readonly string[] {
  const found = defaultSignals(bars, INFY, '1m', nse(), { fast: 1, slow: 2, rsi: 2, momentum: 0 });
  return found.map(({ barTime }) => hhmm(barTime)).filter((time) => time >= from && time < to);
}

/** A venue that trades at half past each minute, at the price that history has for it. */
async function quietVenue(start: string) {
  const clock = new FakeClock(at(start));
  const hand = await handWorld(clock, { told });
  const { venue, to, signals, store } = hand;
  return {
    ...hand,
    clock,
    async trade(until: string): Promise<void> {
      const end = at(until);
      while (clock.now() < end) {
        const next = Math.floor((clock.now() + 30 * SECOND_MS) / MINUTE_MS) * MINUTE_MS + 30 * SECOND_MS;
        await to(new Date(Math.min(next, end) + 330 * MINUTE_MS).toISOString().slice(0, 19));
        if (clock.now() === next) venue.tick(clock.now(), priceAt(clock.now()));
      }
    },
    found: (from: string, until: string) =>
      signals
        .map(({ barTime }) => hhmm(barTime))
        .filter((time) => time >= from && time < until)
        .toSorted(),
    inputsOf: (minute: string) =>
      store.alerts(1_000).find(({ signal }) => signal.barTime === at(`${minute}:00`))?.inputs,
  };
}

describe('a rule whose bars are not whole', () => {
  it('is given the bars of a quiet instrument that traded only while the line was broken', async () => {
    const { trade, to, venue, clock, found, world } = await quietVenue('10:00:00');
    await trade('10:02:10');
    venue.lost(clock.now());
    await to('2026-11-20 10:04:50');
    venue.back(clock.now());
    await trade('10:12:00');
    expect(found('10:00', '10:11')).toEqual(signalsIn(told, '10:00', '10:11'));
    await world.close();
  });

  it('waits for those bars while history has not got them', async () => {
    const { trade, to, venue, clock, found, world } = await quietVenue('10:00:00');
    await trade('10:02:10');
    venue.lost(clock.now());
    venue.historyFails = true;
    await to('2026-11-20 10:04:50');
    venue.back(clock.now());
    await trade('10:09:10');
    expect(found('10:02', '10:11'), 'nothing is judged on closes with bars between them missing').toEqual([]);
    expect(world.snapshot().scan.withheld).toBe(1);
    venue.historyFails = false;
    await trade('10:40:10');
    expect(found('10:00', '10:39')).toEqual(signalsIn(told, '10:00', '10:39'));
    expect(world.snapshot().scan.withheld).toBe(0);
    await world.close();
  });

  it('holds back the first, partial bar until history told its minute', async () => {
    const { trade, venue, found, store, world } = await quietVenue('10:00:20');
    venue.historyFails = true;
    await trade('10:01:05');
    expect(found('10:00', '10:01'), 'closed, and not whole').toEqual([]);
    const [first] = store.storedCandles(INFY.key, '5s', at('10:00:00'), at('10:01:00'));
    expect(first, 'of its five seconds all was heard').toMatchObject({ marks: [] });
    venue.historyFails = false;
    await trade('10:10:10');
    expect(found('10:00', '10:09')).toEqual(signalsIn(told, '10:00', '10:09'));
    await world.close();
  });

  it('marks the base bar it came into as partial', async () => {
    const { to, venue, clock, store, world } = await quietVenue('10:00:22');
    venue.tick(clock.now(), 103);
    await to('2026-11-20 10:00:31');
    venue.tick(clock.now(), 104);
    await to('2026-11-20 10:00:38');
    const stored = store.storedCandles(INFY.key, '5s', at('10:00:00'), at('10:01:00'));
    expect(stored.map(({ candle, marks }) => [candle.close, marks])).toEqual([
      [103, ['partial']],
      [104, []],
    ]);
    await world.close();
  });
});

describe('a feed that was silent before anybody noticed', () => {
  it('marks the signals of the bars that closed meanwhile, and judges the next on what history says', async () => {
    const { trade, to, venue, clock, found, inputsOf, world, events } = await quietVenue('10:00:00');
    await trade('10:04:20');
    // The last word comes in the middle of 10:04; what follows is a price that nobody hears.
    venue.tick(clock.now(), 150);
    await to('2026-11-20 10:05:20');
    expect([inputsOf('10:03'), inputsOf('10:04')], 'taken for whole').toEqual(['whole', 'whole']);
    venue.lost(clock.now());
    expect([inputsOf('10:03'), inputsOf('10:04')]).toEqual(['whole', 'incomplete']);
    await to('2026-11-20 10:05:29');
    expect(
      events.some(({ type }) => type === 'alerts-changed'),
      'the list says so',
    ).toBe(true);
    venue.back(clock.now());
    await trade('10:20:00');
    expect(inputsOf('10:04'), 'history said otherwise than the close it was found on').toBe('revised');
    const truth = signalsIn(told, '10:05', '10:19');
    expect(found('10:05', '10:19'), 'and no wrong close is carried along').toEqual(truth);
    await world.close();
  });

  it('leaves signals alone when it was heard up to the end of their bar', async () => {
    const { trade, to, venue, clock, inputsOf, world } = await quietVenue('10:00:00');
    await trade('10:04:59');
    await to('2026-11-20 10:05:01');
    venue.line.heard(1);
    await to('2026-11-20 10:05:20');
    venue.lost(clock.now());
    const marks = ['10:02', '10:03', '10:04'].map(inputsOf);
    expect(marks.filter((inputs) => inputs !== undefined && inputs !== 'whole')).toEqual([]);
    expect(marks).toContain('whole');
    await world.close();
  });
});

describe('a stretch of hand-made prices', () => {
  it('has signals enough to be worth looking at', () => {
    expect(signalsIn(told, '10:00', '10:40').length).toBeGreaterThan(20);
    expect(barOf(at('10:00:00'), 5).close).toBe(5);
  });
});

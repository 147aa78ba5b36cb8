import { describe, expect, it } from 'vitest';
import { barCloseTime } from '../../src/core/bar-time.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import { candlesOf } from '../../src/core/candle-columns.ts';
import type { Signal } from '../../src/core/signal.ts';
import { defaultSignals } from '../support/default-lane.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { barsOf, INFY, TapeVenue, TCS, tapeOf } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';

const calendar = nse();
const DAYS = ['2026-07-28', '2026-07-29', '2026-07-30', '2026-07-31'];
const TODAY = '2026-07-31';
const instruments = [INFY, TCS];
const tape = tapeOf(instruments, DAYS, calendar);

/** What somebody who saw every tick would have found today. */
function trueSignals(from: EpochMs, to: EpochMs): readonly Signal[] {
  return instruments
    .flatMap((instrument) => {
      const bars = candlesOf(barsOf(tape, instrument.key, '5m', calendar), instrument.key, '5m');
      return defaultSignals(bars, instrument, '5m', calendar);
    })
    .filter(({ barTime }) => barTime >= from && barCloseTime(barTime, '5m', calendar) <= to)
    .sort(byIdentity);
}

const byIdentity = (a: Signal, b: Signal): number => a.barTime - b.barTime || a.instrument.localeCompare(b.instrument);
const identity = ({ instrument, side, barTime }: Signal) => `${instrument} ${side} ${new Date(barTime).toISOString()}`;

/** Runs the day from `start` for `minutes`, doing something at given minutes. */
async function run(start: string, minutes: number, doings: Readonly<Record<number, (run: Running) => unknown>> = {}) {
  const clock = new FakeClock(ist(`${TODAY}T${start}`));
  const venue = new TapeVenue(instruments, tape, clock, calendar);
  const opened = openWorld(venue.session, clock, { rule: { timeframe: '5m' } });
  const running = { ...opened, clock, venue };
  await opened.world.start();
  await settle();
  for (let second = 0; second < minutes * 60; second += 1) {
    if (second % 60 === 0) await doings[second / 60]?.(running);
    clock.advance(SECOND_MS);
    await settle();
  }
  await opened.world.close();
  return running;
}
type Running = ReturnType<typeof openWorld> & { readonly clock: FakeClock; readonly venue: TapeVenue };

const setMode = (mode: 'streaming' | 'polling') => (running: Running) => running.change({ feed: { mode } });

describe('a day that is streamed from its middle', () => {
  it('finds what a spectator of every tick finds, and tells the fresh ones once', async () => {
    const { signals, told, troubles } = await run('10:02:17', 150);
    expect(troubles).toEqual([]);
    const expected = trueSignals(ist(`${TODAY}T09:15`), ist(`${TODAY}T12:32`));
    expect(expected.length, 'the tape has signals to find').toBeGreaterThan(5);
    expect([...signals].sort(byIdentity)).toEqual(expected);
    const fresh = expected.filter(({ barTime }) => barTime >= ist(`${TODAY}T10:00`));
    expect(told.map(({ signal }) => identity(signal)).sort()).toEqual(fresh.map(identity).sort());
  });
});

describe('changing the mode while running', () => {
  it('loses no bar and doubles none', async () => {
    const { signals, store, told } = await run('10:02:17', 150, {
      20: setMode('polling'),
      47: setMode('streaming'),
      71: setMode('polling'),
      72: setMode('streaming'),
      100: setMode('polling'),
    });
    expect([...signals].sort(byIdentity).map(identity)).toEqual(
      trueSignals(ist(`${TODAY}T09:15`), ist(`${TODAY}T12:30`)).map(identity),
    );
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);

    const from = ist(`${TODAY}T09:15`);
    const minutes = store.loadCandles(INFY.key, '1m', from, ist(`${TODAY}T12:00`));
    const truth = candlesOf(barsOf(tape, INFY.key, '1m', calendar), INFY.key, '1m').filter(
      ({ openTime }) => openTime >= from,
    );
    const trueByTime = new Map(truth.map((bar) => [bar.openTime, bar]));
    for (const bar of candlesOf(minutes, INFY.key, '1m')) expect(bar).toEqual(trueByTime.get(bar.openTime));
  });

  it('gives no base bar what was traded while nobody streamed', async () => {
    const { store } = await run('10:02:17', 20, { 5: setMode('polling'), 9: setMode('streaming') });
    const span = [ist(`${TODAY}T10:02:20`), ist(`${TODAY}T10:22:00`)] as const;
    const stored = candlesOf(store.loadCandles(INFY.key, '5s', ...span), INFY.key, '5s');
    const truth = new Map(
      candlesOf(barsOf(tape, INFY.key, '5s', calendar), INFY.key, '5s').map((bar) => [bar.openTime, bar]),
    );
    expect(stored.length).toBeGreaterThan(100);
    for (const { openTime, volume } of stored)
      expect(volume, new Date(openTime).toISOString()).toBeLessThanOrEqual(truth.get(openTime)?.volume ?? 0);
  });

  it('polls in one request of quotes, and asks history once a bar', async () => {
    const { venue, events } = await run('10:02:00', 30, { 0: setMode('polling') });
    const perInstrument = venue.asked.filter(({ instrument }) => instrument === INFY.key).length;
    expect(perInstrument, 'warm-up, and one for each five minutes').toBeLessThanOrEqual(8);
    expect(events.some((event) => event.type === 'progress' && event.progress.task === 'poll')).toBe(true);
    expect(events.some((event) => event.type === 'quote' && event.quote.instrument === TCS.key)).toBe(true);
  });
});

describe('a line that breaks', () => {
  it('is mended from history before the rule goes on', async () => {
    const { signals } = await run('10:02:17', 150, {
      11: ({ venue }) => venue.break(95 * SECOND_MS),
      34: ({ venue }) => venue.break(11 * MINUTE_MS),
      90: ({ venue }) => venue.break(3 * SECOND_MS),
    });
    expect([...signals].sort(byIdentity).map(identity)).toEqual(
      trueSignals(ist(`${TODAY}T09:15`), ist(`${TODAY}T12:32`)).map(identity),
    );
  });

  it('keeps silent about bars that history could not confirm, and says so when it can', async () => {
    const { signals, troubles } = await run('10:02:17', 150, {
      30: ({ venue }) => {
        venue.historyFails = true;
        venue.break(7 * MINUTE_MS);
      },
      80: ({ venue }) => {
        venue.historyFails = false;
      },
    });
    expect(troubles.length).toBeGreaterThan(0);
    expect([...signals].sort(byIdentity).map(identity)).toEqual(
      trueSignals(ist(`${TODAY}T09:15`), ist(`${TODAY}T12:32`)).map(identity),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import { type CandleColumns, candlesOf } from '../../src/core/candle-columns.ts';
import { signalId } from '../../src/core/signal.ts';
import { SCREEN_TIMEFRAMES, type Timeframe } from '../../src/core/timeframe.ts';
import { Archive } from '../../src/main/engine/archive.ts';
import { FaultyClock, FaultyVenue, type Noise, noisy } from '../support/faulty-market.ts';
import { sessionOf } from '../support/golden-tape.ts';
import { nse } from '../support/nse.ts';
import { barsOf, INFY, TCS, tapeOf } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';

// A Muhurat of an hour, 13:45 to 14:45: a whole day, and a short one.
const DATE = '2025-10-21';
const calendar = nse();
const session = sessionOf(calendar, DATE);
const instruments = [INFY, TCS];
const tape = tapeOf(instruments, [DATE], calendar);
/** Before the open nothing has traded: so the day's volume is counted from its first trade on. */
const dawn = instruments.map(({ key }) => {
  const time = (session.open - 30 * SECOND_MS) as EpochMs;
  return { instrument: key, ltp: 1_000, dayVolume: 0, time, receivedAt: time };
});
/** Prints within this of their stamp come before their bar is closed. */
const GRACE_MS = 1_900;
/** Frames that history, which knows minutes, can tell. */
const REPAIRABLE = SCREEN_TIMEFRAMES.filter((timeframe) => !['5s', '10s', '15s', '30s', '45s'].includes(timeframe));

/** The day as the noise leaves it, from before the open until history was read again after the close. */
async function run(noise: Noise, hasHistory: boolean) {
  const clock = new FaultyClock(session.open - MINUTE_MS);
  const venue = new FaultyVenue(instruments, tape, noisy([...dawn, ...tape], noise), clock, () => calendar);
  const { world, store, signals, told, troubles } = openWorld(
    hasHistory ? venue.session : { ...venue.session, history: undefined },
    clock,
    { rule: { timeframe: '1m', fast: 3, slow: 8, rsi: 5 } },
  );
  await world.start();
  while (clock.now() < session.close + 5 * MINUTE_MS) {
    clock.advance(SECOND_MS);
    await settle();
  }
  await world.close();
  const archive = new Archive(store, () => undefined);
  const load = (key: typeof INFY.key, timeframe: Timeframe): CandleColumns =>
    archive.load(key, timeframe, calendar, session.open, session.close);
  return { load, signals, told, troubles, alerts: store.alerts(10_000), ledger: world.ledger(session.date) };
}

/** The bars of a frame as rows, days without the place that a week's bar takes before they began. */
function rowsOf(bars: CandleColumns, timeframe: Timeframe): readonly string[] {
  return candlesOf(bars, INFY.key, timeframe).map(({ openTime, open, high, low, close, volume }) =>
    [new Date(openTime).toISOString().slice(11, 19), open, high, low, close, volume].join(' '),
  );
}

/** `dropped` and `doubled` in percent. */
const noise = (most: { readonly delayMs: number; readonly dropped: number; readonly doubled: number }) =>
  fc.record({
    seed: fc.nat(1_000_000),
    delayMs: fc.integer({ min: 0, max: most.delayMs }),
    dropped: fc.integer({ min: 0, max: most.dropped }).map((percent) => percent / 100),
    doubled: fc.integer({ min: 0, max: most.doubled }).map((percent) => percent / 100),
  });
const HOW_MANY = { seed: 5, numRuns: 12, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true };

describe('ticks that come in another order, twice or never', () => {
  it('change nothing within their bar, in no frame and without history', async () => {
    await fc.assert(
      fc.asyncProperty(noise({ delayMs: 4_000, dropped: 0, doubled: 50 }), async (given) => {
        const { load, troubles } = await run({ ...given, withinMs: 5 * SECOND_MS }, false);
        expect(troubles).toEqual([]);
        for (const { key } of instruments) {
          for (const timeframe of SCREEN_TIMEFRAMES.filter((each) => each !== '1w' && each !== '1mo'))
            expect(rowsOf(load(key, timeframe), timeframe), `${key} ${timeframe}`).toEqual(
              rowsOf(barsOf(tape, key, timeframe, calendar), timeframe),
            );
        }
      }),
      HOW_MANY,
    );
  });

  it('end in the bars of the clean day once history was read', async () => {
    const seen = { dropped: 0, alerts: 0, revised: 0 };
    await fc.assert(
      fc.asyncProperty(noise({ delayMs: GRACE_MS, dropped: 30, doubled: 30 }), async (given) => {
        const { load, alerts, told, troubles, ledger } = await run(given, true);
        expect(troubles).toEqual([]);
        for (const { key } of instruments) {
          for (const timeframe of REPAIRABLE.filter((each) => each !== '1w' && each !== '1mo'))
            expect(rowsOf(load(key, timeframe), timeframe), `${key} ${timeframe}`).toEqual(
              rowsOf(barsOf(tape, key, timeframe, calendar), timeframe),
            );
        }
        expect(ledger.rows.map(({ grade, expected, missing }) => ({ grade, expected, missing }))).toEqual(
          instruments.map(() => ({ grade: 'green', expected: 60, missing: 0 })),
        );
        expect(new Set(told.map(({ id }) => id)).size, 'nobody is told twice').toBe(told.length);
        const closes = new Map(
          instruments.flatMap(({ key }) =>
            candlesOf(barsOf(tape, key, '1m', calendar), key, '1m').map(
              (bar) => [`${key} ${bar.openTime}`, bar.close] as const,
            ),
          ),
        );
        for (const { id, signal, inputs } of alerts) {
          expect(id).toBe(signalId(signal));
          // A signal whose close was another price is marked, not taken back.
          const isTrue = closes.get(`${signal.instrument} ${signal.barTime}`) === signal.price;
          if (!isTrue) expect(inputs, id).toBe('revised');
          seen.revised += inputs === 'revised' ? 1 : 0;
        }
        seen.alerts += alerts.length;
        seen.dropped += given.dropped;
      }),
      HOW_MANY,
    );
    expect(seen.alerts, 'there were alerts to mark').toBeGreaterThan(20);
    expect(seen.revised, 'and some were').toBeGreaterThan(0);
    expect(seen.dropped).toBeGreaterThan(0.5);
  });
});

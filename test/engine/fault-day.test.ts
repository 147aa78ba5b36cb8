import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import type { Span } from '../../src/core/calendar.ts';
import { type CandleColumns, candlesOf } from '../../src/core/candle-columns.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { signalId } from '../../src/core/signal.ts';
import { joinSpans, type Spans } from '../../src/core/spans.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { Archive } from '../../src/main/engine/archive.ts';
import { onTheWall } from '../support/bar-table.ts';
import { FaultyClock, FaultyVenue, noisy, type Waking } from '../support/faulty-market.ts';
import { memberOf, sessionOf } from '../support/golden-tape.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { barsOf, INFY, seeded, TCS, tapeOf } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';

// The first day with a closing auction: continuous trading from 09:15 to 15:15 for these.
const DATE = '2026-08-03';
const calendar = nse();
const session = sessionOf(calendar, DATE);
const INDEX = memberOf('nse-index');
const instruments: readonly Instrument[] = [INFY, TCS, INDEX];
const tape = tapeOf(instruments, [DATE], calendar).map((tick) =>
  tick.instrument === INDEX.key ? { ...tick, dayVolume: undefined } : tick,
);
/** One tick in a hundred never comes; the others up to a second late. */
const arrivals = noisy(tape, { seed: 7, delayMs: 900, dropped: 0.01, doubled: 0.01 });
const at = (time: string): EpochMs => ist(`${DATE}T${time}`);

/** The laptop is shut for forty minutes. */
const SLEEP = { at: at('12:10:30'), ms: 40 * MINUTE_MS };
/** The computer's clock is set, and set back. */
const STEPS = [
  { at: at('10:40:20'), ms: 90 * SECOND_MS },
  { at: at('11:20:40'), ms: -90 * SECOND_MS },
  { at: at('14:00:15'), ms: -90 * SECOND_MS },
  { at: at('14:31:45'), ms: 90 * SECOND_MS },
];
/** The socket is killed twenty times, ten before the sleep and ten after, for a second to four minutes. */
const random = seeded(11);
const CUTS = Array.from({ length: 20 }, (_, index) => {
  const time = index < 10 ? at('09:17:00') + index * 16 * MINUTE_MS : at('12:52:00') + (index - 10) * 14 * MINUTE_MS;
  const ms = Math.floor(1 + random() ** 3 * 240) * SECOND_MS;
  return { at: (time + Math.floor(random() * 600) * SECOND_MS) as EpochMs, ms };
});

const NEVER = Number.POSITIVE_INFINITY as EpochMs;

interface History {
  /** History answers nothing in this stretch. */
  readonly failsFrom?: EpochMs;
  readonly failsTo?: EpochMs;
}

/** Runs the day with all that goes wrong in it, until some minutes after the last auction. */
async function run(waking: Waking, { failsFrom = NEVER, failsTo = NEVER }: History = {}) {
  const clock = new FaultyClock(session.open - 5 * MINUTE_MS);
  const { exchange } = clock;
  const venue = new FaultyVenue(instruments, tape, arrivals, clock, () => calendar);
  const opened = openWorld(venue.session, clock, { rule: { timeframe: '5m' } });
  const { world, store, told, troubles } = opened;
  await world.start();
  const due = [
    ...CUTS.map((cut) => ({ at: cut.at, act: () => venue.cut(cut.ms) })),
    ...STEPS.map((step) => ({ at: step.at, act: () => clock.step(step.ms) })),
    { at: SLEEP.at, act: () => clock.sleep(SLEEP.ms, waking) },
    { at: failsFrom, act: () => fail(venue, true) },
    { at: failsTo, act: () => fail(venue, false) },
  ].sort((a, b) => a.at - b.at);
  const end = (session.closingAuction ?? session).close + 10 * MINUTE_MS;
  while (exchange.now() < end) {
    while (due[0] !== undefined && due[0].at <= exchange.now()) due.shift()?.act();
    clock.advance(SECOND_MS);
    await settle();
  }
  const ledger = world.ledger(session.date);
  await world.close();
  const archive = new Archive(store, () => undefined);
  const load = (instrument: Instrument, timeframe: Timeframe): CandleColumns =>
    archive.load(instrument.key, timeframe, calendar, session.open, session.close);
  return { load, ledger, told, troubles, alerts: store.alerts(10_000), answers: venue.answers };
}

function fail(venue: FaultyVenue, fails: boolean): void {
  venue.historyFails = fails;
}

function rowsOf(bars: CandleColumns, { key }: Instrument): readonly string[] {
  return candlesOf(bars, key, '1m').map(({ openTime, open, high, low, close, volume }) =>
    [onTheWall(openTime), open, high, low, close, volume].join(' '),
  );
}

const WAKINGS: readonly Waking[] = ['timers stood still', 'timers are overdue'];

describe.each(WAKINGS)('a day on which all goes wrong, %s after the sleep', (waking) => {
  it('has twenty cuts, a sleep and four steps of the clock in it', () => {
    const asleep = { open: SLEEP.at, close: SLEEP.at + SLEEP.ms };
    const awake = CUTS.filter((cut) => cut.at + cut.ms < asleep.open || cut.at > asleep.close);
    expect({ cuts: awake.length, steps: STEPS.length }).toEqual({ cuts: 20, steps: 4 });
    expect(
      CUTS.every((cut, index) => index === 0 || cut.at > (CUTS[index - 1]?.at ?? 0) + (CUTS[index - 1]?.ms ?? 0)),
    ).toBe(true);
    expect((CUTS.at(-1)?.at ?? 0) + (CUTS.at(-1)?.ms ?? 0)).toBeLessThan(session.close);
  });

  it('ends green and with the minutes of the clean day where history answers', async () => {
    const { load, ledger, told, alerts } = await run(waking);
    expect(ledger.rows.map(({ grade, expected, missing }) => ({ grade, expected, missing }))).toEqual(
      instruments.map(() => ({ grade: 'green', expected: 360, missing: 0 })),
    );
    for (const { missingBefore } of ledger.rows) expect(missingBefore).toBeGreaterThan(40);
    for (const instrument of instruments) {
      for (const timeframe of ['1m', '5m', '15m', '1h', '4h'] as const)
        expect(rowsOf(load(instrument, timeframe), instrument), `${instrument.key} ${timeframe}`).toEqual(
          rowsOf(barsOf(tape, instrument.key, timeframe, calendar), instrument),
        );
    }
    expect(new Set(told.map(({ id }) => id)).size, 'nobody is told twice').toBe(told.length);
    expect(alerts.length).toBeGreaterThan(3);
    for (const { id, signal, inputs } of alerts) {
      expect(id).toBe(signalId(signal));
      const closes = candlesOf(barsOf(tape, signal.instrument, '5m', calendar), signal.instrument, '5m');
      const close = closes.find(({ openTime }) => openTime === signal.barTime)?.close;
      if (close !== signal.price) expect(inputs, id).toBe('revised');
    }
  });

  it('names exactly what is missing where history fails from noon on', async () => {
    const failsFrom = at('12:00:00');
    const { load, ledger, troubles } = await run(waking, { failsFrom });
    expect(troubles.length, 'it is said that history fails').toBeGreaterThan(0);
    const lost = minutesOf(deadAfter(failsFrom));
    for (const row of ledger.rows) {
      expect(textOf(row.holes), row.instrument).toEqual(textOf(lost));
      expect(row.grade).not.toBe('green');
      expect(row.missing).toBe(lost.reduce((sum, { open, close }) => sum + (close - open) / MINUTE_MS, 0));
    }
    // What was repaired before noon is the clean day's.
    for (const instrument of instruments) {
      const before = (row: string): boolean => row < onTheWall(at('11:55:00'));
      expect(rowsOf(load(instrument, '1m'), instrument).filter(before).length).toBe(160);
    }
  });

  it('ends green where history fails for two hours and comes back', async () => {
    const { ledger } = await run(waking, { failsFrom: at('12:00:00'), failsTo: at('14:00:00') });
    expect(ledger.rows.map(({ grade, missing }) => ({ grade, missing }))).toEqual(
      instruments.map(() => ({ grade: 'green', missing: 0 })),
    );
  });
});

/** When nobody heard the venue, or nobody can know whether all was heard, as when the clock is set. */
function deadAfter(from: EpochMs): readonly Span[] {
  const dead = [
    ...CUTS.map((cut) => ({ open: cut.at, close: (cut.at + cut.ms) as EpochMs })),
    { open: SLEEP.at, close: (SLEEP.at + SLEEP.ms) as EpochMs },
    ...STEPS.map((step) => ({ open: step.at, close: (step.at + SECOND_MS) as EpochMs })),
  ];
  return dead.filter(({ open }) => open >= from);
}

/** The whole minutes that these touch. */
function minutesOf(spans: readonly Span[]): Spans {
  const minutes = spans.map(({ open, close }) => ({
    open: (Math.floor(open / MINUTE_MS) * MINUTE_MS) as EpochMs,
    close: (Math.ceil(close / MINUTE_MS) * MINUTE_MS) as EpochMs,
  }));
  return joinSpans(minutes);
}

function textOf(spans: Spans): readonly string[] {
  return spans.map(({ open, close }) => `${onTheWall(open).slice(11)} to ${onTheWall(close).slice(11)}`);
}

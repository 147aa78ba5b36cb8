import { describe, expect, it } from 'vitest';
import { barCloseTime } from '../../src/core/bar-time.ts';
import { type EpochMs, HOUR_MS, SECOND_MS } from '../../src/core/brand.ts';
import { candlesOf } from '../../src/core/candle-columns.ts';
import { resampleColumns } from '../../src/core/resample.ts';
import { SCREEN_TIMEFRAMES, type Timeframe } from '../../src/core/timeframe.ts';
import { Archive } from '../../src/main/engine/archive.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { goldenTape, memberOf, sessionOf, tradesOf } from '../support/golden-tape.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { TapeVenue } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';

const DATE = '2022-10-25';
const SHARE = memberOf('nse-cas');
const calendar = nse();
const session = sessionOf(calendar, DATE);

/**
 * The last second before and the first after each silence, as a recording of the NIFTY 50 of that day has them.
 * It has 21,570 of the day's 22,500 seconds.
 */
const SILENCES = [
  ['10:21:16', '10:28:17'],
  ['10:41:46', '10:42:17'],
  ['11:05:47', '11:06:18'],
  ['11:27:17', '11:27:48'],
  ['12:07:18', '12:07:49'],
  ['12:27:48', '12:30:49'],
  ['12:33:48', '12:34:49'],
  ['12:49:48', '12:51:19'],
  ['14:15:20', '14:15:51'],
  ['14:39:50', '14:40:21'],
] as const;

/**
 * How many bars lie wholly in each silence, counted by hand from 09:15, and how many of a full day's are left.
 * The first, seconds 10:21:17 to 10:28:16: of 5 s those from 10:21:20 to 10:28:10, 83; of 30 s from 10:21:30 to
 * 10:27:30, 13; of 1 m from 10:22 to 10:27, 6; of 3 m 10:24 alone; of 5 m none, for 10:20 and 10:25 have both a part
 * outside. A silence of half a minute that begins at :46 leaves 5 s from :50 to :10, 5 of them.
 */
const LEFT: Readonly<Partial<Record<Timeframe, readonly [missing: readonly number[], left: number]>>> = {
  '5s': [[83, 5, 5, 5, 5, 35, 11, 17, 5, 5], 4_324],
  '10s': [[41, 2, 2, 2, 2, 17, 5, 8, 2, 2], 2_167],
  '15s': [[27, 1, 1, 1, 1, 11, 3, 5, 1, 1], 1_448],
  '30s': [[13, 0, 0, 0, 0, 5, 1, 2, 0, 0], 729],
  '45s': [[8, 0, 0, 0, 0, 3, 0, 1, 0, 0], 488],
  '1m': [[6, 0, 0, 0, 0, 2, 0, 1, 0, 0], 366],
  '3m': [[1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 124],
  '5m': [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 75],
};
const WHOLE: Readonly<Partial<Record<Timeframe, number>>> = {
  '10m': 38,
  '15m': 25,
  '30m': 13,
  '1h': 7,
  '2h': 4,
  '4h': 2,
  '1d': 1,
  '1w': 1,
  '1mo': 1,
};

const silences = SILENCES.map(([last, first]) => ({ last: ist(`${DATE}T${last}`), first: ist(`${DATE}T${first}`) }));
const tape = goldenTape(SHARE, session, 1);
const heard = tape.filter(({ time }) => !silences.some(({ last, first }) => time > last && time < first));

/** Runs the day with a line that is dead in the silences, at a venue whose history answers, fails or does not exist. */
async function runDay(history: 'answers' | 'fails' | 'absent') {
  const clock = new FakeClock(session.open - 600 * SECOND_MS);
  const venue = new TapeVenue([SHARE], tape, clock, calendar);
  venue.historyFails = history === 'fails';
  const { world, store, signals, troubles } = openWorld(
    history !== 'absent' ? venue.session : { ...venue.session, history: undefined, quotes: undefined },
    clock,
    { rule: { timeframe: '1m' } },
  );
  await world.start();
  const ends = new Map(silences.map(({ last, first }) => [last + SECOND_MS - 1, first - last - SECOND_MS]));
  while (clock.now() < session.close + 600 * SECOND_MS) {
    // The line breaks just before the first second that is not heard, and is back just before the next that is.
    clock.advance(SECOND_MS - 1);
    const lostMs = ends.get(clock.now());
    if (lostMs !== undefined) venue.break(lostMs);
    clock.advance(1);
    await settle();
  }
  await world.close();
  const archive = new Archive(store, () => undefined);
  const load = (timeframe: Timeframe) => {
    const { from, to } = { from: session.open, to: session.close };
    const isLong = timeframe === '1w' || timeframe === '1mo';
    const start = isLong ? ist('2022-10-01 00:00') : from;
    return archive.load(SHARE.key, timeframe, calendar, start, to);
  };
  return { load, alerts: store.alerts(1_000), signals, troubles };
}

describe('a day on which the feed fell silent ten times', () => {
  it('has the seconds that were heard', () => {
    const seconds = new Set(tradesOf(heard, SHARE.key, session).openTime.map((time) => Math.floor(time / SECOND_MS)));
    expect(seconds.size).toBe(21_570);
  });

  it('is counted for all seventeen timeframes', () => {
    expect(Object.keys({ ...LEFT, ...WHOLE })).toEqual(SCREEN_TIMEFRAMES);
    const whole = { '5s': 4_500, '10s': 2_250, '15s': 1_500, '30s': 750, '45s': 500, '1m': 375, '3m': 125, '5m': 75 };
    const left = Object.fromEntries(
      Object.entries(LEFT).map(([timeframe, [missing, count]]) => [timeframe, missing.reduce((a, b) => a + b, count)]),
    );
    expect(left).toEqual(whole);
  });

  it('makes no bar of a silence', async () => {
    const { load } = await runDay('absent');
    const counts = Object.fromEntries(
      SCREEN_TIMEFRAMES.map((timeframe) => [timeframe, load(timeframe).openTime.length]),
    );
    expect(counts).toEqual({
      ...Object.fromEntries(Object.entries(LEFT).map(([timeframe, [, left]]) => [timeframe, left])),
      ...WHOLE,
    });
    for (const [timeframe, [missing]] of Object.entries(LEFT) as [Timeframe, readonly [readonly number[], number]][]) {
      const opens = new Set(load(timeframe).openTime);
      const all = resampleColumns(tradesOf(tape, SHARE.key, session), timeframe, calendar).openTime;
      const lost = silences.map(
        ({ last, first }) => all.filter((open) => !opens.has(open) && open > last && open < first).length,
      );
      expect(lost, timeframe).toEqual(missing);
    }
  });

  it('holds signals back for an hour while history fails, and then says that their inputs are incomplete', async () => {
    const { signals, alerts, troubles } = await runDay('fails');
    expect(troubles.length).toBeGreaterThan(0);
    const first = silences[0];
    expect(signals.length, 'there were some before the first silence').toBeGreaterThan(0);
    const silence = first?.last ?? 0;
    const after = signals.filter(({ barTime }) => barCloseTime(barTime, '1m', calendar) > silence);
    expect(after.length).toBeGreaterThan(0);
    const early = alerts.filter(({ raisedAt }) => raisedAt > silence && raisedAt < silence + HOUR_MS);
    expect(early, 'nothing is told meanwhile').toEqual([]);
    const [next] = alerts
      .filter(({ raisedAt }) => raisedAt >= silence + HOUR_MS)
      .sort((a, b) => a.raisedAt - b.raisedAt);
    expect(next?.inputs).toBe('incomplete');
  });

  it('is whole in every minute once history was asked', async () => {
    const { load, signals } = await runDay('answers');
    for (const timeframe of SCREEN_TIMEFRAMES.slice(SCREEN_TIMEFRAMES.indexOf('1m'), -3)) {
      const truth = resampleColumns(tradesOf(tape, SHARE.key, session), timeframe, calendar);
      expect(candlesOf(load(timeframe), SHARE.key, timeframe), timeframe).toEqual(
        candlesOf(truth, SHARE.key, timeframe),
      );
    }
    const last = signals.at(-1)?.barTime ?? 0;
    expect(last as EpochMs, 'and the rule went on').toBeGreaterThan(ist(`${DATE}T14:40`));
  });
});

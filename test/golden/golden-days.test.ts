import { describe, expect, it } from 'vitest';
import { barAt, barCloseTime, periodSpan } from '../../src/core/bar-time.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import type { CandleColumns } from '../../src/core/candle-columns.ts';
import type { Segment } from '../../src/core/instrument.ts';
import { resampleColumns } from '../../src/core/resample.ts';
import { isIntraday, SCREEN_TIMEFRAMES, type Timeframe } from '../../src/core/timeframe.ts';
import { Archive } from '../../src/main/engine/archive.ts';
import { type BarTableLine, onTheWall } from '../support/bar-table.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { CLOSING, goldenTape, memberOf, OPENING, sessionOf, tradesOf } from '../support/golden-tape.ts';
import { nse } from '../support/nse.ts';
import { TapeVenue } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';
import { GOLDEN_DAYS } from './day-tables.ts';

const calendars = new Map(GOLDEN_DAYS.flatMap(({ segments }) => segments).map((segment) => [segment, nse(segment)]));
const calendarOf = (segment: Segment) => calendars.get(segment) ?? nse(segment);
/** Every five seconds have a trade. */
const STEP_SECONDS = 3;

/** The table's line for bars that open at these instants. */
function lineOf(timeframe: Timeframe, opens: readonly number[], segment: Segment): BarTableLine {
  const [first = Number.NaN, last = Number.NaN] = [opens[0], opens.at(-1)];
  const say = (time: number) => (isIntraday(timeframe) ? onTheWall(time).slice(11) : onTheWall(time));
  const end = barCloseTime(last as EpochMs, timeframe, calendarOf(segment));
  return { timeframe, bars: opens.length, first: say(first), last: say(last), end: say(end) };
}

function clockTimes(opens: readonly number[]): string {
  return opens.map((time) => onTheWall(time).slice(11, 16)).join(' ');
}

/** Every bar that a moment of trading falls into, in order. */
function opensByMoment(timeframe: Timeframe, segment: Segment, date: string): readonly number[] {
  const calendar = calendarOf(segment);
  const opens = new Set<number>();
  // A day's bar is the same all day: no need to ask each second.
  const step = isIntraday(timeframe) ? SECOND_MS : 15 * MINUTE_MS;
  for (const part of sessionOf(calendar, date).parts) {
    for (let time: number = part.open; time < part.close; time += step) {
      opens.add(barAt(time as EpochMs, timeframe, calendar)?.openTime ?? Number.NaN);
    }
  }
  return [...opens];
}

const CASES = GOLDEN_DAYS.flatMap(({ segments, ...day }) => segments.map((segment) => ({ ...day, segment })));

describe.each(CASES)('$date, $name: $segment', ({ date, segment, table, opens }) => {
  it('is written down for all seventeen timeframes', () => {
    expect(table.map(({ timeframe }) => timeframe)).toEqual(SCREEN_TIMEFRAMES);
  });

  it('has these bars by the calendar', () => {
    for (const line of table) {
      const found = opensByMoment(line.timeframe, segment, date);
      expect(lineOf(line.timeframe, found, segment)).toEqual(line);
      if (opens[line.timeframe] !== undefined) expect(clockTimes(found)).toBe(opens[line.timeframe]);
    }
  });

  it('has no bar a moment before, between or after', () => {
    const calendar = calendarOf(segment);
    const { parts } = sessionOf(calendar, date);
    for (const { open, close } of parts) {
      expect(barAt((open - 1) as EpochMs, '1m', calendar)).toBeUndefined();
      expect(barAt(close, '1m', calendar)).toBeUndefined();
    }
  });
});

/** Runs an engine over the day of one instrument each of these segments, from before the open until long after the close. */
async function runDay(date: string, segments: readonly Segment[]) {
  const members = segments.map((segment) => ({ segment, instrument: memberOf(segment) }));
  const tape = members
    .flatMap(({ segment, instrument }) => goldenTape(instrument, sessionOf(calendarOf(segment), date), STEP_SECONDS))
    .sort((a, b) => a.time - b.time);
  const instruments = members.map(({ instrument }) => instrument);
  const open = Math.min(...segments.map((segment) => sessionOf(calendarOf(segment), date).open));
  const clock = new FakeClock(open - 10 * MINUTE_MS);
  const venue = new TapeVenue(instruments, tape, clock, nse());
  const { world, store, troubles } = openWorld({ ...venue.session, history: undefined, quotes: undefined }, clock);
  await world.start();
  const last = tape.at(-1)?.time ?? open;
  while (clock.now() < last + 2 * MINUTE_MS) {
    clock.advance(SECOND_MS);
    await settle();
  }
  await world.close();
  const archive = new Archive(store, () => undefined);
  const load = (segment: Segment, timeframe: Timeframe): CandleColumns => {
    const calendar = calendarOf(segment);
    const session = sessionOf(calendar, date);
    const from = isIntraday(timeframe) ? session.open : periodSpan(session.date, timeframe, calendar).openTime;
    return archive.load(memberOf(segment).key, timeframe, calendar, from, (session.close + 120 * MINUTE_MS) as EpochMs);
  };
  return { load, store, tape, troubles };
}

/** The one day's bar, which begins with the opening auction's price and ends with the closing one's. */
function withAuctions(day: CandleColumns, segment: Segment, date: string): CandleColumns {
  const { preOpen, closingAuction } = sessionOf(calendarOf(segment), date);
  const [volume = 0, last = 0] = [day.volume[0], day.close[0]];
  const opened = preOpen !== undefined && segment !== 'nse-index';
  const prices = [...(opened ? [OPENING.price] : []), ...(closingAuction === undefined ? [] : [last + CLOSING.above])];
  const one = (value: number) => Float64Array.of(value);
  return {
    openTime: day.openTime,
    open: opened ? one(OPENING.price) : day.open,
    high: one(Math.max(day.high[0] ?? 0, ...prices)),
    low: one(Math.min(day.low[0] ?? 0, ...prices)),
    close: closingAuction === undefined ? day.close : one(last + CLOSING.above),
    volume: one(volume + (opened ? OPENING.volume : 0) + (closingAuction === undefined ? 0 : CLOSING.volume)),
  };
}

const DATES = [...new Set(GOLDEN_DAYS.map(({ date }) => date))];

describe.each(DATES)('an engine that ran through %s', (date) => {
  const days = GOLDEN_DAYS.filter((day) => day.date === date);
  const running = runDay(
    date,
    days.flatMap(({ segments }) => segments),
  );

  it.each(days.flatMap(({ segments, table }) => segments.map((segment) => [segment, table] as const)))(
    'has the bars of %s, and in them what was traded',
    async (segment, table) => {
      const { load, tape, troubles } = await running;
      expect(troubles).toEqual([]);
      const calendar = calendarOf(segment);
      const session = sessionOf(calendar, date);
      const trades = tradesOf(tape, memberOf(segment).key, session);
      for (const line of table) {
        const bars = load(segment, line.timeframe);
        expect(lineOf(line.timeframe, [...bars.openTime], segment)).toEqual(line);
        const traded = resampleColumns(trades, line.timeframe, calendar);
        const expected = isIntraday(line.timeframe) ? traded : withAuctions(traded, segment, date);
        expect({ ...bars, openTime: [] }, line.timeframe).toEqual({ ...expected, openTime: [] });
      }
    },
  );

  it.each(days.flatMap(({ segments }) => segments))('keeps what the auctions of %s traded apart', async (segment) => {
    const { store } = await running;
    const { preOpen, closingAuction, open, close } = sessionOf(calendarOf(segment), date);
    const found = store.loadAuctions(
      memberOf(segment).key,
      (open - 60 * MINUTE_MS) as EpochMs,
      (close + 60 * MINUTE_MS) as EpochMs,
    );
    const said = found.map(({ kind, openTime, volume }) => ({ kind, openTime, volume }));
    const hasVolume = segment !== 'nse-index';
    expect(said).toEqual([
      // An index stood still before the open, as far as was seen.
      ...(preOpen && hasVolume ? [{ kind: 'pre-open', openTime: preOpen.open, volume: OPENING.volume }] : []),
      ...(closingAuction
        ? [{ kind: 'closing', openTime: closingAuction.open, volume: hasVolume ? CLOSING.volume : undefined }]
        : []),
    ]);
  });
});

import { DAY_MS, type EpochMs, MINUTE_MS } from '../../src/core/brand.ts';
import { dateAt, IST_OFFSET_MS, midnight, weekday } from '../../src/core/calendar-date.ts';

/** `[start in ms, open, high, low, close, volume]`. */
export type FakeCandle = readonly [number, number, number, number, number, number];

/** Minutes of one bar, by Kite's name; and the most days of one request. */
export const FAKE_INTERVALS: Readonly<Record<string, { readonly minutes: number; readonly mostDays: number }>> = {
  minute: { minutes: 1, mostDays: 60 },
  '3minute': { minutes: 3, mostDays: 100 },
  '5minute': { minutes: 5, mostDays: 100 },
  '10minute': { minutes: 10, mostDays: 100 },
  '15minute': { minutes: 15, mostDays: 200 },
  '30minute': { minutes: 30, mostDays: 200 },
  '60minute': { minutes: 60, mostDays: 400 },
  day: { minutes: 375, mostDays: 2_000 },
};

const OPEN_MS = (9 * 60 + 15) * MINUTE_MS;
const MINUTES_A_DAY = 375;

/** The minute that begins at `time`: made up, the same each time it is asked for. */
export function madeUpMinute(token: number, time: number): FakeCandle {
  const minute = Math.floor(time / MINUTE_MS);
  const at = (shift: number): number =>
    Math.round((100 + (token % 900) + 5 * Math.sin((minute + shift) / 17) + ((minute * 7 + shift) % 5) / 10) * 20) / 20;
  const [open, close] = [at(0), at(1)];
  const volume = (token & 0xff) === 9 ? 0 : 1_000 + (minute % 97);
  return [time, open, Math.max(open, close) + 0.05, Math.min(open, close) - 0.05, close, volume];
}

export interface CandleQuestion {
  readonly token: number;
  readonly interval: string;
  readonly from: number;
  readonly to: number;
  readonly now: number;
  /** Minutes a test laid down; without any, every weekday from 09:15 to 15:30 is made up. */
  readonly minutes: readonly FakeCandle[] | undefined;
}

/**
 * Answers as Kite does: bars are grouped from the minutes between both ends, both included. A bar at either end
 * may thus be cut short, and the running one is there.
 */
export function answerCandles({ token, interval, from, to, now, minutes }: CandleQuestion): readonly FakeCandle[] {
  const step = FAKE_INTERVALS[interval]?.minutes ?? 1;
  const bars: FakeCandle[] = [];
  for (const minute of minutes ?? madeUpMinutes(token, from, Math.min(to, now))) {
    const [time] = minute;
    if (time < Math.floor(from / MINUTE_MS) * MINUTE_MS || time > Math.min(to, now)) continue;
    const day = midnight(dateAt(time as EpochMs, IST_OFFSET_MS), IST_OFFSET_MS);
    const sinceOpen = time - day - OPEN_MS;
    const start =
      interval === 'day' ? day : day + OPEN_MS + Math.floor(sinceOpen / (step * MINUTE_MS)) * step * MINUTE_MS;
    const last = bars.at(-1);
    if (last === undefined || last[0] !== start) bars.push([start, ...rest(minute)]);
    else bars[bars.length - 1] = joined(last, minute);
  }
  return bars;
}

function rest([, open, high, low, close, volume]: FakeCandle): [number, number, number, number, number] {
  return [open, high, low, close, volume];
}

function joined(bar: FakeCandle, minute: FakeCandle): FakeCandle {
  return [bar[0], bar[1], Math.max(bar[2], minute[2]), Math.min(bar[3], minute[3]), minute[4], bar[5] + minute[5]];
}

function* madeUpMinutes(token: number, from: number, to: number): Generator<FakeCandle> {
  for (let day = from; midnightOf(day) <= to; day += DAY_MS) {
    const start = midnightOf(day);
    if (weekday(dateAt(start as EpochMs, IST_OFFSET_MS)) > 4) continue;
    for (let minute = 0; minute < MINUTES_A_DAY; minute += 1)
      yield madeUpMinute(token, start + OPEN_MS + minute * MINUTE_MS);
  }
}

function midnightOf(time: number): number {
  return midnight(dateAt(time as EpochMs, IST_OFFSET_MS), IST_OFFSET_MS);
}

import { DAY_MS, type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import {
  addDays,
  dateAt,
  IST_OFFSET_MS,
  midnight,
  mondayOf,
  monthStartOf,
  weekday,
} from '../../src/core/calendar-date.ts';

/** `[epoch seconds, open, high, low, close, volume]` */
export type FakeCandle = readonly [number, number, number, number, number, number];

/** Length in seconds, and the most days of one request; days and longer have no length. */
export const FAKE_RESOLUTIONS: Readonly<Record<string, { readonly seconds: number; readonly mostDays: number }>> = {
  ...Object.fromEntries([5, 10, 15, 30, 45].map((each) => [`${each}S`, { seconds: each, mostDays: 25 }])),
  ...Object.fromEntries(
    [1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 240].map((each) => [String(each), { seconds: 60 * each, mostDays: 100 }]),
  ),
  ...Object.fromEntries(['D', '1D', '1W', '1M'].map((each) => [each, { seconds: 0, mostDays: 366 }])),
};

const OPEN_MS = (9 * 60 + 15) * MINUTE_MS;
const CLOSE_MS = (15 * 60 + 30) * MINUTE_MS;

/** The bar that begins at `seconds`: made up, the same each time it is asked for. An index has no volume. */
export function madeUpCandle(base: number, seconds: number, hasVolume: boolean): FakeCandle {
  const at = (shift: number): number =>
    Math.round((base + 5 * Math.sin(seconds / 1_700 + shift) + ((seconds / 5 + shift) % 7) / 10) * 20) / 20;
  const [open, close] = [at(0), at(1)];
  const [high, low] = [Math.max(open, close) + 0.05, Math.min(open, close) - 0.05];
  return [seconds, open, high, low, close, hasVolume ? 1_000 + (seconds % 97) : 0];
}

export interface CandleQuestion {
  readonly base: number;
  readonly hasVolume: boolean;
  readonly resolution: string;
  /** Epoch seconds, both included. */
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

/** Answers as Fyers does: weekdays from 09:15 to 15:30, the running bar included; days are dated to midnight in UTC. */
export function answerCandles(question: CandleQuestion): readonly FakeCandle[] {
  const { base, hasVolume, resolution, from, to, now } = question;
  const length = FAKE_RESOLUTIONS[resolution]?.seconds ?? 60;
  const bars = new Map<number, FakeCandle>();
  const add = (seconds: number): void => {
    if (seconds >= from && seconds <= to && seconds * SECOND_MS <= now)
      bars.set(seconds, madeUpCandle(base, seconds, hasVolume));
  };
  let date = dateAt((from * SECOND_MS - DAY_MS) as EpochMs, IST_OFFSET_MS);
  for (; midnight(date, 0) <= to * SECOND_MS + DAY_MS; date = addDays(date, 1)) {
    if (weekday(date) > 4) continue;
    if (length === 0) {
      const start = resolution === '1W' ? mondayOf(date) : resolution === '1M' ? monthStartOf(date) : date;
      add(midnight(start, 0) / SECOND_MS);
      continue;
    }
    const day = midnight(date, IST_OFFSET_MS);
    for (let time = day + OPEN_MS; time < day + CLOSE_MS; time += length * SECOND_MS) add(time / SECOND_MS);
  }
  return [...bars.values()];
}

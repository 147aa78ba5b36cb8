import { isTimeframe, type Timeframe } from '../../src/core/timeframe.ts';

/** One line of a table made by hand. Times are those on a wall in India. */
export interface BarTableLine {
  readonly timeframe: Timeframe;
  readonly bars: number;
  /** `HH:MM:SS` of an intraday bar, with its date for one of days. */
  readonly first: string;
  readonly last: string;
  /** End of the last one. */
  readonly end: string;
}

/** Reads a table of `timeframe bars first last end`, one line each, `T` between a date and its time. */
export function barTable(text: string): readonly BarTableLine[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [timeframe = '', bars, first = '', last = '', end = ''] = line.trim().split(/\s+/);
      if (!isTimeframe(timeframe) || end === '') throw new Error(`"${line}" is no line of a table of bars.`);
      return { timeframe, bars: Number(bars), first, last, end };
    });
}

const IST_MS = 19_800_000;

/** `2026-08-03T09:15:00` on a wall in India. */
export function onTheWall(time: number): string {
  return new Date(time + IST_MS).toISOString().slice(0, 19);
}

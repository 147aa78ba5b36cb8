import { HOUR_MS, MINUTE_MS, SECOND_MS } from './brand.ts';

/** Lengths of the bars that lie within a day, in milliseconds. */
export const INTRADAY_MS = {
  '1s': SECOND_MS,
  '5s': 5 * SECOND_MS,
  '10s': 10 * SECOND_MS,
  '15s': 15 * SECOND_MS,
  '30s': 30 * SECOND_MS,
  '45s': 45 * SECOND_MS,
  '1m': MINUTE_MS,
  '3m': 3 * MINUTE_MS,
  '5m': 5 * MINUTE_MS,
  '10m': 10 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '30m': 30 * MINUTE_MS,
  '1h': HOUR_MS,
  '2h': 2 * HOUR_MS,
  '4h': 4 * HOUR_MS,
} as const;

export type IntradayTimeframe = keyof typeof INTRADAY_MS;
/** Bars that follow the calendar: their length differs. */
export type CalendarTimeframe = '1d' | '1w' | '1mo';
/** A bar's length. The word is what the screen shows and the database stores. */
export type Timeframe = IntradayTimeframe | CalendarTimeframe;

/** All that can be made, the shortest first. */
export const TIMEFRAMES = [
  ...(Object.keys(INTRADAY_MS) as IntradayTimeframe[]),
  '1d',
  '1w',
  '1mo',
] as const satisfies readonly Timeframe[];

/** The seventeen with a button. `1s` bars are recorded and resampled, but have no chart of their own. */
export const SCREEN_TIMEFRAMES: readonly Timeframe[] = TIMEFRAMES.filter((timeframe) => timeframe !== '1s');

/** The bar every other one is made of, kept for each watched instrument. */
export const BASE_TIMEFRAME = '5s' satisfies Timeframe;

/** For words from outside: a command line, a link, a file. */
export function isTimeframe(text: string): text is Timeframe {
  return (TIMEFRAMES as readonly string[]).includes(text);
}

/** False for days, weeks and months, whose length is the calendar's to say. */
export function isIntraday(timeframe: Timeframe): timeframe is IntradayTimeframe {
  return Object.hasOwn(INTRADAY_MS, timeframe);
}

/** Whether minutes can be made of such bars. */
export function tellsMinutes(timeframe: Timeframe): boolean {
  return isIntraday(timeframe) && MINUTE_MS % INTRADAY_MS[timeframe] === 0;
}

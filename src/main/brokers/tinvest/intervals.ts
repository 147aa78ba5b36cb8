import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/brand.ts';
import type { Timeframe } from '../../../core/timeframe.ts';

/** A candle's length as the venue knows it. The stream and the single calls call it by different names. */
export interface VenueInterval {
  /** As the venue's pages write it; `1M` is a month. */
  readonly name: string;
  /** Ours; undefined where we have none. */
  readonly timeframe: Timeframe | undefined;
  readonly seconds: number;
  /** After `SUBSCRIPTION_INTERVAL_`; undefined where the stream has none. */
  readonly stream: string | undefined;
  /** After `CANDLE_INTERVAL_`. */
  readonly rest: string;
  /** The longest stretch of one `GetCandles`. */
  readonly windowMs: number;
}

/** From the last day of November to the last of February are fewer days than any other three months. */
const THREE_MONTHS_MS = 89 * DAY_MS;
const SIX_YEARS_MS = 2_190 * DAY_MS;
const FIVE_YEARS_MS = 1_825 * DAY_MS;
const TEN_YEARS_MS = 3_650 * DAY_MS;

/** Source: the contract's `CandleInterval`, `SubscriptionInterval` and the limits written beside them. */
export const INTERVALS: readonly VenueInterval[] = [
  row('5s', '5s', 5, undefined, '5_SEC', 200 * MINUTE_MS),
  row('10s', '10s', 10, undefined, '10_SEC', 200 * MINUTE_MS),
  row('30s', '30s', 30, undefined, '30_SEC', 20 * HOUR_MS),
  row('1m', '1m', 60, 'ONE_MINUTE', '1_MIN', DAY_MS),
  row('2m', undefined, 120, '2_MIN', '2_MIN', DAY_MS),
  row('3m', '3m', 180, '3_MIN', '3_MIN', DAY_MS),
  row('5m', '5m', 300, 'FIVE_MINUTES', '5_MIN', 7 * DAY_MS),
  row('10m', '10m', 600, '10_MIN', '10_MIN', 7 * DAY_MS),
  row('15m', '15m', 900, 'FIFTEEN_MINUTES', '15_MIN', 21 * DAY_MS),
  row('30m', '30m', 1_800, '30_MIN', '30_MIN', 21 * DAY_MS),
  row('1h', '1h', 3_600, 'ONE_HOUR', 'HOUR', THREE_MONTHS_MS),
  row('2h', '2h', 7_200, '2_HOUR', '2_HOUR', THREE_MONTHS_MS),
  row('4h', '4h', 14_400, '4_HOUR', '4_HOUR', THREE_MONTHS_MS),
  row('1d', '1d', 86_400, 'ONE_DAY', 'DAY', SIX_YEARS_MS),
  row('1w', '1w', 604_800, 'WEEK', 'WEEK', FIVE_YEARS_MS),
  row('1M', '1mo', 2_592_000, 'MONTH', 'MONTH', TEN_YEARS_MS),
];

const STREAM_PREFIX = 'SUBSCRIPTION_INTERVAL_';
const REST_PREFIX = 'CANDLE_INTERVAL_';
const byStream = new Map(INTERVALS.flatMap((each) => (each.stream ? [[STREAM_PREFIX + each.stream, each]] : [])));
const byRest = new Map(INTERVALS.map((each) => [REST_PREFIX + each.rest, each]));
const byTimeframe = new Map(INTERVALS.flatMap((each) => (each.timeframe ? [[each.timeframe, each]] : [])));

/** The interval of a subscription or a streamed candle: `SUBSCRIPTION_INTERVAL_ONE_MINUTE`. */
export function streamInterval(name: unknown): VenueInterval | undefined {
  return typeof name === 'string' ? byStream.get(name) : undefined;
}

/** The interval of a single call: `CANDLE_INTERVAL_1_MIN`. */
export function restInterval(name: unknown): VenueInterval | undefined {
  return typeof name === 'string' ? byRest.get(name) : undefined;
}

export function intervalOf(timeframe: Timeframe): VenueInterval | undefined {
  return byTimeframe.get(timeframe);
}

/** What a subscription calls it; undefined where the stream has no such candles. */
export function streamName({ stream }: VenueInterval): string | undefined {
  return stream === undefined ? undefined : STREAM_PREFIX + stream;
}

/** What a single call calls it. */
export function restName({ rest }: VenueInterval): string {
  return REST_PREFIX + rest;
}

function row(
  name: string,
  timeframe: Timeframe | undefined,
  seconds: number,
  stream: string | undefined,
  rest: string,
  windowMs: number,
): VenueInterval {
  return { name, timeframe, seconds, stream, rest, windowMs };
}

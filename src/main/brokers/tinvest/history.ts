import { barCloseTime } from '../../../core/bar-time.ts';
import { DAY_MS, type EpochMs } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import type { Candle } from '../../../core/candle.ts';
import { AppError } from '../../../core/errors.ts';
import { type Segment, symbolOf } from '../../../core/instrument.ts';
import { isRecord } from '../../../core/is-record.ts';
import { isIntraday, type Timeframe } from '../../../core/timeframe.ts';
import type { Clock, HistorySource, Logger } from '../../engine/ports.ts';
import type { TinvestApi } from './api.ts';
import { unexpectedData } from './errors.ts';
import { historyWindows } from './history-windows.ts';
import type { TinvestInstrument } from './instrument-row.ts';
import { intervalOf, restName, type VenueInterval } from './intervals.ts';
import { listMember, member } from './member.ts';
import type { VenueCandle } from './messages.ts';
import { placeBar } from './place-bar.ts';
import { readCandleOf } from './read-events.ts';
import { toTimestamp } from './timestamp.ts';

/** Those whose grid is ours on every day. Bars of 2h and 4h count from midnight UTC, weeks and months are ours to make. */
const TIMEFRAMES: readonly Timeframe[] = ['5s', '10s', '30s', '1m', '3m', '5m', '10m', '15m', '30m', '1h', '1d'];

export interface TinvestHistoryParts {
  readonly api: TinvestApi;
  readonly instruments: readonly TinvestInstrument[];
  readonly clock: Clock;
  readonly logger: Logger;
  calendarOf(segment: Segment): Calendar;
}

/**
 * Candles from `GetCandles`, window by window. Volumes are in lots.
 *
 * Left out are candles that have not closed, those that are none of our calendar's bars, and rows that make no sense. Throws
 * AppError: `not-supported` for a timeframe that is not answered, `not-found` for an unknown instrument.
 */
export function createTinvestHistory(parts: TinvestHistoryParts): HistorySource {
  const { api, instruments, clock, logger, calendarOf } = parts;
  const byKey = new Map(instruments.map((known) => [known.instrument.key, known]));
  return {
    timeframes: TIMEFRAMES,
    // How far seconds reach back nobody says; an error text speaks of 30 days.
    keptDays: { '5s': 30, '10s': 30, '30s': 30 },
    mostDays: Object.fromEntries(TIMEFRAMES.map((timeframe) => [timeframe, mostDaysOf(timeframe)])),
    async candles({ instrument: key, timeframe, from, to }, stop) {
      const interval = TIMEFRAMES.includes(timeframe) ? intervalOf(timeframe) : undefined;
      if (interval === undefined)
        throw new AppError('not-supported', `T-Invest has no ${timeframe} candles. Choose another timeframe.`);
      const known = byKey.get(key);
      if (known === undefined)
        throw new AppError('not-found', `T-Invest does not have ${symbolOf(key)}. Choose another instrument.`);

      const calendar = calendarOf(known.instrument.segment);
      const oldest = (isIntraday(timeframe) ? known.firstMinute : known.firstDay) ?? from;
      // The clock part of a day's request is ignored: it begins where the day of `from` does.
      const start = isIntraday(timeframe) ? from : calendar.midnight(calendar.dateOf(from));
      const candles: Candle[] = [];
      let unreadable = 0;
      let newest = Number.NEGATIVE_INFINITY;
      const begin = Math.max(start, isIntraday(timeframe) ? oldest : oldest - DAY_MS) as EpochMs;
      for (const { from: windowFrom, to: windowTo } of historyWindows(begin, earlier(to, clock.now()), interval)) {
        const body = { from: toTimestamp(windowFrom), to: toTimestamp(windowTo), interval: restName(interval) };
        const answer = await api.call('MarketDataService', 'GetCandles', { instrumentId: known.uid, ...body }, stop);
        const read = readRows(answer, interval, known);
        unreadable += read.unreadable;
        for (const { openTime: time, open, high, low, close, volume } of read.closed) {
          // Windows touch: a candle on the seam comes twice.
          if (time <= newest) continue;
          newest = time;
          const openTime = placeBar(time, timeframe, calendar);
          if (openTime === undefined || openTime < from || openTime >= to) continue;
          if (barCloseTime(openTime, timeframe, calendar) > clock.now()) continue;
          candles.push({ instrument: key, timeframe, openTime, open, high, low, close, volume });
        }
      }
      if (unreadable > 0)
        logger.warn('Candles of T-Invest were unreadable.', { instrument: key, timeframe, rows: unreadable });
      return candles;
    },
  };
}

/** Complete candles, oldest first. */
function readRows(
  answer: Readonly<Record<string, unknown>>,
  interval: VenueInterval,
  { uid, figi }: TinvestInstrument,
) {
  const rows = listMember(answer, 'candles');
  if (rows === undefined) throw unexpectedData('candles');
  const closed: VenueCandle[] = [];
  let unreadable = 0;
  for (const row of rows) {
    const candle = isRecord(row) ? readCandleOf(row, interval, { uid, figi }) : undefined;
    if (candle === undefined || 'reject' in candle) unreadable += 1;
    else if (isRecord(row) && member(row, 'isComplete') === true) closed.push(candle);
  }
  closed.sort((a, b) => a.openTime - b.openTime);
  return { closed, unreadable };
}

function mostDaysOf(timeframe: Timeframe): number {
  return Math.max(1, Math.floor((intervalOf(timeframe)?.windowMs ?? DAY_MS) / DAY_MS));
}

function earlier(a: EpochMs, b: EpochMs): EpochMs {
  return a < b ? a : b;
}

import { barCloseTime } from '../../../core/bar-time.ts';
import { DAY_MS, type EpochMs } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import { dateAt } from '../../../core/calendar-date.ts';
import type { Candle } from '../../../core/candle.ts';
import { candleAt, columnsOf } from '../../../core/candle-columns.ts';
import { AppError } from '../../../core/errors.ts';
import { type Instrument, type Segment, symbolOf } from '../../../core/instrument.ts';
import { resampleColumns } from '../../../core/resample.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../../core/timeframe.ts';
import type { Clock, HistorySource, Logger } from '../../engine/ports.ts';
import type { FcsApi } from './api.ts';
import { readPages } from './history-pages.ts';
import { candleOf, isOnGrid } from './place-bar.ts';
import type { FcsBar } from './read-fields.ts';
import { marketOf } from './symbols.ts';
import { fcsTimeframe } from './timeframes.ts';
import { HISTORY_ROWS } from './wire.ts';

export interface FcsHistoryParts {
  readonly api: Pick<FcsApi, 'ask'>;
  readonly instruments: readonly Instrument[];
  readonly clock: Clock;
  readonly logger: Logger;
  calendarOf(segment: Segment): Calendar;
}

/** Weeks and months are made from days, as their first day is the vendor's to choose. */
const TIMEFRAMES: readonly Timeframe[] = ['1m', '5m', '15m', '30m', '1h', '4h', '1d'];

/**
 * Candles from `POST {market}/history`, oldest first, closed ones only.
 *
 * Long bars that the venue may count from another hour than our calendar are asked for in shorter ones and folded:
 * hours of New York's stocks, which open at half past, and 4 hours of currencies. Left out are rows that make no sense
 * and bars that are not ours, each counted in the log. Throws AppError: `not-supported` for a timeframe FCS has not, or
 * when the plan gives fewer rows than were asked; `not-found` for an unknown instrument.
 */
export function createFcsHistory({ api, instruments, clock, logger, calendarOf }: FcsHistoryParts): HistorySource {
  const byKey = new Map(instruments.map((instrument) => [instrument.key, instrument]));
  return {
    timeframes: TIMEFRAMES,
    mostDays: Object.fromEntries(TIMEFRAMES.map((timeframe) => [timeframe, mostDays(timeframe)])),
    async candles({ instrument: key, timeframe, from, to }, stop) {
      const instrument = byKey.get(key);
      if (instrument === undefined)
        throw new AppError('not-found', `FCS does not have ${symbolOf(key)}. Choose another instrument.`);
      const asked = askedAs(timeframe, instrument.segment);
      const period = fcsTimeframe(asked)?.period;
      if (!TIMEFRAMES.includes(timeframe) || period === undefined)
        throw new AppError('not-supported', `FCS has no ${timeframe} candles. Choose another timeframe.`);

      const calendar = calendarOf(instrument.segment);
      const until = Math.min(to, clock.now()) as EpochMs;
      if (from >= until) return [];
      const fields = {
        symbol: key,
        period,
        // Dates, a day more on either side: whose midnight is meant is not documented.
        from: dateAt((from - DAY_MS) as EpochMs, 0),
        to: dateAt((until + DAY_MS) as EpochMs, 0),
      };
      const ask = (page: number, length: number): Promise<unknown> =>
        api.ask(marketOf(key), 'history', { ...fields, length: `${length}`, page: `${page}` }, stop);
      const { bars, unreadable } = await readPages(ask, { from, rows: rowsBetween(from, until, asked) });
      const [ours, strange] = sift(bars, asked, calendar);
      if (unreadable + strange > 0)
        logger.warn('Candles of FCS were left out.', { instrument: key, timeframe, unreadable, elsewhere: strange });
      const candles = ours.map((bar) => candleOf(bar, key, asked, calendar));
      const made = asked === timeframe ? candles : fold(candles, timeframe, calendar);
      const now = clock.now();
      return made.filter(
        ({ openTime }) => openTime >= from && openTime < to && barCloseTime(openTime, timeframe, calendar) <= now,
      );
    },
  };
}

/** In which bars to ask: those of which the venue's grid is ours for certain. */
function askedAs(timeframe: Timeframe, segment: Segment): Timeframe {
  if (segment === '24x7' || (timeframe !== '1h' && timeframe !== '4h')) return timeframe;
  return segment === 'fx' ? '1h' : '30m';
}

/** What one request of the most rows holds, with a margin: bars are asked for a day more on either side. */
function mostDays(timeframe: Timeframe): number {
  const lengthMs = isIntraday(timeframe) ? Math.min(INTRADAY_MS[timeframe], INTRADAY_MS['30m']) : DAY_MS;
  return Math.max(1, Math.floor((HISTORY_ROWS.most * lengthMs) / DAY_MS) - 3);
}

/** Rows that an instrument which never rests would have, the day on either side included. */
function rowsBetween(from: EpochMs, to: EpochMs, timeframe: Timeframe): number {
  const lengthMs = isIntraday(timeframe) ? INTRADAY_MS[timeframe] : DAY_MS;
  return Math.ceil((to - from + 3 * DAY_MS) / lengthMs);
}

/** The bars that lie where ours do, and how many do not. */
function sift(bars: readonly FcsBar[], timeframe: Timeframe, calendar: Calendar): readonly [readonly FcsBar[], number] {
  const ours = bars.filter(({ openTime }) => isOnGrid(openTime, timeframe, calendar));
  return [ours, bars.length - ours.length];
}

function fold(candles: readonly Candle[], timeframe: Timeframe, calendar: Calendar): readonly Candle[] {
  const [first] = candles;
  if (first === undefined) return [];
  const columns = resampleColumns(columnsOf(candles), timeframe, calendar);
  return [...columns.openTime.keys()].map((row) => candleAt(columns, row, first.instrument, timeframe));
}

import { barAt, barCloseTime, periodSpan } from '../../../core/bar-time.ts';
import type { EpochMs } from '../../../core/brand.ts';
import { SECOND_MS } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import { addDays, dateAt } from '../../../core/calendar-date.ts';
import type { Candle } from '../../../core/candle.ts';
import { AppError } from '../../../core/errors.ts';
import { type Segment, symbolOf } from '../../../core/instrument.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../../core/timeframe.ts';
import type { Clock, HistorySource, Logger } from '../../engine/ports.ts';
import type { FyersApi } from './api.ts';
import { type CandleRow, readCandleRow } from './candle-row.ts';
import type { OpenedEnvelope } from './envelope.ts';
import { unexpectedData } from './errors.ts';
import { FYERS_RESOLUTIONS, type FyersResolution, historyPieces, SECONDS_KEPT_DAYS } from './history-pieces.ts';
import type { FyersInstrument } from './match-instruments.ts';

export interface FyersHistoryParts {
  readonly api: Pick<FyersApi, 'get'>;
  readonly instruments: readonly FyersInstrument[];
  readonly clock: Clock;
  readonly logger: Logger;
  calendarOf(segment: Segment): Calendar;
}

/**
 * Candles from `GET /data/history`.
 *
 * Left out are bars that have not closed, bars that have no place in our calendar (outside continuous trading, or off
 * the grid of the session), and rows that make no sense. A day's bar opens with its session and has closed when the
 * closing auction has. Throws AppError: `not-supported` for a timeframe Fyers has not and for seconds from before
 * those it keeps, `not-found` for an unknown instrument.
 */
export function createFyersHistory({ api, instruments, clock, logger, calendarOf }: FyersHistoryParts): HistorySource {
  const byKey = new Map(instruments.map((known) => [known.instrument.key, known]));
  return {
    // The keys of the table are timeframes by its type.
    timeframes: Object.keys(FYERS_RESOLUTIONS) as Timeframe[],
    isAdjusted: true,
    // Of the trading days it keeps, fewer calendar days are surely there.
    keptDays: Object.fromEntries(['5s', '10s', '15s', '30s', '45s'].map((frame) => [frame, SECONDS_KEPT_DAYS])),
    mostDays: Object.fromEntries(Object.entries(FYERS_RESOLUTIONS).map(([frame, { mostDays }]) => [frame, mostDays])),
    async candles({ instrument: key, timeframe, from, to }, stop) {
      const resolution = FYERS_RESOLUTIONS[timeframe];
      if (resolution === undefined)
        throw new AppError('not-supported', `Fyers has no ${timeframe} candles. Choose another timeframe.`);
      const known = byKey.get(key);
      if (known === undefined)
        throw new AppError('not-found', `Fyers does not list ${symbolOf(key)}. Choose another instrument.`);

      const calendar = calendarOf(known.instrument.segment);
      const hasVolume = known.instrument.segment !== 'nse-index';
      refuseLostSeconds(timeframe, from, clock.now(), calendar);
      const candles: Candle[] = [];
      let refused = 0;
      let newest = Number.NEGATIVE_INFINITY;
      for (const piece of historyPieces(from, earlier(to, clock.now()), timeframe, resolution)) {
        const query = questionOf(known.ticker, resolution, piece);
        const answer = await api.get(`/data/history?${query}`, stop);
        const now = clock.now();
        for (const value of rowsOf(answer)) {
          const row = readCandleRow(value);
          const openTime = row && placeBar(row.time, timeframe, calendar);
          if (row === undefined || row.time <= newest || openTime === 'off-grid') {
            refused += 1;
            continue;
          }
          newest = row.time;
          if (openTime === undefined || openTime < from || openTime >= to) continue;
          if (barCloseTime(openTime, timeframe, calendar) > now) continue;
          candles.push(candleOf(row, { instrument: key, timeframe, openTime }, hasVolume));
        }
      }
      if (refused > 0) logger.warn('Candles of Fyers were refused.', { instrument: key, timeframe, rows: refused });
      return candles;
    },
  };
}

/** A hyphen-free name in a query is sent as it is; the rest, such as `&`, is encoded. */
function questionOf(ticker: string, { name }: FyersResolution, { from, to }: { from: EpochMs; to: EpochMs }) {
  return new URLSearchParams({
    symbol: ticker,
    resolution: name,
    date_format: '0',
    range_from: String(Math.floor(from / SECOND_MS)),
    range_to: String(Math.floor(to / SECOND_MS)),
    cont_flag: '1',
  });
}

/** To say "no bars" of what is no longer kept would be to say that nobody traded. */
function refuseLostSeconds(timeframe: Timeframe, from: EpochMs, now: EpochMs, calendar: Calendar): void {
  if (!isIntraday(timeframe) || INTRADAY_MS[timeframe] >= INTRADAY_MS['1m']) return;
  let day = calendar.dateOf(now);
  for (let sessions = 0; sessions < SECONDS_KEPT_DAYS; day = addDays(day, -1)) {
    if (calendar.session(day) !== undefined) sessions += 1;
    // Longer than any closure of an exchange: the calendar knows no more.
    if (calendar.midnight(day) < now - 100 * 86_400_000) break;
  }
  if (from < calendar.midnight(addDays(day, 1)))
    throw new AppError(
      'not-supported',
      `Fyers keeps seconds for ${SECONDS_KEPT_DAYS} trading days. Ask for a later day, or for minutes.`,
    );
}

function candleOf(
  row: CandleRow,
  place: Pick<Candle, 'instrument' | 'timeframe' | 'openTime'>,
  hasVolume: boolean,
): Candle {
  const { open, high, low, close, volume } = row;
  return { ...place, open, high, low, close, volume: hasVolume ? volume : undefined };
}

function rowsOf({ isEmpty, body }: OpenedEnvelope): readonly unknown[] {
  const { candles } = body;
  if (Array.isArray(candles)) return candles;
  if (isEmpty) return [];
  throw unexpectedData('candles');
}

/**
 * Where the bar opens in our calendar; undefined when that has no such bar. Days and longer are dated to midnight in
 * UTC, so the date is read there.
 */
function placeBar(time: EpochMs, timeframe: Timeframe, calendar: Calendar): EpochMs | 'off-grid' | undefined {
  if (!isIntraday(timeframe)) return periodSpan(dateAt(time, 0), timeframe, calendar).openTime;
  // On a day our calendar knows nothing of, the venue knows better.
  if (calendar.session(calendar.dateOf(time)) === undefined) return time;
  const bar = barAt(time, timeframe, calendar);
  if (bar === undefined) return undefined;
  return bar.openTime === time ? time : 'off-grid';
}

function earlier(a: EpochMs, b: EpochMs): EpochMs {
  return a < b ? a : b;
}

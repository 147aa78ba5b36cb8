import { barCloseTime } from '../../../core/bar-time.ts';
import type { EpochMs } from '../../../core/brand.ts';
import { type Calendar, isTrading } from '../../../core/calendar.ts';
import type { Candle } from '../../../core/candle.ts';
import { AppError } from '../../../core/errors.ts';
import { type Segment, symbolOf } from '../../../core/instrument.ts';
import { isRecord } from '../../../core/is-record.ts';
import { isIntraday, type Timeframe } from '../../../core/timeframe.ts';
import type { Clock, HistorySource, Logger } from '../../engine/ports.ts';
import type { KiteApi } from './api.ts';
import { type CandleRow, readCandleRow } from './candle-row.ts';
import { unexpectedData } from './errors.ts';
import { historyPieces, KITE_INTERVALS } from './history-pieces.ts';
import { toIst } from './ist.ts';
import type { KiteInstrument } from './match-instruments.ts';

export interface KiteHistoryParts {
  readonly api: Pick<KiteApi, 'get'>;
  readonly instruments: readonly KiteInstrument[];
  readonly clock: Clock;
  readonly logger: Logger;
  calendarOf(segment: Segment): Calendar;
}

/**
 * Candles from `GET /instruments/historical`, up to three requests a second.
 *
 * Left out are bars that have not closed, intraday bars outside continuous trading (our own bars have none of
 * these), and rows that make no sense. A day's bar opens with its session and has closed when the closing
 * auction has. Prices and volumes are in the shares of the day of the request, as Kite tells them. Throws
 * AppError: `not-supported` for a timeframe Kite has not, `not-found` for an unknown instrument.
 */
export function createKiteHistory({ api, instruments, clock, logger, calendarOf }: KiteHistoryParts): HistorySource {
  const byKey = new Map(instruments.map((known) => [known.instrument.key, known]));
  return {
    // The keys of the table are timeframes by its type.
    timeframes: Object.keys(KITE_INTERVALS) as Timeframe[],
    isAdjusted: true,
    mostDays: Object.fromEntries(Object.entries(KITE_INTERVALS).map(([frame, { mostDays }]) => [frame, mostDays])),
    async candles({ instrument: key, timeframe, from, to }, stop) {
      const interval = KITE_INTERVALS[timeframe];
      if (interval === undefined)
        throw new AppError('not-supported', `Kite has no ${timeframe} candles. Choose another timeframe.`);
      const known = byKey.get(key);
      if (known === undefined)
        throw new AppError('not-found', `Kite does not list ${symbolOf(key)}. Choose another instrument.`);

      const { token, instrument } = known;
      const calendar = calendarOf(instrument.segment);
      const hasVolume = instrument.segment !== 'nse-index';
      const candles: Candle[] = [];
      let unreadable = 0;
      let newest = Number.NEGATIVE_INFINITY;
      for (const piece of historyPieces(from, earlier(to, clock.now()), timeframe, interval)) {
        const query = new URLSearchParams({ from: toIst(piece.from), to: toIst(piece.to) });
        const data = await api.get('history', `/instruments/historical/${token}/${interval.name}?${query}`, stop);
        const now = clock.now();
        for (const value of rowsOf(data)) {
          const row = readCandleRow(value);
          if (row === undefined || row.time <= newest) {
            unreadable += 1;
            continue;
          }
          newest = row.time;
          const openTime = placeBar(row.time, timeframe, calendar);
          if (openTime === undefined || openTime < from || openTime >= to) continue;
          if (barCloseTime(openTime, timeframe, calendar) > now) continue;
          candles.push(candleOf(row, { instrument: key, timeframe, openTime }, hasVolume));
        }
      }
      if (unreadable > 0)
        logger.warn('Candles of Kite were unreadable.', { instrument: key, timeframe, rows: unreadable });
      return candles;
    },
  };
}

function candleOf(
  row: CandleRow,
  place: Pick<Candle, 'instrument' | 'timeframe' | 'openTime'>,
  hasVolume: boolean,
): Candle {
  const { open, high, low, close, volume } = row;
  return { ...place, open, high, low, close, volume: hasVolume ? volume : undefined };
}

function rowsOf(data: unknown): readonly unknown[] {
  if (isRecord(data) && Array.isArray(data['candles'])) return data['candles'];
  throw unexpectedData('candles');
}

/** Where the bar opens in our calendar; undefined when that has no such bar. */
function placeBar(time: EpochMs, timeframe: Timeframe, calendar: Calendar): EpochMs | undefined {
  const date = calendar.dateOf(time);
  if (!isIntraday(timeframe)) return calendar.anchor(date);
  const session = calendar.session(date);
  // On a day our calendar knows nothing of, the venue knows better.
  return session === undefined || isTrading(session, time) ? time : undefined;
}

function earlier(a: EpochMs, b: EpochMs): EpochMs {
  return a < b ? a : b;
}

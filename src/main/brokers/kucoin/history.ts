import { DAY_MS, type EpochMs, type InstrumentKey, SECOND_MS } from '../../../core/brand.ts';
import type { Candle } from '../../../core/candle.ts';
import { AppError } from '../../../core/errors.ts';
import { symbolOf } from '../../../core/instrument.ts';
import type { Timeframe } from '../../../core/timeframe.ts';
import type { HistorySource, Logger } from '../../engine/ports.ts';
import { type KucoinApi, WEIGHT } from './api.ts';
import { CANDLE_TYPES, type CandleType, candleEnd, candleTypeFor } from './candle-types.ts';
import { unexpectedData } from './errors.ts';
import type { KucoinInstrument } from './instruments.ts';
import { type CandleRow, readCandleRow } from './read-candle.ts';
import type { ServerClock } from './server-clock.ts';
import { LIMITS } from './wire.ts';

export interface KucoinHistoryParts {
  readonly api: Pick<KucoinApi, 'get'>;
  readonly instruments: readonly KucoinInstrument[];
  readonly logger: Logger;
  /** The venue's own clock says which candle still runs. */
  readonly serverClock: Pick<ServerClock, 'now' | 'freshen'>;
}

/** The shortest a month can be: so many of them surely fit. */
const SHORTEST_MONTH_SECONDS = (28 * DAY_MS) / SECOND_MS;

/**
 * Candles from `GET /api/v1/market/candles`, up to 1,500 a request. The venue answers newest first; the running candle
 * is left out, and so is what makes no sense. A start is taken as it is sent. Throws AppError: `not-supported` for a
 * timeframe KuCoin has not, `not-found` for an unknown instrument.
 */
export function createKucoinHistory({ api, instruments, logger, serverClock }: KucoinHistoryParts): HistorySource {
  const byKey = new Map(instruments.map((known) => [known.instrument.key, known]));
  const types = CANDLE_TYPES.flatMap((type) => (type.timeframe ? [{ ...type, timeframe: type.timeframe }] : []));

  return {
    timeframes: types.map(({ timeframe }) => timeframe),
    mostDays: Object.fromEntries(types.map((type) => [type.timeframe, Math.max(1, Math.floor(spanMs(type) / DAY_MS))])),
    async candles({ instrument, timeframe, from, to }, stop) {
      const type = candleTypeFor(timeframe);
      if (type === undefined)
        throw new AppError('not-supported', `KuCoin has no ${timeframe} candles. Choose another timeframe.`);
      const known = byKey.get(instrument);
      if (known === undefined)
        throw new AppError('not-found', `KuCoin does not list ${symbolOf(instrument)}. Choose another instrument.`);

      await serverClock.freshen(stop);
      const rows = new Map<EpochMs, CandleRow>();
      let unreadable = 0;
      for (const piece of pieces(from, Math.min(to, serverClock.now()), spanMs(type))) {
        const query = new URLSearchParams({ symbol: known.symbol, type: type.name, ...piece });
        for (const value of rowsOf(await api.get(`/api/v1/market/candles?${query}`, WEIGHT.candles, stop))) {
          const row = readCandleRow(value);
          if (row === undefined) unreadable += 1;
          else if (row.openTime >= from && row.openTime < to) rows.set(row.openTime, row);
        }
      }
      if (unreadable > 0)
        logger.warn('Candles of KuCoin were unreadable.', { instrument, timeframe, rows: unreadable });
      const time = serverClock.now();
      return [...rows.values()]
        .filter(({ openTime }) => candleEnd(type, openTime) <= time)
        .sort((a, b) => a.openTime - b.openTime)
        .map((row) => candleOf(row, instrument, timeframe));
    },
  };
}

/** A row as our candle, whose volume is in the base currency. */
export function candleOf(row: CandleRow, instrument: InstrumentKey, timeframe: Timeframe): Candle {
  const { openTime, open, high, low, close, volume } = row;
  return { instrument, timeframe, openTime, open, high, low, close, volume };
}

/** How much time one request may cover. */
function spanMs({ seconds = SHORTEST_MONTH_SECONDS }: CandleType): number {
  return LIMITS.rowsPerRequest * seconds * SECOND_MS;
}

/**
 * Requests for bars with `from` ≤ openTime < `to`, oldest first, in seconds. The documents contradict each other on
 * whether the end counts; a second before the next piece begins it does not matter.
 */
function* pieces(from: number, to: number, span: number): Generator<{ startAt: string; endAt: string }> {
  for (let start = from; start < to; start += span) {
    const end = Math.min(start + span, to);
    const startAt = Math.ceil(start / SECOND_MS);
    // An end of 0 would mean none.
    const endAt = Math.max(Math.ceil(end / SECOND_MS) - 1, startAt + 1);
    yield { startAt: `${startAt}`, endAt: `${endAt}` };
  }
}

function rowsOf(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) return data;
  // An instrument that has no candles at all.
  if (data === null || data === undefined) return [];
  throw unexpectedData('candles');
}

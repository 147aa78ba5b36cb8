import { barCloseTime } from '../../../src/core/bar-time.ts';
import { DAY_MS, type EpochMs } from '../../../src/core/brand.ts';
import type { Calendar } from '../../../src/core/calendar.ts';
import type { Candle } from '../../../src/core/candle.ts';
import { AppError } from '../../../src/core/errors.ts';
import { type Instrument, type Segment, symbolOf } from '../../../src/core/instrument.ts';
import { INTRADAY_MS } from '../../../src/core/timeframe.ts';
import type { Clock, HistorySource } from '../../../src/main/engine/ports.ts';
import type { PigeonApi } from './api.ts';
import { unexpectedData } from './errors.ts';
import { MOST_BARS } from './wire.ts';

export interface PigeonHistoryParts {
  readonly api: PigeonApi;
  readonly instruments: readonly Instrument[];
  readonly clock: Clock;
  calendarOf(segment: Segment): Calendar;
}

const FRAMES = ['1m', '5m'] as const;

/** Candles from `GET /bars`, five hundred a request, closed ones only. Throws AppError. */
export function createPigeonHistory({ api, instruments, clock, calendarOf }: PigeonHistoryParts): HistorySource {
  const byKey = new Map(instruments.map((instrument) => [instrument.key, instrument]));
  return {
    timeframes: FRAMES,
    mostDays: Object.fromEntries(FRAMES.map((frame) => [frame, (MOST_BARS * INTRADAY_MS[frame]) / DAY_MS])),
    async candles({ instrument: key, timeframe, from, to }, stop) {
      const frame = FRAMES.find((each) => each === timeframe);
      if (frame === undefined)
        throw new AppError(
          'not-supported',
          `The Pigeon Exchange has no ${timeframe} candles. Choose another timeframe.`,
        );
      const instrument = byKey.get(key);
      if (instrument === undefined)
        throw new AppError(
          'not-found',
          `The Pigeon Exchange does not have ${symbolOf(key)}. Choose another instrument.`,
        );
      const calendar = calendarOf(instrument.segment);
      const until = Math.min(to, clock.now());
      const pieceMs = MOST_BARS * INTRADAY_MS[frame];
      const candles: Candle[] = [];
      for (let start: number = from; start < until; start += pieceMs) {
        const end = Math.min(start + pieceMs, until);
        const query = { symbol: symbolOf(key), frame, from: `${start}`, to: `${end}` };
        for (const bar of readBars(await api.get('bars', query, stop))) {
          const isAsked = bar.openTime >= start && bar.openTime < end && bar.openTime % INTRADAY_MS[frame] === 0;
          const isNext = bar.openTime > (candles.at(-1)?.openTime ?? 0);
          const isClosed = barCloseTime(bar.openTime, frame, calendar) <= clock.now();
          if (isAsked && isNext && isClosed) candles.push({ instrument: key, timeframe, ...bar });
        }
      }
      return candles;
    },
  };
}

/** Rows of `[time, open, high, low, close, volume]`; those that cannot be are left out. Throws AppError for no list. */
export function readBars(data: unknown): readonly Omit<Candle, 'instrument' | 'timeframe'>[] {
  if (!Array.isArray(data)) throw unexpectedData('its candles');
  return data.flatMap((row: unknown) => {
    if (!Array.isArray(row)) return [];
    const [time, open, high, low, close, volume]: unknown[] = row;
    if (!isCount(time) || !Number.isSafeInteger(time) || !isCount(volume)) return [];
    if (!isCount(open) || !isCount(high) || !isCount(low) || !isCount(close)) return [];
    if (!(low > 0) || low > Math.min(open, close) || high < Math.max(open, close)) return [];
    return [{ openTime: time as EpochMs, open, high, low, close, volume }];
  });
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}

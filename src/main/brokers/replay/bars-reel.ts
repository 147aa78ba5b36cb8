import { barCloseTime } from '../../../core/bar-time.ts';
import { DAY_MS, type EpochMs, HOUR_MS, SECOND_MS } from '../../../core/brand.ts';
import { type Calendar, type Session, sessionAtOrBefore } from '../../../core/calendar.ts';
import { type CandleColumns, candleAt } from '../../../core/candle-columns.ts';
import { AppError } from '../../../core/errors.ts';
import type { Instrument } from '../../../core/instrument.ts';
import { INTRADAY_MS, type IntradayTimeframe, isIntraday, type Timeframe } from '../../../core/timeframe.ts';
import type { BarsFile } from './market-file.ts';
import type { Reel } from './reel.ts';

/** An evening session and the next morning's are less than a day apart, and still two daily bars. */
const SHORTEST_DAY_MS = 12 * HOUR_MS;

/** The timeframe of bars that are `barMs` apart at the least. Throws `invalid-input` when we have none like it. */
export function timeframeOfStep(barMs: number | undefined, name: string): Timeframe {
  if (barMs === undefined) {
    throw new AppError('invalid-input', `${name} has one bar, so its length cannot be told. Add a second row.`);
  }
  // Object.keys knows no key types.
  const found = (Object.keys(INTRADAY_MS) as IntradayTimeframe[]).find((key) => INTRADAY_MS[key] === barMs);
  if (found !== undefined) return found;
  if (barMs >= SHORTEST_DAY_MS && barMs < 2 * DAY_MS) return '1d';
  throw new AppError(
    'invalid-input',
    `${name} has bars ${barMs / SECOND_MS} seconds apart. Only ${Object.keys(INTRADAY_MS).join(', ')} and 1d can be played.`,
  );
}

/** Plays bars, each when it closes: then, and not before, the market knew it. */
export function barsReel(file: BarsFile, name: string, instrument: Instrument, calendar: Calendar): Reel {
  const { barMs } = file;
  const timeframe = timeframeOfStep(barMs, name);
  const columns = instrument.segment === 'nse-index' ? withoutVolume(file.columns) : file.columns;
  const { openTime } = columns;
  const closeTime = closeTimes(timeframe, calendar);
  let row = 0;
  let next = closeTime(openTime[0] as EpochMs);
  return {
    instrument,
    // The reader lets no file without rows through.
    startTime: openTime[0] as EpochMs,
    nextTime: () => (row < openTime.length ? next : undefined),
    take({ bars }) {
      bars.push(candleAt(columns, row, instrument.key, timeframe));
      row += 1;
      if (row < openTime.length) next = Math.max(next, closeTime(openTime[row] as EpochMs)) as EpochMs;
    },
  };
}

/** `barCloseTime`, which need not be asked for most bars of a day whose session is at hand. */
function closeTimes(timeframe: Timeframe, calendar: Calendar): (openTime: EpochMs) => EpochMs {
  if (!isIntraday(timeframe)) {
    return (openTime) => Math.max(openTime, barCloseTime(openTime, timeframe, calendar)) as EpochMs;
  }
  let session: Session | undefined;
  return (openTime) => {
    const end = (openTime + INTRADAY_MS[timeframe]) as EpochMs;
    if (session !== undefined && openTime >= session.open && end <= session.close) return end;
    session = sessionAtOrBefore(calendar, openTime);
    return barCloseTime(openTime, timeframe, calendar);
  };
}

/** An index has no volume; files write 0 for it. */
function withoutVolume(columns: CandleColumns): CandleColumns {
  return { ...columns, volume: new Float64Array(columns.volume.length).fill(Number.NaN) };
}

import type { EpochMs } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import { addDays } from '../../../core/calendar-date.ts';
import type { Instrument } from '../../../core/instrument.ts';
import type { SecondsFile, TicksFile } from './market-file.ts';
import type { Reel } from './reel.ts';

/**
 * Plays prices as ticks, in recorded order. A row that was recorded late arrives with the row before it: the
 * market clock does not go back, but the tick keeps its own time. The previous close is the last price of the
 * day before in this file, and unknown on its first day.
 */
export function pricesReel(file: SecondsFile | TicksFile, instrument: Instrument, calendar: Calendar): Reel {
  const { time, price } = file;
  const dayVolume = file.kind === 'ticks' && instrument.segment !== 'nse-index' ? file.dayVolume : undefined;
  let row = 0;
  // The reader lets no file without rows through.
  let next = time[0] as EpochMs;
  let newest = Number.NEGATIVE_INFINITY;
  let newestPrice: number | undefined;
  let previousClose: number | undefined;
  let dayEnd: EpochMs = endOfDay(next, calendar);
  return {
    instrument,
    startTime: next,
    nextTime: () => (row < time.length ? next : undefined),
    take({ ticks }, now) {
      // The columns have one length, so what holds for the time holds for the rest.
      const stamp = time[row] as EpochMs;
      const ltp = price[row] as number;
      const traded = dayVolume?.[row] ?? Number.NaN;
      if (stamp >= dayEnd) {
        previousClose = newestPrice;
        dayEnd = endOfDay(stamp, calendar);
      }
      if (stamp >= newest) {
        newest = stamp;
        newestPrice = ltp;
      }
      ticks.push({
        instrument: instrument.key,
        ltp,
        dayVolume: Number.isNaN(traded) ? undefined : traded,
        previousClose,
        time: stamp,
        receivedAt: now,
      });
      row += 1;
      if (row < time.length) next = Math.max(next, time[row] as EpochMs) as EpochMs;
    },
  };
}

function endOfDay(time: EpochMs, calendar: Calendar): EpochMs {
  return calendar.midnight(addDays(calendar.dateOf(time), 1));
}

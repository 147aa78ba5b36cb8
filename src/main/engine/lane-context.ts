import { barCloseTime } from '../../core/bar-time.ts';
import type { Calendar } from '../../core/calendar.ts';
import { candlesOf } from '../../core/candle-columns.ts';
import type { Instrument } from '../../core/instrument.ts';
import type { LaneContext } from '../../core/scanner/lane-context.ts';
import type { Archive } from './archive.ts';

/** A lane's longer bars, read from the archive as it is when they are asked for. */
export function laneContext(
  { instrument, calendar }: { readonly instrument: Instrument; readonly calendar: Calendar },
  archive: Pick<Archive, 'load'>,
): LaneContext {
  return {
    instrument,
    calendar,
    longer: (timeframe, from, until) =>
      candlesOf(archive.load(instrument.key, timeframe, calendar, from, until), instrument.key, timeframe).filter(
        ({ openTime }) => barCloseTime(openTime, timeframe, calendar) <= until,
      ),
  };
}

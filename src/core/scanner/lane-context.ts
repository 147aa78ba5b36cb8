import type { EpochMs } from '../brand.ts';
import type { Calendar } from '../calendar.ts';
import type { Candle } from '../candle.ts';
import type { Instrument } from '../instrument.ts';
import type { Timeframe } from '../timeframe.ts';

/** What a lane must know beside its own bars. */
export interface LaneContext {
  readonly instrument: Instrument;
  readonly calendar: Calendar;
  /**
   * Bars of a longer timeframe that had closed by `until` and open at or after `from`, oldest first. Asked before the
   * lane's first bar; of days, weeks and months also whenever a new date begins. Intraday ones are from then on made
   * of the lane's own bars.
   */
  longer(timeframe: Timeframe, from: EpochMs, until: EpochMs): readonly Candle[];
  /**
   * Where the bars of a longer timeframe begin, for a lane that is to run once more as another one ran; absent or
   * undefined lets the lane's rules decide.
   */
  longerFrom?(timeframe: Timeframe): EpochMs | undefined;
}

/** Opening time of the first bar that a lane had of a longer timeframe, and how many it had: all its averages hang on it. */
export interface LongerStart {
  readonly timeframe: Timeframe;
  readonly firstBar: EpochMs;
  readonly barCount: number;
}

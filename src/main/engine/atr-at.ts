import type { EpochMs } from '../../core/brand.ts';
import { candlesOf } from '../../core/candle-columns.ts';
import { atr } from '../../core/indicators/atr.ts';
import type { Archive } from './archive.ts';
import type { Found } from './found.ts';

const PERIOD = 14;
/** Bars after which less than 0.01 % is left of where Wilder's average of 14 began. */
const SETTLED = 140;

/** The average true range of 14 bars as of the bar a rule fired on, in the unit of the price; undefined while it is not warm. */
export function atrAt({ track, signal }: Found, archive: Pick<Archive, 'newest'>): number | undefined {
  const { instrument, calendar } = track;
  const after = (signal.barTime + 1) as EpochMs;
  const bars = archive.newest(instrument.key, signal.timeframe, calendar, after, SETTLED);
  let range = atr(PERIOD);
  for (const bar of candlesOf(bars, instrument.key, signal.timeframe)) range = range.next(bar);
  return range.value;
}

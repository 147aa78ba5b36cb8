import type { EpochMs } from '../../core/brand.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import type { Archive } from './archive.ts';
import type { CandleStore } from './store-port.ts';
import type { Track } from './track.ts';

/** Where bars of one instrument come from that are to be written to a file. */
export function exportSource(
  { instrument: { key }, calendar }: Track,
  timeframe: Timeframe,
  archive: Archive,
  store: CandleStore,
) {
  return {
    calendar,
    load: (from: EpochMs, to: EpochMs) => archive.load(key, timeframe, calendar, from, to),
    stored: (from: EpochMs, to: EpochMs) => store.storedCandles(key, timeframe, from, to),
  };
}

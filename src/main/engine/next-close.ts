import type { EpochMs } from '../../core/brand.ts';
import type { Track } from './track.ts';

/** When the first of all forming bars ends; undefined when none is forming. */
export function nextClose(tracks: Iterable<Track>): EpochMs | undefined {
  let next: EpochMs | undefined;
  for (const track of tracks) {
    const close = track.nextClose();
    if (close !== undefined && (next === undefined || close < next)) next = close;
  }
  return next;
}

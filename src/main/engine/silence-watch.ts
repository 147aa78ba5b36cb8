import type { EpochMs } from '../../core/brand.ts';
import { type Calendar, isTrading } from '../../core/calendar.ts';
import { SILENT_MS } from './coverage.ts';
import type { Track } from './track.ts';

/**
 * Notices that the feed lost an index for a while: of a stock nobody can know, as it may not have traded, but an
 * index has a value every second of continuous trading.
 */
export class SilenceWatch {
  readonly #spokenAt = new Map<Track, EpochMs>();

  /** To be called for each tick or bar before it is folded: what it tells begins at `time` and ends at `through`. */
  look(track: Track, time: EpochMs, through = time): void {
    if (track.instrument.segment !== 'nse-index') return;
    const before = this.#spokenAt.get(track);
    if (before !== undefined && time - before >= SILENT_MS && isOneStretch(track.calendar, before, time))
      track.coverage.silent({ open: before, close: time });
    if (before !== undefined && through <= before) return;
    this.#spokenAt.set(track, through);
    track.coverage.spoke(through);
  }
}

/** Whether trading went on all the while: not over a pause, nor from one day to the next. */
function isOneStretch(calendar: Calendar, from: EpochMs, to: EpochMs): boolean {
  const session = calendar.session(calendar.dateOf(from));
  if (session === undefined || !isTrading(session, from) || !isTrading(session, to)) return false;
  return session.parts.some(({ open, close }) => from >= open && to < close);
}

import type { EpochMs } from '../../core/brand.ts';
import { MINUTE_MS } from '../../core/brand.ts';
import { type Calendar, type Session, sessionAtOrBefore } from '../../core/calendar.ts';
import type { HistoryDesk, HistoryPart } from './history-desk.ts';
import type { Clock } from './ports.ts';
import type { Track } from './track.ts';

/** After the last auction the venue gets this long to put the day's end into its history. */
const SETTLE_MS = 2 * MINUTE_MS;

export interface DayDeskParts {
  /** The exchange's clock. */
  readonly clock: Clock;
  readonly history: HistoryDesk;
  tracks(): Iterable<Track>;
  /** History told a session again, whole. */
  onRead(track: Track): void;
}

/**
 * Reads each session once more from history when it is over, and again when its day is: history counts every trade,
 * a feed tells about one price a second. What differs is written down as a revision.
 */
export class DayDesk {
  readonly #parts: DayDeskParts;
  /** Per calendar, the newest session that was under way while we looked, and whether it was read since. */
  readonly #days = new Map<Calendar, { session: Session; isRead: boolean }>();

  constructor(parts: DayDeskParts) {
    this.#parts = parts;
  }

  /** To be called about once a second. */
  beat(): void {
    const now = this.#parts.clock.now();
    for (const [calendar, tracks] of this.#byCalendar()) {
      const session = sessionAtOrBefore(calendar, now);
      if (session === undefined) continue;
      const day = this.#days.get(calendar);
      if (day?.session.date !== session.date) {
        this.#days.set(calendar, { session, isRead: now >= endOf(session) });
        // A program that runs for days: what was told of yesterday while it lasted may have been corrected since.
        if (day !== undefined) this.#read(tracks, day.session, now);
      } else if (!day.isRead && now >= endOf(session) + SETTLE_MS) {
        day.isRead = true;
        this.#read(tracks, session, now);
      }
    }
  }

  #read(tracks: readonly Track[], session: Session, now: EpochMs): void {
    const { history, onRead } = this.#parts;
    const close = Math.min(endOf(session), now) as EpochMs;
    const parts: HistoryPart[] = [{ timeframe: '1m', open: session.open, close }];
    if (history.source.timeframes.includes('1d')) parts.push({ timeframe: '1d', open: session.open, close });
    void history.fillAll(
      tracks,
      () => parts,
      (track) => onRead(track),
      'history',
    );
  }

  #byCalendar(): Map<Calendar, Track[]> {
    const groups = new Map<Calendar, Track[]>();
    for (const track of this.#parts.tracks()) {
      const group = groups.get(track.calendar);
      if (group === undefined) groups.set(track.calendar, [track]);
      else group.push(track);
    }
    return groups;
  }
}

/** When the day's last trade can have been made. */
function endOf({ close, closingAuction }: Session): EpochMs {
  return closingAuction?.close ?? close;
}

import type { EpochMs } from '../../core/brand.ts';
import { MINUTE_MS } from '../../core/brand.ts';
import { type Calendar, dayClose, type Session, sessionAtOrBefore } from '../../core/calendar.ts';
import type { HistoryDesk, HistoryPart } from './history-desk.ts';
import type { Clock } from './ports.ts';
import type { Track } from './track.ts';

/** After the last auction the venue gets this long to put the day's end into its history. */
const SETTLE_MS = 2 * MINUTE_MS;

/** A venue that did not answer is asked again after this long, and then less and less often. */
const AGAIN_MS = 5 * MINUTE_MS;
const MOST_TIMES = 12;

export interface DayDeskParts {
  /** The exchange's clock. */
  readonly clock: Clock;
  readonly history: HistoryDesk;
  tracks(): Iterable<Track>;
  /** History told a session again, whole. */
  onRead(track: Track): void;
}

/** A session to be read, when the time comes. */
interface Reading {
  readonly session: Session;
  readonly tracks: readonly Track[];
  readonly at: number;
  /** Times the venue did not answer. */
  readonly failures: number;
}

/**
 * Reads each session once more from history when it is over, and again when the next one opens: history counts every
 * trade, a feed tells about one price a second. What differs is written down as a revision.
 */
export class DayDesk {
  readonly #parts: DayDeskParts;
  /** Per calendar, the newest session that we saw. */
  readonly #newest = new Map<Calendar, Session>();
  #readings: readonly Reading[] = [];

  constructor(parts: DayDeskParts) {
    this.#parts = parts;
  }

  /** To be called about once a second. */
  beat(): void {
    const now = this.#parts.clock.now();
    for (const [calendar, tracks] of this.#byCalendar()) {
      const session = sessionAtOrBefore(calendar, now);
      const before = this.#newest.get(calendar);
      // A tick that comes late makes the exchange's clock a little earlier again.
      if (session === undefined || (before !== undefined && session.open <= before.open)) continue;
      this.#newest.set(calendar, session);
      // A program that runs for days: what was told of yesterday while it lasted may have been corrected since.
      if (before !== undefined) this.#plan({ session: before, tracks, at: now, failures: 0 });
      const end = dayClose(session);
      if (now < end) this.#plan({ session, tracks, at: end + SETTLE_MS, failures: 0 });
    }
    const due = this.#readings.filter(({ at }) => at <= now);
    if (due.length === 0) return;
    this.#readings = this.#readings.filter(({ at }) => at > now);
    for (const reading of due) void this.#read(reading, now);
  }

  #plan(reading: Reading): void {
    this.#readings = [...this.#readings, reading];
  }

  async #read({ session, tracks, failures }: Reading, now: EpochMs): Promise<void> {
    const { clock, history, onRead } = this.#parts;
    const close = Math.min(dayClose(session), now) as EpochMs;
    const parts: HistoryPart[] = [{ timeframe: '1m', open: session.open, close }];
    if (history.source.timeframes.includes('1d')) parts.push({ timeframe: '1d', open: session.open, close });
    const unanswered: Track[] = [];
    await history.fillAll(
      tracks,
      () => parts,
      (track, trouble) => {
        if (trouble !== undefined) unanswered.push(track);
        onRead(track);
      },
      'history',
    );
    if (unanswered.length === 0) return;
    const pauseMs = AGAIN_MS * Math.min(2 ** failures, MOST_TIMES);
    this.#plan({ session, tracks: unanswered, at: clock.now() + pauseMs, failures: failures + 1 });
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

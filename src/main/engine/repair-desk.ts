import type { EpochMs } from '../../core/brand.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/brand.ts';
import { sessionAtOrBefore } from '../../core/calendar.ts';
import type { HistoryDesk } from './history-desk.ts';
import type { Clock } from './ports.ts';
import type { Track } from './track.ts';

/** After a hole's last minute has ended, the venue gets this long to put it into its history. */
const SETTLE_MS = 6 * SECOND_MS;

/** Fills the holes that a start, a lost connection or a change of mode leaves, as soon as history can have them. */
export class RepairDesk {
  readonly #clock: Clock;
  readonly #history: HistoryDesk;
  readonly #onFilled: (track: Track) => void;
  readonly #waiting = new Set<Track>();
  #cancel: (() => void) | undefined;

  /** `clock` is the market's. */
  constructor(clock: Clock, history: HistoryDesk, onFilled: (track: Track) => void) {
    this.#clock = clock;
    this.#history = history;
    this.#onFilled = onFilled;
  }

  /** The track has a hole, or a bar that was not seen whole. */
  ask(track: Track): void {
    this.#waiting.add(track);
    if (this.#cancel !== undefined) return;
    const now = this.#clock.now();
    const minuteEnd = Math.ceil(now / MINUTE_MS) * MINUTE_MS;
    this.#cancel = this.#clock.after(minuteEnd + SETTLE_MS - now, () => {
      this.#cancel = undefined;
      void this.#fill();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#waiting.clear();
  }

  async #fill(): Promise<void> {
    const tracks = [...this.#waiting];
    this.#waiting.clear();
    await this.#history.fillAll(
      tracks,
      '1m',
      (track) => this.#from(track),
      (track, ok) => {
        this.#onFilled(track);
        if (!ok || track.coverage.hole !== undefined) this.ask(track);
      },
    );
  }

  #from(track: Track): EpochMs {
    const open = sessionAtOrBefore(track.calendar, this.#clock.now())?.open ?? this.#clock.now();
    return Math.max(open, track.coverage.through) as EpochMs;
  }
}

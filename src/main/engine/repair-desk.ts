import type { EpochMs } from '../../core/brand.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/brand.ts';
import { sessionAtOrBefore } from '../../core/calendar.ts';
import type { AppError, ErrorCode } from '../../core/errors.ts';
import type { HistoryDesk, HistoryPart } from './history-desk.ts';
import type { Clock } from './ports.ts';
import type { Track } from './track.ts';

/** After a hole's last minute has ended, the venue gets this long to put it into its history. */
const SETTLE_MS = 6 * SECOND_MS;

/** A venue that has not got the minutes yet, or does not answer, is asked again less and less often. */
const MOST_MINUTES = 16;

/**
 * After so long the rule goes on without what is missing, and its signals say so: silence all day for one lost minute
 * helps nobody. A venue that answers without the minute has less time than one that does not answer.
 */
const PATIENCE_MS = { answered: 15 * MINUTE_MS, failing: 60 * MINUTE_MS } as const;

/** Asking again changes nothing: the account has no history, which some venues sell apart. */
const FINAL: readonly ErrorCode[] = ['forbidden', 'not-supported'];

/** Fills the holes that a start, a lost connection or a change of mode leaves, as soon as history can have them. */
export class RepairDesk {
  readonly #clock: Clock;
  readonly #history: HistoryDesk;
  readonly #onFilled: (track: Track) => void;
  readonly #waiting = new Set<Track>();
  /** Since when something of the track is missing. */
  readonly #openSince = new Map<Track, EpochMs>();
  #cancel = (): void => undefined;
  /** When it is asked next. */
  #dueAt = Number.POSITIVE_INFINITY;
  #rounds = 0;
  #isStopped = false;
  /** Rounds in a row that left something open. */
  #vain = 0;

  /** `clock` is the market's. */
  constructor(clock: Clock, history: HistoryDesk, onFilled: (track: Track) => void) {
    this.#clock = clock;
    this.#history = history;
    this.#onFilled = onFilled;
  }

  /** Whether somebody still asks for what is missing. */
  get isAsking(): boolean {
    return this.#waiting.size > 0 || this.#rounds > 0;
  }

  /** The track has a hole, or a bar that was not seen whole. It does not wait for what others were asked for in vain. */
  ask(track: Track): void {
    if (!this.#openSince.has(track)) this.#openSince.set(track, this.#clock.now());
    if (!this.#waiting.has(track)) this.#wait(track, 1);
  }

  /** For good: the feed that ends after it leaves holes that nobody can fill any more. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel();
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#waiting.clear();
  }

  /** Arms the alarm for so many minutes on, unless it rings sooner. */
  #wait(track: Track, minutes: number): void {
    if (this.#isStopped) return;
    this.#waiting.add(track);
    const now = this.#clock.now();
    const dueAt = (Math.ceil(now / MINUTE_MS) + minutes - 1) * MINUTE_MS + SETTLE_MS;
    if (dueAt >= this.#dueAt) return;
    this.#cancel();
    this.#dueAt = dueAt;
    this.#cancel = this.#clock.after(dueAt - now, () => {
      this.#dueAt = Number.POSITIVE_INFINITY;
      void this.#fill();
    });
  }

  /** Asks for the minutes of the newest session that nobody knows; none in it: nothing is asked. */
  async #fill(): Promise<void> {
    const tracks = [...this.#waiting];
    this.#waiting.clear();
    let isVain = false;
    this.#rounds += 1;
    await this.#history.fillAll(
      tracks,
      (track) => this.#holes(track),
      (track, trouble) => {
        const holes = this.#holes(track);
        const isFilled = trouble === undefined && holes.length === 0;
        if (!isFilled && this.#isHopeless(track, trouble)) for (const hole of holes) track.coverage.giveUp(hole);
        this.#onFilled(track);
        if (isFilled) this.#openSince.delete(track);
        if (isFilled) return;
        isVain = true;
        this.#wait(track, Math.min(2 ** this.#vain, MOST_MINUTES));
      },
      'history',
    );
    this.#rounds -= 1;
    this.#vain = isVain ? this.#vain + 1 : 0;
  }

  #isHopeless(track: Track, trouble: AppError | undefined): boolean {
    const now = this.#clock.now();
    const waitedMs = now - (this.#openSince.get(track) ?? now);
    if (trouble === undefined) return waitedMs >= PATIENCE_MS.answered;
    return FINAL.includes(trouble.code) || waitedMs >= PATIENCE_MS.failing;
  }

  /** The stretches to ask for: minutes that have settled in the venue's history. */
  #holes({ calendar, coverage }: Track): readonly HistoryPart[] {
    const now = this.#clock.now();
    const session = sessionAtOrBefore(calendar, now);
    if (session === undefined) return [];
    const through = Math.min(this.#history.settled, now) as EpochMs;
    return coverage.missing(session, through).map((span) => ({ timeframe: '1m', ...span }));
  }
}

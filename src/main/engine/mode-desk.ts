import type { FeedState } from '../../contract/events.ts';
import { type RunningMode, type Settings, USUAL_SCHEDULE } from '../../contract/settings.ts';
import type { EpochMs } from '../../core/brand.ts';
import { scheduledAt } from '../../core/mode-schedule.ts';
import type { Clock } from './ports.ts';

export interface ModeDeskParts {
  /** The market's clock: a schedule goes by the market's time of day. */
  readonly clock: Clock;
  readonly source: string;
  settings(): Settings;
  /** The mode that should run is another than before. Not called for changes that `choose` and `hold` answer themselves. */
  onBoundary(): void;
}

/** Knows which mode should run: the one a person chose, or the schedule's, or one held against the schedule. */
export class ModeDesk {
  readonly #parts: ModeDeskParts;
  #held: { readonly mode: RunningMode; readonly until: EpochMs } | undefined;
  #cancel: (() => void) | undefined;
  #isStopped = false;

  constructor(parts: ModeDeskParts) {
    this.#parts = parts;
  }

  get running(): RunningMode {
    const { mode } = this.#parts.settings().feed;
    if (mode !== 'auto') return mode;
    return this.#heldNow?.mode ?? this.#scheduled.mode;
  }

  /** For the screen. */
  get state(): Pick<FeedState, 'nextMode' | 'isHeld'> {
    if (!this.#isAuto) return { nextMode: undefined, isHeld: false };
    return { nextMode: this.#scheduled.next, isHeld: this.#heldNow !== undefined };
  }

  /** Looks at the settings anew and waits for the next boundary. */
  follow(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (!this.#isAuto) this.#held = undefined;
    if (!this.#isAuto || this.#isStopped) return;
    const { clock } = this.#parts;
    const { at } = this.#scheduled.next;
    // The schedule may be another: what is held is held until its next boundary.
    const held = this.#heldNow;
    this.#held = held && { ...held, until: at };
    this.#cancel = clock.after(at - clock.now(), () => {
      if (clock.now() >= at) this.#held = undefined;
      this.follow();
      this.#parts.onBoundary();
    });
  }

  /** Runs `mode` until the next boundary, whatever the schedule says; undefined goes back to it. Nothing unless the mode is `auto`. */
  hold(mode: RunningMode | undefined): void {
    if (!this.#isAuto) return;
    this.#held = mode === undefined ? undefined : { mode, until: this.#scheduled.next.at };
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  get #isAuto(): boolean {
    return this.#parts.settings().feed.mode === 'auto';
  }

  get #heldNow() {
    return this.#held !== undefined && this.#parts.clock.now() < this.#held.until ? this.#held : undefined;
  }

  get #scheduled() {
    const { clock, source, settings } = this.#parts;
    return scheduledAt(settings().feed.lists[source]?.schedule ?? USUAL_SCHEDULE, clock.now());
  }
}

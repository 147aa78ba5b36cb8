import { MINUTE_MS } from '../../core/brand.ts';
import type { Clock } from './ports.ts';

export interface FocusParts {
  /** The clock on the wall. */
  readonly clock: Clock;
  /** After so many minutes without a window in sight the feed rests; 0 is never. */
  restMinutes(): number;
  /** A running scan is never stopped: somebody waits for its alerts. */
  isScanning(): boolean;
  onRest(): void;
  onReturn(): void;
}

/** Lets a feed rest while nobody looks, for venues that count what is sent, and has it back when somebody does. */
export class FocusDesk {
  readonly #parts: FocusParts;
  readonly #seen = new Map<string, boolean>();
  #isResting = false;
  #cancel: (() => void) | undefined;

  constructor(parts: FocusParts) {
    this.#parts = parts;
  }

  get isResting(): boolean {
    return this.#isResting;
  }

  /** A window came to be seen, or no longer is. */
  look(screen: string, isSeen: boolean): void {
    this.#seen.set(screen, isSeen);
    this.follow();
  }

  /** What decides may have changed: windows, settings, the scan. */
  follow(): void {
    const { clock, restMinutes, isScanning, onReturn } = this.#parts;
    this.#cancel?.();
    this.#cancel = undefined;
    const minutes = restMinutes();
    const isSeen = this.#seen.size === 0 || [...this.#seen.values()].includes(true);
    if (isSeen || minutes === 0 || isScanning()) {
      if (!this.#isResting) return;
      this.#isResting = false;
      onReturn();
    } else if (!this.#isResting) this.#cancel = clock.after(minutes * MINUTE_MS, () => this.#rest());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #rest(): void {
    this.#cancel = undefined;
    this.#isResting = true;
    this.#parts.onRest();
  }
}

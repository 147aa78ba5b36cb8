import type { Settings } from '../../contract/settings.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { Clock } from './ports.ts';
import type { Retention, Store } from './store-port.ts';

/** The start has other things to do. */
const FIRST_MS = 2 * MINUTE_MS;
const EVERY_MS = 60 * MINUTE_MS;
/** Between two slices of work everything else gets its turn. */
const SLICE_PAUSE_MS = SECOND_MS;
const MEGABYTE = 1024 * 1024;

export interface UpkeepDeskParts {
  readonly store: Pick<Store, 'trim'>;
  readonly wall: Clock;
  /** The market's clock: age is counted in its days. */
  readonly clock: Clock;
  readonly stop: AbortSignal;
  settings(): Settings;
  onTrouble(error: AppError): void;
}

/** Deletes what is older than a person wants it kept, in slices too short to be felt. */
export class UpkeepDesk {
  readonly #parts: UpkeepDeskParts;
  #cancel = (): void => undefined;
  #isWarned = false;

  constructor(parts: UpkeepDeskParts) {
    this.#parts = parts;
    parts.stop.addEventListener('abort', () => this.#cancel(), { once: true });
  }

  start(): void {
    this.#next(FIRST_MS);
  }

  #next(delayMs: number): void {
    const { wall, stop } = this.#parts;
    if (!stop.aborted) this.#cancel = wall.after(delayMs, () => this.#slice());
  }

  #slice(): void {
    const { store, clock, settings, onTrouble } = this.#parts;
    try {
      const { isDone, overBudgetBytes = 0 } = store.trim(retentionOf(settings()), clock.now());
      if (isDone) this.#warn(overBudgetBytes);
      this.#next(isDone ? EVERY_MS : SLICE_PAUSE_MS);
    } catch (thrown) {
      onTrouble(AppError.from(thrown));
      this.#next(EVERY_MS);
    }
  }

  /** Said once, not every hour. */
  #warn(overBudgetBytes: number): void {
    if (overBudgetBytes > 0 && !this.#isWarned) {
      const { budgetMb } = this.#parts.settings().storage;
      const over = Math.ceil(overBudgetBytes / MEGABYTE);
      const message = `The database is ${over} MB larger than the ${budgetMb} MB it may have, and what is left is too new or too dear to delete. Allow more in Settings, under Data, or record less.`;
      this.#parts.onTrouble(new AppError('storage', message));
    }
    this.#isWarned = overBudgetBytes > 0;
  }
}

function retentionOf({ storage: { keepDays, budgetMb } }: Settings): Retention {
  return {
    ticks: keepDays.ticks ?? undefined,
    books: keepDays.books ?? undefined,
    seconds: keepDays.seconds ?? undefined,
    base: keepDays.base ?? undefined,
    intraday: keepDays.intraday ?? undefined,
    budgetBytes: budgetMb * MEGABYTE,
  };
}

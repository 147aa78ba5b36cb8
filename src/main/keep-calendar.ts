import { DAY_MS, HOUR_MS } from '../core/brand.ts';
import type { Clock, Logger } from './engine/ports.ts';
import type { Calendars } from './platform/open-calendars.ts';

/** A list that could not be had is asked for again after this. */
const AGAIN_MS = HOUR_MS;

export interface KeepCalendarParts {
  readonly calendars: Pick<Calendars, 'refresh'>;
  /** The clock on the wall. */
  readonly clock: Clock;
  readonly logger: Logger;
  /** Another server than the exchange's. */
  readonly url: string | undefined;
  readonly stop: AbortSignal;
  /** Whether it is wanted now: a real market is watched, and the settings allow it. */
  isWanted(): boolean;
  /** Holidays were added, in a sentence. */
  onAdded(sentence: string): void;
}

/** Asks the exchange for its holidays once a day, for as long as the app runs. Trouble goes to the log alone: nothing is worse for it. */
export function keepCalendar(parts: KeepCalendarParts): void {
  const { calendars, clock, logger, url, stop, isWanted, onAdded } = parts;
  let cancel = (): void => undefined;
  stop.addEventListener('abort', () => cancel(), { once: true });
  const ask = async (): Promise<void> => {
    if (!isWanted()) return next(AGAIN_MS);
    const outcome = await calendars.refresh({ clock, url }, stop);
    if (outcome.kind === 'stopped') return;
    if (outcome.kind === 'failed') {
      logger.warn('The exchange did not tell its holidays.', { reason: outcome.error.message });
      return next(AGAIN_MS);
    }
    for (const contradiction of outcome.contradictions) logger.warn(contradiction);
    if (outcome.added.length > 0) onAdded(`The exchange announced holidays: ${outcome.added.join(', ')}.`);
    next(DAY_MS);
  };
  const next = (delayMs: number): void => {
    if (!stop.aborted) cancel = clock.after(delayMs, () => void ask());
  };
  void ask();
}

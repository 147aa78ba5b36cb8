import type { OutcomeReport } from '../../contract/backtest.ts';
import type { Alert } from '../../core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import { addDays } from '../../core/calendar-date.ts';
import { AppError } from '../../core/errors.ts';
import type { OutcomeStore } from './alert-store-port.ts';
import type { Archive } from './archive.ts';
import { gradeAlerts } from './grade-alerts.ts';
import { type Awaited, awaited, nextDue } from './outcome-due.ts';
import { outcomeReport } from './outcome-report.ts';
import type { Clock } from './ports.ts';
import type { Publisher } from './publisher.ts';

/** Alerts graded before everything else gets its turn. */
const SLICE = 20;
const SLICE_PAUSE_MS = 20;
/** Read at once at a start; more than these are found when these are done. */
const MOST = 5_000;

export interface OutcomeDeskParts {
  readonly store: OutcomeStore;
  readonly archive: Pick<Archive, 'load' | 'loadAsTraded'>;
  /** The exchange's clock: outcomes are due by it. */
  readonly clock: Clock;
  /** The clock on the wall: slices of work are apart by it. */
  readonly wall: Clock;
  readonly publisher: Publisher;
  readonly stop: AbortSignal;
  /** The calendar that an instrument keeps, watched or not. */
  calendarOf(instrument: InstrumentKey): Calendar;
  /** By which "the last days" are counted. */
  readonly calendar: Calendar;
  onTrouble(error: AppError): void;
}

/**
 * Grades alerts when their outcome is due: a minute after each moment and after the close, once more when history has told
 * the day, and at the start all that became due while nobody was looking.
 */
export class OutcomeDesk {
  readonly #parts: OutcomeDeskParts;
  /** What is not final yet, by the alert's id, and when it is looked at next. */
  readonly #waiting = new Map<string, { readonly awaited: Awaited; readonly at: number }>();
  #isWorking = false;
  /** More was owed at the last look than was taken up. */
  #hasMore = false;
  #ringsAt = Number.POSITIVE_INFINITY;
  #cancel = (): void => undefined;

  constructor(parts: OutcomeDeskParts) {
    this.#parts = parts;
    parts.stop.addEventListener('abort', () => this.#cancel(), { once: true });
  }

  /** Takes up what is owed from earlier. */
  start(): void {
    this.#recall();
    this.#expect();
  }

  /** An alert is on disk. */
  raised(alert: Alert): void {
    const entry = awaited(alert, this.#parts.calendarOf(alert.signal.instrument));
    const now = this.#parts.clock.now();
    // One found late may have all of its outcome behind it.
    const isBehind = (entry.dues[0] ?? Number.NEGATIVE_INFINITY) <= now;
    this.#waiting.set(alert.id, { awaited: entry, at: isBehind ? now : nextDue(entry, now) });
    this.#expect();
  }

  /** How the alerts of the last `days` turned out, today included; null is any. */
  load(rule: string | null, instrument: InstrumentKey | null, days: number): OutcomeReport {
    const { store, clock, calendar, calendarOf } = this.#parts;
    const first = addDays(calendar.dateOf(clock.now()), 1 - days);
    return outcomeReport(store.outcomes(rule, instrument, calendar.midnight(first)), calendarOf);
  }

  #recall(): void {
    const { store, clock, calendarOf, onTrouble } = this.#parts;
    const now = clock.now();
    try {
      const owed = store.ungraded(now, MOST);
      this.#hasMore = owed.length === MOST;
      for (const alert of owed)
        if (!this.#waiting.has(alert.id))
          this.#waiting.set(alert.id, { awaited: awaited(alert, calendarOf(alert.signal.instrument)), at: now });
    } catch (thrown) {
      onTrouble(AppError.from(thrown));
    }
  }

  /** Sets the alarm for the next that is due. */
  #expect(): void {
    const { clock, stop } = this.#parts;
    if (this.#isWorking || stop.aborted) return;
    let next = Number.POSITIVE_INFINITY;
    for (const { at } of this.#waiting.values()) next = Math.min(next, at);
    if (next === this.#ringsAt || next === Number.POSITIVE_INFINITY) return;
    this.#cancel();
    this.#ringsAt = next;
    this.#cancel = clock.after(Math.max(0, next - clock.now()), () => this.#work(false));
  }

  /** A slice of what is due; the next one after a breath. */
  #work(hasChanged: boolean): void {
    const { clock, wall, publisher, stop } = this.#parts;
    this.#isWorking = true;
    this.#ringsAt = Number.POSITIVE_INFINITY;
    const now = clock.now();
    const due = [...this.#waiting.values()].filter(({ at }) => at <= now).map((each) => each.awaited);
    const changed = this.#grade(due.slice(0, SLICE), now) || hasChanged;
    if (due.length > SLICE) {
      this.#cancel = wall.after(SLICE_PAUSE_MS, () => this.#work(changed));
      return;
    }
    this.#isWorking = false;
    if (this.#hasMore) this.#recall();
    if (changed && !stop.aborted) publisher.publish({ type: 'outcomes-changed' });
    this.#expect();
  }

  /** Whether anything was stored. */
  #grade(due: readonly Awaited[], now: EpochMs): boolean {
    const { store, archive, onTrouble } = this.#parts;
    // Looked at again at its next due, whatever comes of it now: a disk that is full is not asked without end.
    for (const each of due) this.#waiting.set(each.alert.id, { awaited: each, at: nextDue(each, now) });
    try {
      const graded = gradeAlerts(due, archive, now);
      store.saveOutcomes(graded);
      for (const { alert, isFinal } of graded) if (isFinal) this.#waiting.delete(alert);
      return graded.length > 0;
    } catch (thrown) {
      onTrouble(AppError.from(thrown));
      return false;
    }
  }
}

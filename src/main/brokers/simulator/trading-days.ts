import type { TradingDate } from '../../../core/brand.ts';
import type { Calendar, Session } from '../../../core/calendar.ts';
import { addDays } from '../../../core/calendar-date.ts';

/** The simulated market's first day. Nothing is known of the time before it. */
export const ANCHOR = '2022-01-03' as TradingDate;

/** The sessions of a calendar since the anchor, numbered from 0. */
export class TradingDays {
  readonly #calendar: Calendar;
  readonly #sessions: Session[] = [];
  /** For each date seen, the number of the newest session on or before it. */
  readonly #numbers = new Map<TradingDate, number>();
  #next = ANCHOR;

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
  }

  /** The number of the newest session on or before the date; -1 before the first. */
  numberAtOrBefore(date: TradingDate): number {
    if (date < ANCHOR) return -1;
    for (; this.#next <= date; this.#next = addDays(this.#next, 1)) {
      const session = this.#calendar.session(this.#next);
      if (session !== undefined) this.#sessions.push(session);
      this.#numbers.set(this.#next, this.#sessions.length - 1);
    }
    return this.#numbers.get(date) ?? -1;
  }

  /** The number of the date's own session; undefined when it has none. */
  numberOf(date: TradingDate): number | undefined {
    const number = this.numberAtOrBefore(date);
    return this.#sessions[number]?.date === date ? number : undefined;
  }

  /** A session by its number, of those already asked for by date. */
  session(number: number): Session | undefined {
    return this.#sessions[number];
  }
}

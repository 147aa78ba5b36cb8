import type { EpochMs, InstrumentKey, TradingDate } from '../brand.ts';
import { type Calendar, dayClose, sessionAtOrAfter } from '../calendar.ts';
import { addDays } from '../calendar-date.ts';
import type { CandleColumns } from '../candle-columns.ts';
import type { Outcome, RandomEntries } from '../outcome.ts';
import { type Signal, signalId } from '../signal.ts';
import { type IntradayTimeframe, isIntraday, type Timeframe } from '../timeframe.ts';
import { type DayPrices, gradeByNextDay, gradeInSession, NO_OUTCOME } from './grade.ts';
import { drawEntries, type Moves, movesByDay, movesIn } from './random-entries.ts';
import { gradingFrame, rowsBetween, SessionBars } from './session-bars.ts';

export interface GraderParts {
  readonly instrument: InstrumentKey;
  /** Of the signals. */
  readonly timeframe: Timeframe;
  readonly calendar: Calendar;
  /** Bars that had not closed by then are left out. */
  readonly now: EpochMs;
  /** The instrument's bars of a timeframe over the whole stretch in which signals are graded, oldest first. */
  load(timeframe: Timeframe): CandleColumns;
}

/** A signal's outcome, and what entries at random came to. */
export interface Grade {
  readonly outcome: Outcome;
  readonly random: RandomEntries | undefined;
}

/** One session, ready to grade by. */
interface GradedDay {
  readonly priced: SessionBars;
  readonly moves: Moves;
}

const UNGRADED: Grade = { outcome: NO_OUTCOME, random: undefined };

/** Grades the signals of one instrument and timeframe. Sessions are looked into once. */
export class Grader {
  readonly #parts: GraderParts;
  readonly #columns = new Map<Timeframe, CandleColumns>();
  readonly #days = new Map<TradingDate, GradedDay | undefined>();
  #dayMoves: Moves | undefined;

  constructor(parts: GraderParts) {
    this.#parts = parts;
  }

  /** `closedAt` is when the signal's bar closed. */
  grade(signal: Signal, closedAt: EpochMs): Grade {
    const { timeframe } = this.#parts;
    return isIntraday(timeframe) ? this.#inSession(signal, closedAt, timeframe) : this.#byNextDay(signal, closedAt);
  }

  #inSession(signal: Signal, closedAt: EpochMs, timeframe: IntradayTimeframe): Grade {
    const { calendar } = this.#parts;
    const date = calendar.dateOf(signal.barTime);
    if (!this.#days.has(date)) this.#days.set(date, this.#open(date, timeframe));
    const day = this.#days.get(date);
    if (day === undefined) return UNGRADED;
    const { side, price } = signal;
    return {
      outcome: gradeInSession({ side, price, closedAt }, day.priced),
      random: drawEntries(signalId(signal), side, day.moves),
    };
  }

  #open(date: TradingDate, timeframe: IntradayTimeframe): GradedDay | undefined {
    const { calendar, now } = this.#parts;
    const session = calendar.session(date);
    if (session === undefined) return undefined;
    const barsOf = (frame: IntradayTimeframe): SessionBars => new SessionBars(session, frame, this.#load(frame), now);
    const own = barsOf(timeframe);
    const finer = barsOf(gradingFrame(timeframe) ?? timeframe);
    // Where nothing shorter is stored, the rule's own bars tell what they can.
    const priced = finer.length === 0 ? own : finer;
    return { priced, moves: movesIn(own, priced) };
  }

  #byNextDay(signal: Signal, closedAt: EpochMs): Grade {
    const { side, price } = signal;
    this.#dayMoves ??= movesByDay(this.#closedDays());
    return {
      outcome: gradeByNextDay({ side, price }, this.#dayAfter(closedAt)),
      random: drawEntries(signalId(signal), side, this.#dayMoves),
    };
  }

  #dayAfter(closedAt: EpochMs): DayPrices | undefined {
    const { calendar, now } = this.#parts;
    const next = sessionAtOrAfter(calendar, closedAt);
    if (next === undefined || dayClose(next) > now) return undefined;
    const ends = calendar.midnight(addDays(next.date, 1));
    return pricesOf(rowsBetween(this.#load('1d'), calendar.midnight(next.date), ends))[0];
  }

  #closedDays(): readonly DayPrices[] {
    const { calendar, now } = this.#parts;
    const today = calendar.dateOf(now);
    const session = calendar.session(today);
    const isOver = session !== undefined && dayClose(session) <= now;
    return pricesOf(rowsBetween(this.#load('1d'), 0, isOver ? now : calendar.midnight(today)));
  }

  #load(timeframe: Timeframe): CandleColumns {
    const columns = this.#columns.get(timeframe) ?? this.#parts.load(timeframe);
    this.#columns.set(timeframe, columns);
    return columns;
  }
}

function pricesOf({ high, low, close }: CandleColumns): readonly DayPrices[] {
  // The columns have one length.
  return Array.from(close, (price, row) => ({ close: price, high: high[row] as number, low: low[row] as number }));
}

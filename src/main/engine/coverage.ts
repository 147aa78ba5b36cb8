import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../core/brand.ts';
import type { Calendar, Session, Span } from '../../core/calendar.ts';
import { addDays } from '../../core/calendar-date.ts';
import { missingMinutes } from '../../core/day-coverage.ts';
import { addSpan, commonSpans, joinSpans, type Spans, subtractSpans } from '../../core/spans.ts';
import { INTRADAY_MS, isIntraday, type Timeframe, tellsMinutes } from '../../core/timeframe.ts';
import type { Hearing } from './hearing.ts';

/** An index is computed several times a second: silent for so long, the feed has lost it. */
export const SILENT_MS = 30 * SECOND_MS;

/**
 * What is known whole of one instrument: stretches the feed told without a gap, stretches history answered, and
 * what the feed is telling now. A bar is whole when trading time in it is covered by these together.
 */
export class Coverage {
  readonly #hearing: Hearing;
  readonly #calendar: Calendar;
  #live: Spans = [];
  #told: Spans = [];
  /** What history answered and need not be asked again, by the frame of its bars. */
  readonly #settled = new Map<Timeframe, Spans>();
  /** What the feed did not tell and nobody else could: the rule went on without it. */
  #lost: Spans = [];
  #silences: Spans = [];
  /** The newest bars without a gap, of a feed that tells bars: it vouches for each of them, and not for the time between. */
  #run: Span | undefined;
  /** The feed was silent about this instrument until then, though it spoke of others. */
  #silentUntil: number = Number.NEGATIVE_INFINITY;
  /** The last word of an instrument that always speaks. Of others nobody knows whether they would have spoken. */
  #spokenThrough: number = Number.POSITIVE_INFINITY;

  constructor(hearing: Hearing, calendar: Calendar) {
    this.#hearing = hearing;
    this.#calendar = calendar;
  }

  /** Told by the feed without a gap, the stretch in progress included. */
  get live(): Spans {
    return this.#withCurrent(SILENT_MS);
  }

  /** The stretch the feed is telling now, as far as it has come. Who always speaks is told of up to its last word. */
  get current(): Span | undefined {
    return this.#currentUpTo(this.#spokenThrough);
  }

  /** Answered by history, in bars short enough to tell minutes. */
  get told(): Spans {
    return this.#told;
  }

  /** The same once trading is over: a last word shortly before the close was the last there was. */
  get currentAtClose(): Span | undefined {
    return this.#currentUpTo(this.#spokenThrough + SILENT_MS);
  }

  /** The feed told a bar: of what lies between two of them it says nothing. */
  sawBar(span: Span): void {
    const run = this.#run;
    if (run !== undefined && span.open >= run.open && span.open <= run.close) {
      if (span.close > run.close) this.#run = { open: run.open, close: span.close };
      return;
    }
    if (run !== undefined) this.saw(run);
    this.#run = span;
  }

  /** The feed told all of it, now or when the program last ran. */
  saw(span: Span): void {
    this.#live = addSpan(this.#live, span);
  }

  /** The feed tells no more: what it told stands. To be called before its hearing ends. */
  settle(): void {
    this.#live = this.#withCurrent(0);
    this.#silentUntil = Number.NEGATIVE_INFINITY;
  }

  /** An instrument that always speaks did so up to `time`. */
  spoke(time: EpochMs): void {
    this.#spokenThrough = time;
  }

  /** An instrument that always speaks said nothing in `[open, close)`. */
  silent({ open, close }: Span): void {
    this.#silences = addSpan(this.#silences, { open, close });
    const { current } = this;
    if (current !== undefined && current.open < open) this.saw({ open: current.open, close: open });
    this.#silentUntil = close;
  }

  /** Nobody will tell of it in time: bars go for whole without it, and signals after it say so. */
  giveUp(span: Span): void {
    this.#lost = addSpan(this.#lost, span);
  }

  /** History answered in bars of `timeframe`: all that opened in the stretch are known. */
  known(span: Span, timeframe: Timeframe, isSettled = true): void {
    if (tellsMinutes(timeframe)) this.#told = addSpan(this.#told, span);
    if (isSettled) this.#settled.set(timeframe, addSpan(this.settled(timeframe), span));
  }

  /** What need not be asked again in bars of `timeframe`. */
  settled(timeframe: Timeframe): Spans {
    return this.#settled.get(timeframe) ?? [];
  }

  /** The day is over: what was told of it while it lasted may have been corrected since. */
  unsettle(span: Span): void {
    for (const [timeframe, spans] of this.#settled) this.#settled.set(timeframe, subtractSpans(spans, [span]));
  }

  /** What feed and history told since `time` was lost before it reached the disk. */
  lose(time: EpochMs): void {
    const lost = { open: time, close: Number.POSITIVE_INFINITY as EpochMs };
    if (this.#run !== undefined) this.saw(this.#run);
    this.#run = undefined;
    this.#live = subtractSpans(this.#live, [lost]);
    this.#told = subtractSpans(this.#told, [lost]);
    this.unsettle(lost);
  }

  /** Whether the feed alone, as it runs now, told all of a bar that opened then. */
  isHeard(openTime: number): boolean {
    return this.#since <= openTime;
  }

  /** Whether a bar that has closed is known whole, be it from the feed or from history, or will never be. */
  isWhole(openTime: EpochMs, closeTime: EpochMs): boolean {
    if (this.isHeard(openTime)) return true;
    const bar = [{ open: openTime, close: closeTime }];
    const open = subtractSpans(subtractSpans(bar, this.#known()), this.#lost);
    return open.length === 0 || this.#tradingIn(open).length === 0;
  }

  /**
   * Whether all that bars of `timeframe` are made of is known of the stretch: past days of a week may be known as days,
   * and of what is shorter than a minute history that tells minutes knows nothing.
   */
  isKnown({ open, close }: Span, timeframe: Timeframe): boolean {
    if (this.isHeard(open)) return true;
    const known = isShort(timeframe)
      ? [...[...this.#settled].flatMap(([frame, spans]) => (isShort(frame) ? spans : [])), ...this.#known([])]
      : [...(isIntraday(timeframe) ? [] : this.settled('1d')), ...this.#known()];
    return this.#tradingIn(subtractSpans([{ open, close }], joinSpans(known))).length === 0;
  }

  /** Up to where everything from `time` on is known; `time` itself when what follows it is not. */
  knownThrough(time: EpochMs): EpochMs {
    const known = joinSpans([...this.live, ...this.#told]);
    return known.find(({ open, close }) => open <= time && time < close)?.close ?? time;
  }

  /** Whether the feed was silent in the stretch, or it was given up, and history has not told of it since. */
  isBroken(span: Span): boolean {
    const untold = joinSpans([...this.#silences, ...this.#lost]);
    return commonSpans(subtractSpans(untold, this.#told), [span]).length > 0;
  }

  /** Minutes of the session, over by `now`, that are known neither from the feed nor from history. */
  missing(session: Session, now: EpochMs): Spans {
    return missingMinutes(session, this.#known(), now);
  }

  /** Since when the feed has told all of this instrument. */
  get #since(): number {
    const { since } = this.#hearing;
    // Where nobody else can tell more, a silence hides nothing that could be had.
    return since === Number.NEGATIVE_INFINITY ? since : Math.max(since, this.#silentUntil);
  }

  #withCurrent(toleratedMs: number): Spans {
    const current = this.#run ?? this.#currentUpTo(this.#spokenThrough + toleratedMs);
    return current === undefined ? this.#live : addSpan(this.#live, current);
  }

  #currentUpTo(time: number): Span | undefined {
    const { told } = this.#hearing;
    if (told === undefined || this.#run !== undefined) return undefined;
    const open = Math.max(told.open, this.#silentUntil) as EpochMs;
    const close = Math.min(told.close, time) as EpochMs;
    return open < close ? { open, close } : undefined;
  }

  /** All that is known; of what the feed tells now, also what it will tell. */
  #known(told: Spans = this.#told): Spans {
    const since = this.#since;
    const known = joinSpans([...this.live, ...told]);
    if (since === Number.POSITIVE_INFINITY) return known;
    return addSpan(known, { open: since as EpochMs, close: Number.POSITIVE_INFINITY as EpochMs });
  }

  /** Trading time in the stretches: a pause, a night and a holiday hold nothing to know. */
  #tradingIn(spans: Spans): Spans {
    const last = spans.at(-1);
    const [first] = spans;
    if (first === undefined || last === undefined) return [];
    const parts: Span[] = [];
    const end = this.#calendar.dateOf(last.close);
    for (let date = this.#calendar.dateOf(first.open); date <= end; date = addDays(date, 1))
      parts.push(...(this.#calendar.session(date)?.parts ?? []));
    return commonSpans(spans, parts);
  }
}

function isShort(timeframe: Timeframe): boolean {
  return isIntraday(timeframe) && INTRADAY_MS[timeframe] < MINUTE_MS;
}

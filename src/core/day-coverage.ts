import { type EpochMs, type InstrumentKey, MINUTE_MS, type TradingDate } from './brand.ts';
import type { Session, Span } from './calendar.ts';
import type { Provenance } from './candle.ts';
import { holds, joinSpans, type Spans } from './spans.ts';
import type { Timeframe } from './timeframe.ts';

/**
 * A stretch of one instrument's time of which every bar is stored: told by the feed without a gap (`live`), or
 * asked of history. Minutes in it that have no bar had no trade.
 */
export interface CoveredSpan extends Span {
  readonly instrument: InstrumentKey;
  /** The bars that are stored. Of the live ones this is the base frame. */
  readonly timeframe: Timeframe;
  readonly provenance: Provenance;
}

/** Green: nothing is missing. Amber: what is missing can still be repaired. Red: it could not be. */
export type Grade = 'green' | 'amber' | 'red';

/** One line of the ledger: one instrument's day, counted in minutes of continuous trading that are over. */
export interface DayCoverage {
  readonly instrument: InstrumentKey;
  readonly date: TradingDate;
  readonly expected: number;
  /** Seen whole by the feed. */
  readonly received: number;
  /** Not seen whole, but known from history. */
  readonly repaired: number;
  readonly missing: number;
  /** The missing minutes, as stretches of time. */
  readonly holes: Spans;
}

/**
 * Counts a day's minutes. `live` is what the feed told without a gap, `told` what history answered; a minute
 * that is only partly in `live` needs history. Minutes end at `now`; the last one of a part may be short.
 */
export function countDay({ instrument, session, live, told }: CountedDay, now: EpochMs): DayCoverage {
  const known = joinSpans([...live, ...told]);
  const holes: Span[] = [];
  let expected = 0;
  let received = 0;
  let repaired = 0;
  for (const minute of minutesOf(session, now)) {
    expected += 1;
    if (holds(live, minute)) received += 1;
    else if (holds(known, minute)) repaired += 1;
    else holes.push(minute);
  }
  const { date } = session;
  return { instrument, date, expected, received, repaired, missing: holes.length, holes: joinSpans(holes) };
}

export interface CountedDay {
  readonly instrument: InstrumentKey;
  readonly session: Session;
  readonly live: Spans;
  readonly told: Spans;
}

/** The minutes of continuous trading, over by `now`, that `known` does not hold whole. */
export function missingMinutes(session: Session, known: Spans, now: EpochMs): Spans {
  return joinSpans([...minutesOf(session, now)].filter((minute) => !holds(known, minute)));
}

function* minutesOf({ parts }: Session, now: EpochMs): Iterable<Span> {
  for (const part of parts) {
    for (let start = part.open; start < part.close; start = (start + MINUTE_MS) as EpochMs) {
      const close = Math.min(start + MINUTE_MS, part.close) as EpochMs;
      if (close > now) return;
      yield { open: start, close };
    }
  }
}

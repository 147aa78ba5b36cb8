import { barCloseTime } from './bar-time.ts';
import { type EpochMs, MINUTE_MS } from './brand.ts';
import type { Calendar, Session } from './calendar.ts';
import { commonSpans, holds, joinSpans, type Spans } from './spans.ts';
import { isIntraday, type Timeframe } from './timeframe.ts';

/**
 * The trading that good bars (`checkBars`) tell without a gap. Where a bar is absent nobody can say whether it had
 * no trade or was lost, so the stretches end there; one that is shorter than a minute tells nothing. Days, weeks
 * and months tell of no stretch within them.
 */
export function toldSpans(openTimes: readonly EpochMs[], timeframe: Timeframe, calendar: Calendar): Spans {
  if (!isIntraday(timeframe)) return [];
  const bars = joinSpans(openTimes.map((open) => ({ open, close: barCloseTime(open, timeframe, calendar) })));
  const trading = joinSpans(sessionsOf(openTimes, calendar).flatMap(({ parts }) => parts));
  return commonSpans(bars, trading).filter(({ open, close }) => close - open >= MINUTE_MS);
}

/** Of how many of the bars' days `told` holds all trading. */
export function countWholeSessions(told: Spans, openTimes: readonly EpochMs[], calendar: Calendar): number {
  return sessionsOf(openTimes, calendar).filter(({ parts }) => parts.every((part) => holds(told, part))).length;
}

function sessionsOf(openTimes: readonly EpochMs[], calendar: Calendar): readonly Session[] {
  const dates = new Set(openTimes.map((time) => calendar.dateOf(time)));
  return [...dates].flatMap((date) => calendar.session(date) ?? []);
}

import type { EpochMs } from '../../core/brand.ts';
import { DAY_MS, MINUTE_MS } from '../../core/brand.ts';
import { type Calendar, type Span, sessionAtOrBefore } from '../../core/calendar.ts';
import { commonSpans, joinSpans, type Spans, subtractSpans } from '../../core/spans.ts';
import { BASE_TIMEFRAME, INTRADAY_MS, isIntraday, type Timeframe } from '../../core/timeframe.ts';
import type { HistoryPart } from './history-desk.ts';
import type { HistorySource } from './ports.ts';
import type { Track } from './track.ts';

/** Frames of half an hour and more are asked as such for past sessions: minutes would be too many. */
const COARSE_MS = 30 * MINUTE_MS;

/**
 * What must be asked so that bars of `timeframe` from `from` to `to` can be made: past sessions in the longest frame
 * that serves, today in minutes, from which every longer frame can be made; less what was answered before and stands,
 * and of today less what the feed has told. Bars shorter than a minute are asked as such, where the venue has some,
 * less all that the feed has told.
 */
export function planHistory(
  track: Track,
  source: HistorySource,
  timeframe: Timeframe,
  from: EpochMs,
  to: EpochMs,
): readonly HistoryPart[] {
  return planParts(track.calendar, source, timeframe, from, to).flatMap(({ timeframe: frame, open, close }) =>
    joinSpans(subtractSpans([{ open, close }], knownIn(track, frame, to)).map(toMinutes))
      .flatMap((span) => pieces(span, source.mostDays?.[frame]))
      .map((span) => ({ timeframe: frame, ...span })),
  );
}

/** What need not be asked. What the feed told of earlier days is asked all the same: history has the last word on them. */
function knownIn({ coverage, calendar }: Track, timeframe: Timeframe, now: EpochMs): Spans {
  if (isFine(timeframe)) return joinSpans([...coverage.settled(timeframe), ...coverage.live]);
  const today = { open: calendar.midnight(calendar.dateOf(now)), close: now };
  const live = timeframe === '1m' ? commonSpans(coverage.live, [today]) : [];
  return joinSpans([...coverage.settled(timeframe), ...live]);
}

/** Shorter than what every venue has. */
function isFine(timeframe: Timeframe): boolean {
  return isIntraday(timeframe) && INTRADAY_MS[timeframe] < MINUTE_MS;
}

/** A minute that is known in part is asked for whole. */
function toMinutes({ open, close }: Span): Span {
  return {
    open: (Math.floor(open / MINUTE_MS) * MINUTE_MS) as EpochMs,
    close: (Math.ceil(close / MINUTE_MS) * MINUTE_MS) as EpochMs,
  };
}

/** What the venue answers in one request each: an answer that came is kept, whatever becomes of the next. */
function pieces({ open, close }: Span, mostDays = Number.POSITIVE_INFINITY): readonly Span[] {
  const out: Span[] = [];
  for (let start = open; start < close; start = (start + mostDays * DAY_MS) as EpochMs)
    out.push({ open: start, close: Math.min(start + mostDays * DAY_MS, close) as EpochMs });
  return out;
}

function planParts(
  calendar: Calendar,
  source: HistorySource,
  timeframe: Timeframe,
  from: EpochMs,
  to: EpochMs,
): readonly HistoryPart[] {
  const today = Math.max(from, sessionAtOrBefore(calendar, to)?.open ?? from) as EpochMs;
  const coarse = frameFor(source, timeframe);
  if (isFine(coarse)) {
    const oldest = to - (source.keptDays?.[coarse] ?? Number.POSITIVE_INFINITY) * DAY_MS;
    const open = Math.max(from, oldest) as EpochMs;
    return open < to ? [{ timeframe: coarse, open, close: to }] : [];
  }
  const minutes: HistoryPart = { timeframe: '1m', open: coarse === '1m' ? from : today, close: to };
  const past: HistoryPart = { timeframe: coarse, open: from, close: today };
  return (coarse === '1m' ? [minutes] : [past, minutes]).filter(({ open, close }) => open < close);
}

function frameFor({ timeframes }: HistorySource, timeframe: Timeframe): Timeframe {
  if (!isIntraday(timeframe)) return timeframes.includes('1d') ? '1d' : '1m';
  const length = INTRADAY_MS[timeframe];
  const dividing = timeframes.filter(isIntraday).filter((each) => length % INTRADAY_MS[each] === 0);
  // The base bars are kept anyway, and every short frame is made of them.
  if (length < MINUTE_MS && dividing.includes(BASE_TIMEFRAME)) return BASE_TIMEFRAME;
  if (length >= MINUTE_MS && length < COARSE_MS) return '1m';
  return dividing.sort((a, b) => INTRADAY_MS[b] - INTRADAY_MS[a])[0] ?? '1m';
}

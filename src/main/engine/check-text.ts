import type { CheckedText } from '../../contract/rules.ts';
import { type EpochMs, MINUTE_MS, type TradingDate } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import { addDays } from '../../core/calendar-date.ts';
import { AppError } from '../../core/errors.ts';
import { symbolOf } from '../../core/instrument.ts';
import { checkScan } from '../../core/scanner/check.ts';
import type { CheckFacts } from '../../core/scanner/check-facts.ts';
import type { TradingHours } from '../../core/scanner/check-holds.ts';
import { compileRule, longerProblem, needsOf } from '../../core/scanner/compile-rule.ts';
import { defaultRule } from '../../core/scanner/default-rule.ts';
import { formatScan } from '../../core/scanner/format.ts';
import { parseScan } from '../../core/scanner/parse.ts';
import type { Arithmetic } from '../../core/scanner/scan-function.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import type { Archive } from './archive.ts';
import { hasNoVolume } from './rule-states.ts';
import type { Track } from './track.ts';

/** What a sentence is to be judged on. */
export interface CheckedOn {
  readonly timeframe: Timeframe;
  readonly arithmetic: Arithmetic;
}

/** What is known of the market. */
export interface CheckMarket {
  readonly tracks: readonly Track[];
  readonly archive: Pick<Archive, 'newest'>;
  readonly now: EpochMs;
}

/** Looks at a sentence as it is being written. */
export function checkText(text: string, on: CheckedOn, market: CheckMarket): CheckedText {
  const parsed = parseScan(text);
  if (!parsed.ok) return { problem: parsed.problem, canonical: null, warnings: [], needs: [] };
  const canonical = formatScan(parsed.condition);
  const longer = longerProblem(parsed, on.timeframe);
  if (longer !== undefined) return { problem: longer, canonical, warnings: [], needs: [] };
  try {
    const rule = { ...NO_NUMBERS, ...on, buy: canonical, sell: null };
    const needs = needsOf([compileRule(rule)], on.timeframe);
    const facts = factsOf(needs, market);
    return { problem: null, canonical, warnings: checkScan(parsed.condition, parsed.places, facts), needs };
  } catch (thrown) {
    const problem = { message: AppError.from(thrown).message, suggestion: null, start: 0, end: text.length };
    return { problem, canonical, warnings: [], needs: [] };
  }
}

/** Only what a sentence is judged on is looked at. */
const NO_NUMBERS = defaultRule({
  ...{ fast: 9, slow: 21, rsi: 14, momentum: 50, timeframe: '5m', enabled: false, forming: false },
});

function factsOf(needs: CheckFacts['needs'], { tracks, archive, now }: CheckMarket): CheckFacts {
  const sample = tracks.find(({ instrument }) => !hasNoVolume(instrument.segment)) ?? tracks[0];
  return {
    sectors: [...new Set(tracks.flatMap(({ instrument }) => instrument.sector ?? []))],
    symbols: tracks.map(({ instrument }) => symbolOf(instrument.key)),
    withoutVolume: tracks
      .filter(({ instrument }) => hasNoVolume(instrument.segment))
      .map(({ instrument }) => symbolOf(instrument.key)),
    needs,
    // One stands for all: the feed asks the same of each.
    stored:
      sample &&
      new Map(
        needs.map(({ timeframe, bars }) => [
          timeframe,
          archive.newest(sample.instrument.key, timeframe, sample.calendar, now, bars).openTime.length,
        ]),
      ),
    hours: clockHours([...new Set(tracks.map(({ calendar }) => calendar))], now),
  };
}

/** Undefined where a session begins on the eve, so that its minutes are not those of a clock. */
function clockHours(calendars: readonly Calendar[], now: EpochMs): CheckFacts['hours'] {
  const hours = calendars.flatMap((calendar) => hoursOf(calendar, now));
  return hours.every(({ open, close }) => open >= 0 && close <= MINUTES_A_DAY) ? hours : undefined;
}

const MINUTES_A_DAY = 24 * 60;

/** Hours of the sessions of a year back and some weeks ahead, special ones too. Asked with every letter, so they are kept. */
const known = new WeakMap<Calendar, { readonly date: TradingDate; readonly hours: readonly TradingHours[] }>();
const DAYS_BACK = 370;
const DAYS_AHEAD = 60;

function hoursOf(calendar: Calendar, now: EpochMs): readonly TradingHours[] {
  const today = calendar.dateOf(now);
  const before = known.get(calendar);
  if (before?.date === today) return before.hours;
  const told = new Map<string, TradingHours>();
  for (let day = -DAYS_BACK; day <= DAYS_AHEAD; day += 1) {
    const date = addDays(today, day);
    const session = calendar.session(date);
    if (session === undefined) continue;
    const midnight = calendar.midnight(date);
    const open = (session.open - midnight) / MINUTE_MS;
    // A day's own bar closes with the auction.
    const close = (Math.max(session.close, session.closingAuction?.close ?? 0) - midnight) / MINUTE_MS;
    told.set(`${open} ${close}`, { open, close });
  }
  const hours = [...told.values()];
  known.set(calendar, { date: today, hours });
  return hours;
}

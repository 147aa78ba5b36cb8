import { DAY_MS, type EpochMs, type TradingDate } from './brand.ts';
import { addDays, dateAt, midnight, weekday } from './calendar-date.ts';
import type { Segment } from './instrument.ts';
import { wallClock, type Zone } from './wall-clock.ts';

/** `[open, close)`. */
export interface Span {
  readonly open: EpochMs;
  readonly close: EpochMs;
}

/** A stretch of an auction that has rules of its own, such as taking orders or matching them. */
export interface AuctionPhase extends Span {
  readonly name: string;
}

/** One trading day of one segment: continuous trading is `[open, close)`, less the pauses between its parts. */
export interface Session extends Span {
  readonly date: TradingDate;
  /** One, or more on a day with pauses. */
  readonly parts: readonly Span[];
  /** From the first order to the first trade of continuous trading: the auction's price falls into it. */
  readonly preOpen: Span | undefined;
  readonly closingAuction: Span | undefined;
  /** What happens within the auctions, as far as it is known. */
  readonly phases?: readonly AuctionPhase[] | undefined;
  /** The exchange has not said the hours; these are last year's. */
  readonly provisional: boolean;
}

export type ClockSpan = readonly [open: string, close: string];

/** Regular hours of a segment from a date on, local wall-clock times. */
export interface HoursRule {
  readonly segment: Segment;
  /** First date it holds; null is since ever. */
  readonly from: string | null;
  /** The days it is for; absent is Monday to Friday. A segment without a rule for weekends is closed on them. */
  readonly days?: 'weekdays' | 'weekends' | undefined;
  readonly continuous: ClockSpan;
  /** Breaks in continuous trading, in order. */
  readonly pauses?: readonly ClockSpan[] | undefined;
  readonly preOpen?: ClockSpan | undefined;
  readonly closingAuction?: ClockSpan | undefined;
  readonly phases?: readonly { readonly name: string; readonly span: ClockSpan }[] | undefined;
  readonly provisional?: boolean | undefined;
}

/** A day that differs from the rule: an evening of Muhurat trading, a Saturday in two parts, a day without an auction. */
export interface SpecialSession {
  readonly date: string;
  readonly name: string;
  /** Only for these; absent is for all. An entry that names a segment goes before one that names none. */
  readonly segments?: readonly Segment[] | undefined;
  /** None calls the day off. */
  readonly sessions: readonly ClockSpan[];
  /** The day has these auctions or none. An entry for all gives them to segments that have such an auction on other days. */
  readonly preOpen?: ClockSpan | undefined;
  readonly closingAuction?: ClockSpan | undefined;
  readonly provisional?: boolean | undefined;
}

/** A market's calendar as dated data: `resources/calendar/nse.json`. */
export interface CalendarData extends Zone {
  /** The years whose holidays are known, inclusive; outside them every weekday counts as a session. */
  readonly covers: { readonly from: string; readonly to: string };
  readonly hours: readonly HoursRule[];
  readonly holidays: Readonly<Record<string, string>>;
  readonly special: readonly SpecialSession[];
}

/** One segment's days and hours. Dates are those on the wall of its market. */
export interface Calendar {
  /** Local date of an instant. */
  dateOf(time: EpochMs): TradingDate;
  /** The instant at which a local date begins. */
  midnight(date: TradingDate): EpochMs;
  /** The day's session, or undefined when there is none. */
  session(date: TradingDate): Session | undefined;
  /** Where bars of that date are counted from: the session's open, or the regular one on a day that has no session. */
  anchor(date: TradingDate): EpochMs;
  /** False beyond the known holidays: a session may then be a holiday nobody told us of. */
  covers(date: TradingDate): boolean;
  /** Last date whose holidays are known; undefined where there are none to know. */
  readonly knownThrough?: TradingDate | undefined;
  /** Where a date begins on the eve: in minutes after midnight on the market's wall. Absent is at midnight. */
  readonly dayBeginsAt?: number | undefined;
}

/** Builds the calendar of one segment of the market. Pure; days are computed once and remembered. */
export function createCalendar(data: CalendarData, segment: Segment): Calendar {
  if (segment === '24x7') return ROUND_THE_CLOCK;
  const wall = wallClock(data);
  const special = specialOf(data, segment);
  const rules = data.hours
    .filter((rule) => rule.segment === segment)
    .sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''));
  const known = new Map<TradingDate, Session | undefined>();

  const spanOf = (date: TradingDate, [open, close]: ClockSpan): Span => ({
    open: wall.at(date, open),
    close: wall.at(date, close),
  });
  const ruleOf = (date: TradingDate, wanted: HoursRule['days']): HoursRule | undefined =>
    rules.findLast(({ from, days = 'weekdays' }) => days === wanted && (from === null || from <= date));
  const weekdayRule = (date: TradingDate): HoursRule => {
    const rule = ruleOf(date, 'weekdays');
    if (rule === undefined) throw new RangeError(`The calendar has no hours for ${segment} on ${date}.`);
    return rule;
  };
  const regularRule = (date: TradingDate): HoursRule | undefined =>
    weekday(date) > 4 ? ruleOf(date, 'weekends') : weekdayRule(date);

  const buildSpecial = (date: TradingDate, entry: SpecialSession): Session | undefined => {
    const parts = entry.sessions.map((span) => spanOf(date, span));
    const [first, last] = [parts[0], parts.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const usual = entry.segments === undefined ? ruleOf(date, 'weekdays') : entry;
    const auction = (kind: 'preOpen' | 'closingAuction'): Span | undefined => {
      const span = entry[kind];
      return span !== undefined && usual?.[kind] !== undefined ? spanOf(date, span) : undefined;
    };
    return {
      date,
      open: first.open,
      close: last.close,
      parts,
      preOpen: auction('preOpen'),
      closingAuction: auction('closingAuction'),
      provisional: entry.provisional ?? false,
    };
  };
  const build = (date: TradingDate): Session | undefined => {
    const exception = special.get(date);
    if (exception !== undefined) return buildSpecial(date, exception);
    if (Object.hasOwn(data.holidays, date)) return undefined;
    const rule = regularRule(date);
    if (rule === undefined) return undefined;
    const { preOpen, closingAuction, phases } = rule;
    return {
      date,
      ...spanOf(date, rule.continuous),
      parts: partsOf(rule).map((part) => spanOf(date, part)),
      preOpen: preOpen && spanOf(date, preOpen),
      closingAuction: closingAuction && spanOf(date, closingAuction),
      phases: phases?.map(({ name, span }) => ({ name, ...spanOf(date, span) })),
      provisional: rule.provisional ?? false,
    };
  };

  const session = (date: TradingDate): Session | undefined => {
    if (!known.has(date)) known.set(date, build(date));
    return known.get(date);
  };
  return {
    dateOf: wall.dateOf,
    midnight: wall.midnight,
    session,
    anchor: (date) => session(date)?.open ?? spanOf(date, (regularRule(date) ?? weekdayRule(date)).continuous).open,
    covers: (date) => date >= data.covers.from && date <= data.covers.to,
    knownThrough: data.covers.to as TradingDate,
  };
}

/** The segment's special days, each by the entry that names the segment, or else the one for all. */
function specialOf({ special }: CalendarData, segment: Segment): ReadonlyMap<string, SpecialSession> {
  const mine = special.filter(({ segments }) => segments?.includes(segment) === true);
  const all = special.filter(({ segments }) => segments === undefined);
  return new Map([...all, ...mine].map((entry) => [entry.date, entry]));
}

function partsOf({ continuous: [open, close], pauses = [] }: HoursRule): readonly ClockSpan[] {
  const opens = [open, ...pauses.map(([, end]) => end)];
  return opens.map((from, index) => [from, pauses[index]?.[0] ?? close] as const);
}

/** Crypto: every UTC day is a session of 24 hours. */
export const ROUND_THE_CLOCK: Calendar = {
  dateOf: (time) => dateAt(time, 0),
  midnight: (date) => midnight(date, 0),
  session(date) {
    const open = midnight(date, 0);
    const span = { open, close: (open + DAY_MS) as EpochMs };
    return { date, ...span, parts: [span], preOpen: undefined, closingAuction: undefined, provisional: false };
  },
  anchor: (date) => midnight(date, 0),
  covers: () => true,
};

/** Longer than any closure of an exchange in living memory. */
const SEARCH_DAYS = 30;

/** The session in progress at `time`, or the next one to open. Undefined when none comes within a month. */
export function sessionAtOrAfter(calendar: Calendar, time: EpochMs): Session | undefined {
  const today = calendar.dateOf(time);
  for (let days = 0; days <= SEARCH_DAYS; days += 1) {
    const session = calendar.session(addDays(today, days));
    if (session !== undefined && time < session.close) return session;
  }
  return undefined;
}

/** The newest session that opened at or before `time`. */
export function sessionAtOrBefore(calendar: Calendar, time: EpochMs): Session | undefined {
  const today = calendar.dateOf(time);
  for (let days = 0; days <= SEARCH_DAYS; days += 1) {
    const session = calendar.session(addDays(today, -days));
    if (session !== undefined && session.open <= time) return session;
  }
  return undefined;
}

/** Whether continuous trading goes on at `time`. */
export function isTrading(session: Session, time: EpochMs): boolean {
  return session.parts.some(({ open, close }) => time >= open && time < close);
}

/** End of the day's trading, its closing auction included: only then is its daily bar whole. */
export function dayClose({ close, closingAuction }: Session): EpochMs {
  return closingAuction === undefined || closingAuction.close < close ? close : closingAuction.close;
}

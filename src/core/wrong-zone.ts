import { auctionAt } from './auction.ts';
import { type EpochMs, MINUTE_MS } from './brand.ts';
import { type Calendar, isTrading } from './calendar.ts';

const HALF_HOUR_MS = 30 * MINUTE_MS;
/** Zones reach from 12 hours behind UTC to 14 ahead; India lies 5:30 ahead. */
const MOST_STEPS = 39;
/** Tried first, so that it wins a tie: times of India written as UTC, or the other way round. */
const INDIA_STEPS = 11;
/** As good as all rows of the day, so that one stray row hides nothing. */
const FITTING = 0.9;
/** Fewer rows fit somewhere by chance. */
const FEWEST_ROWS = 5;
/** So many rows tell which shift it is. */
const SAMPLE = 2_000;

/** Up to six half hours most rows of a whole day still lie inside it. */
const NEAR_STEPS = 6;
/** Of the day's trading, so that minutes without a trade hide nothing, and no honest part of a day passes for a whole. */
const WHOLE = 0.95;
/** Half an hour puts 10 of 360 rows beyond the auctions; fewer may be stray ones. */
const OUTSIDE = 0.025;

/** Rows of days whose times are of another zone. */
export interface WrongZone {
  /** What must be added to their times, in milliseconds. */
  readonly shiftMs: number;
  /** Their places among the rows. */
  readonly rows: ReadonlySet<number>;
}

/**
 * Finds days whose rows are a market's day written in the wrong zone. `times` are rows of one day or many, in any
 * order; NaN is left out. `lengthMs` is how long a bar is. Such a day is one of two kinds:
 *
 * - less than half of its rows lie inside the day's hours, and nearly all do once shifted by the same whole number
 *   of half hours;
 * - some of its rows lie outside, and under one shift of up to three hours every single one lies inside, with as good
 *   as all trading told. A part of a day is never such.
 */
export function findWrongZone(times: readonly number[], lengthMs: number, calendar: Calendar): WrongZone | undefined {
  const days = daysOf(times, calendar);
  const suspects = days.filter(({ rows, inside }) => inside * 2 < rows.length).map(({ rows }) => rows);
  const shiftMs = bestShift(suspects.flat(), times, calendar);
  const rows = new Set<number>();
  for (const day of suspects) {
    const fitting = day.filter((row) => isInside((times[row] ?? Number.NaN) + shiftMs, calendar)).length;
    if (fitting >= day.length * FITTING) for (const row of day) rows.add(row);
  }
  let named = rows.size > 0 ? shiftMs : undefined;
  for (const day of days) {
    if (day.inside * 2 < day.rows.length || day.inside > day.rows.length * (1 - OUTSIDE)) continue;
    const near = nearShift(new Set(day.rows.map((row) => times[row] ?? Number.NaN)), lengthMs, calendar);
    if (near === undefined) continue;
    named ??= near;
    for (const row of day.rows) rows.add(row);
  }
  return named === undefined ? undefined : { shiftMs: named, rows };
}

interface Day {
  readonly rows: number[];
  /** How many of the rows lie inside the day's hours as they are. */
  inside: number;
}

function daysOf(times: readonly number[], calendar: Calendar): readonly Day[] {
  const days = new Map<string, Day>();
  times.forEach((time, row) => {
    if (Number.isNaN(time)) return;
    const date = calendar.dateOf(time as EpochMs);
    const day = days.get(date) ?? { rows: [], inside: 0 };
    days.set(date, day);
    day.rows.push(row);
    if (isInside(time, calendar)) day.inside += 1;
  });
  return [...days.values()].filter(({ rows }) => rows.length >= FEWEST_ROWS);
}

/** The shift under which these are a whole day, every one of them. */
function nearShift(times: ReadonlySet<number>, lengthMs: number, calendar: Calendar): number | undefined {
  const [first] = times;
  const session = first === undefined ? undefined : calendar.session(calendar.dateOf(first as EpochMs));
  if (session === undefined) return undefined;
  const whole = session.parts.reduce((sum, { open, close }) => sum + close - open, 0);
  for (let steps = 1; steps <= NEAR_STEPS; steps += 1) {
    for (const shiftMs of [-steps * HALF_HOUR_MS, steps * HALF_HOUR_MS]) {
      let told = 0;
      let fits = true;
      for (const time of times) {
        const shifted = (time + shiftMs) as EpochMs;
        if (isTrading(session, shifted)) told += lengthMs;
        else if (auctionAt(session, shifted) === undefined) {
          fits = false;
          break;
        }
      }
      if (fits && told >= whole * WHOLE) return shiftMs;
    }
  }
  return undefined;
}

/** The shift that brings most of the rows into the day's hours; 0 when there are none. */
function bestShift(rows: readonly number[], times: readonly number[], calendar: Calendar): number {
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  let best = 0;
  let most = 0;
  for (const steps of shiftSteps()) {
    const shiftMs = steps * HALF_HOUR_MS;
    let fitting = 0;
    for (let at = 0; at < rows.length; at += step)
      if (isInside((times[rows[at] ?? 0] ?? 0) + shiftMs, calendar)) fitting += 1;
    if (fitting > most) {
      best = shiftMs;
      most = fitting;
    }
  }
  return best;
}

/** India's offset first, then the nearest. */
function* shiftSteps(): Iterable<number> {
  yield* [-INDIA_STEPS, INDIA_STEPS];
  for (let steps = 1; steps <= MOST_STEPS; steps += 1) yield* [-steps, steps];
}

function isInside(time: number, calendar: Calendar): boolean {
  const session = calendar.session(calendar.dateOf(time as EpochMs));
  if (session === undefined) return false;
  return isTrading(session, time as EpochMs) || auctionAt(session, time as EpochMs) !== undefined;
}

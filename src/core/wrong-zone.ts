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

/** Rows of days whose times are of another zone. */
export interface WrongZone {
  /** What must be added to their times, in milliseconds. */
  readonly shiftMs: number;
  /** Their places among the rows. */
  readonly rows: ReadonlySet<number>;
}

/**
 * Finds days whose rows are a market's day written in the wrong zone: less than half of them lie inside the
 * day's hours, and nearly all do once shifted by the same whole number of half hours. A day of which half the
 * rows fit as they are is never suspected. `times` are rows in any order; NaN is left out.
 */
export function findWrongZone(times: readonly number[], calendar: Calendar): WrongZone | undefined {
  const suspects = suspectDays(times, calendar);
  const shiftMs = bestShift(suspects.flat(), times, calendar);
  const rows = new Set<number>();
  for (const day of suspects) {
    const fitting = day.filter((row) => isInside((times[row] ?? Number.NaN) + shiftMs, calendar)).length;
    if (fitting >= day.length * FITTING) for (const row of day) rows.add(row);
  }
  return rows.size === 0 ? undefined : { shiftMs, rows };
}

function suspectDays(times: readonly number[], calendar: Calendar): readonly (readonly number[])[] {
  const days = new Map<string, { readonly rows: number[]; inside: number }>();
  times.forEach((time, row) => {
    if (Number.isNaN(time)) return;
    const date = calendar.dateOf(time as EpochMs);
    const day = days.get(date) ?? { rows: [], inside: 0 };
    days.set(date, day);
    day.rows.push(row);
    if (isInside(time, calendar)) day.inside += 1;
  });
  return [...days.values()]
    .filter(({ rows, inside }) => rows.length >= FEWEST_ROWS && inside * 2 < rows.length)
    .map(({ rows }) => rows);
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

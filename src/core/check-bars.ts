import { auctionAt } from './auction.ts';
import { barCloseTime, onGrid, periodSpan } from './bar-time.ts';
import type { EpochMs } from './brand.ts';
import type { Calendar, Session } from './calendar.ts';
import type { Candle } from './candle.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from './timeframe.ts';
import { findWrongZone } from './wrong-zone.ts';

/** Why a bar from a venue or a file is refused. */
export const BAR_FAULTS = [
  'not-a-number',
  'bad-time',
  'bad-price',
  'high-below-low',
  'outside-range',
  'bad-volume',
  'wrong-zone',
  'outside-session',
  'in-auction',
  'off-grid',
  'overlap',
  'future',
  'contradiction',
] as const;
export type BarFault = (typeof BAR_FAULTS)[number];

/** What is checked of a bar. A field that could not be read is NaN; only the volume may be undefined. */
export type BarRow = { readonly openTime: number } & Pick<Candle, 'open' | 'high' | 'low' | 'close' | 'volume'>;

export interface CheckOptions {
  readonly calendar: Calendar;
  readonly timeframe: Timeframe;
  /** Bars that have not closed by then are refused. Undefined lets them through. */
  readonly now?: EpochMs | undefined;
}

export interface RefusedBar {
  /** Its place among the rows that were checked, from 0. */
  readonly row: number;
  readonly reason: BarFault;
}

export interface CheckedBars<Row> {
  /** Oldest first, each time once. */
  readonly good: readonly Row[];
  /** In the order of the rows. */
  readonly refused: readonly RefusedBar[];
  /** Refused rows by reason; reasons nobody had are left out. */
  readonly counts: Readonly<Partial<Record<BarFault, number>>>;
  /** Rows that repeated another word for word and were left out. */
  readonly duplicates: number;
  /** Good rows that came after a later one; they were put in their place. */
  readonly outOfOrder: number;
  /** What must be added to the times of the `wrong-zone` rows, in ms; undefined without such. */
  readonly shiftMs: number | undefined;
}

/** Far above any price or volume there is: a larger number is rubbish, and sums of such would not be finite. */
const NUMBERS_END = 1e18;
/** The year 2100: a later time is in other units, or rubbish. */
const TIMES_END = 4_102_444_800_000;

/**
 * Why this bar cannot be one of its timeframe, or undefined when it can. The cheap check, bar by bar: it makes
 * nothing when the bar is fine. With `now`, a bar that has not closed by then is `future`.
 */
export function barFault(candle: Candle, calendar: Calendar, now?: EpochMs): BarFault | undefined {
  return valueFault(candle) ?? placeFault(candle.openTime, { calendar, timeframe: candle.timeframe, now });
}

/**
 * Checks bars of one instrument row by row and puts the good ones in order. A good row is never lost: identical
 * copies become one, and of two that contradict each other the first stands. Days in another zone are refused
 * whole (`findWrongZone`), as their rows would land on the wrong minutes.
 */
export function checkBars<Row extends BarRow>(rows: readonly Row[], options: CheckOptions): CheckedBars<Row> {
  const { calendar, timeframe } = options;
  const faults = rows.map(valueFault);
  const zone = isIntraday(timeframe)
    ? findWrongZone(
        rows.map(({ openTime }, row) => (faults[row] === undefined ? openTime : Number.NaN)),
        INTRADAY_MS[timeframe],
        calendar,
      )
    : undefined;
  const order: number[] = [];
  const late = new Set<number>();
  let newest = Number.NEGATIVE_INFINITY;
  rows.forEach(({ openTime }, row) => {
    faults[row] ??= zone?.rows.has(row) ? 'wrong-zone' : placeFault(openTime, options);
    if (faults[row] !== undefined) return;
    order.push(row);
    if (openTime < newest) late.add(row);
    newest = Math.max(newest, openTime);
  });
  const timeOf = (row: number): number => rows[row]?.openTime ?? 0;
  // The sort is stable: of two bars of one time the first stays first.
  if (late.size > 0) order.sort((a, b) => timeOf(a) - timeOf(b));

  const good: Row[] = [];
  let duplicates = 0;
  let outOfOrder = 0;
  for (const at of order) {
    const row = rows[at];
    const last = good.at(-1);
    if (row === undefined) continue;
    if (last?.openTime !== row.openTime) {
      good.push(row);
      if (late.has(at)) outOfOrder += 1;
    } else if (isSame(last, row)) duplicates += 1;
    else faults[at] = 'contradiction';
  }
  markOverlaps(rows, faults, good, options);
  return { good, ...tally(faults), duplicates, outOfOrder, shiftMs: zone?.shiftMs };
}

/** A bar off the grid that opens inside a good one tells part of the same trades again. */
function markOverlaps(
  rows: readonly BarRow[],
  faults: (BarFault | undefined)[],
  good: readonly BarRow[],
  { calendar, timeframe }: CheckOptions,
): void {
  if (!faults.includes('off-grid')) return;
  const taken = new Set(good.map(({ openTime }) => openTime));
  faults.forEach((fault, row) => {
    const openTime = rows[row]?.openTime as EpochMs;
    if (fault === 'off-grid' && taken.has(gridTime(openTime, calendar, timeframe))) faults[row] = 'overlap';
  });
}

function gridTime(openTime: EpochMs, calendar: Calendar, timeframe: Timeframe): EpochMs {
  const date = calendar.dateOf(openTime);
  if (!isIntraday(timeframe)) return periodSpan(date, timeframe, calendar).openTime;
  return onGrid(openTime, calendar.anchor(date), INTRADAY_MS[timeframe]);
}

function tally(faults: readonly (BarFault | undefined)[]): Pick<CheckedBars<BarRow>, 'refused' | 'counts'> {
  const refused: RefusedBar[] = [];
  const counts: Partial<Record<BarFault, number>> = {};
  faults.forEach((reason, row) => {
    if (reason === undefined) return;
    refused.push({ row, reason });
    counts[reason] = (counts[reason] ?? 0) + 1;
  });
  return { refused, counts };
}

function valueFault({ openTime, open, high, low, close, volume = 0 }: BarRow): BarFault | undefined {
  // A sum with anything that is no number is none either.
  if (Number.isNaN(openTime + open + high + low + close + volume)) return 'not-a-number';
  if (!(openTime > 0 && openTime < TIMES_END)) return 'bad-time';
  if (!(open > 0 && high > 0 && low > 0 && close > 0 && Math.max(open, high, low, close) < NUMBERS_END))
    return 'bad-price';
  if (high < low) return 'high-below-low';
  if (open < low || open > high || close < low || close > high) return 'outside-range';
  return volume >= 0 && volume < NUMBERS_END ? undefined : 'bad-volume';
}

function placeFault(time: number, { calendar, timeframe, now }: CheckOptions): BarFault | undefined {
  const openTime = time as EpochMs;
  const date = calendar.dateOf(openTime);
  const session = calendar.session(date);
  if (!isIntraday(timeframe)) {
    const period = periodSpan(date, timeframe, calendar);
    // A period without any session ends where it begins.
    if (period.closeTime <= period.openTime || (timeframe === '1d' && session === undefined)) return 'outside-session';
    if (period.openTime !== openTime) return 'off-grid';
  } else {
    if (session === undefined) return 'outside-session';
    const length = INTRADAY_MS[timeframe];
    const isOnGrid = (openTime - session.open) % length === 0;
    // On a two-part day the bar at the second opening may have begun in the pause.
    if (!meetsTrading(session, openTime, isOnGrid ? openTime + length : openTime + 1))
      return auctionAt(session, openTime) === undefined ? 'outside-session' : 'in-auction';
    if (!isOnGrid) return 'off-grid';
  }
  if (now !== undefined && (openTime >= now || barCloseTime(openTime, timeframe, calendar) > now)) return 'future';
  return undefined;
}

/** Whether any continuous trading lies in `[from, to)`, where `from` is not before the session's opening. */
function meetsTrading({ open, parts }: Session, from: EpochMs, to: number): boolean {
  if (from < open) return false;
  for (const part of parts) if (from < part.close && to > part.open) return true;
  return false;
}

function isSame(a: BarRow, b: BarRow): boolean {
  return a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close && a.volume === b.volume;
}
